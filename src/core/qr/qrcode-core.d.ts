// The package's core without its drawing and file parts, which its own types do not name.
declare module "qrcode/lib/core/qrcode.js" {
  const core: { readonly create: typeof import("qrcode").create };
  export default core;
}
