/** Node's ports of reading; a library is loaded when it is first asked for something. */
import type { ReadingPorts } from "../../reading/ports.js";

const image = () => import("./image.js");
const zxing = () => import("./code-zxing.js");

export const NODE_PORTS: ReadingPorts = {
  openPictures: async (bytes, source, options) =>
    (await image()).openPictures(bytes, source, options),
  openDecoded: async (picture, source) => (await image()).openDecoded(picture, source),
  doubled: async (picture) => (await image()).doubled(picture),
  openPdf: async (bytes, source) => (await import("./scan.js")).openPdf(bytes, source),
  startCodes: async () => (await zxing()).startDecoder(),
  readCodes: async (picture, search) => (await zxing()).readCodes(picture, search),
  endCodes: async () => {
    (await zxing()).endDecoder();
  },
};
