// The package's core without its drawing and file parts, which its own types do not name: what of it is
// used. Types of the package itself name parts of a browser, which neither core nor a program that
// imports keysheet has.
declare module "qrcode/lib/core/qrcode.js" {
  type Segment = { readonly data: string; readonly mode: "alphanumeric" | "numeric" };
  type Code = {
    readonly version: number;
    readonly modules: {
      readonly size: number;
      /** One a module, row by row: 0 or 1. */
      readonly data: Uint8Array;
      readonly reservedBit: Uint8Array;
    };
  };
  const core: {
    readonly create: (
      data: string | Segment[],
      options: {
        readonly version?: number;
        readonly errorCorrectionLevel: "L" | "M" | "Q" | "H";
        readonly maskPattern?: number;
      },
    ) => Code;
  };
  export default core;
}
declare module "qrcode/lib/core/alignment-pattern.js" {
  const alignment: { getPositions(version: number): readonly (readonly [number, number])[] };
  export default alignment;
}
declare module "qrcode/lib/core/error-correction-level.js" {
  type Level = { readonly bit: number };
  const levels: Readonly<Record<"L" | "M" | "Q" | "H", Level>>;
  export default levels;
}
declare module "qrcode/lib/core/error-correction-code.js" {
  const correction: {
    getBlocksCount(version: number, level: { readonly bit: number }): number;
    getTotalCodewordsCount(version: number, level: { readonly bit: number }): number;
  };
  export default correction;
}
declare module "qrcode/lib/core/format-info.js" {
  const format: { getEncodedBits(level: { readonly bit: number }, mask: number): number };
  export default format;
}
declare module "qrcode/lib/core/utils.js" {
  const utils: { getSymbolTotalCodewords(version: number): number };
  export default utils;
}
