// Names of browsers and of emscripten that the types of our packages mention. They are here so that the
// types of all packages are checked (no skipLibCheck), and hold no more than is needed for that: no code
// of ours can reach for a browser.
declare namespace WebAssembly {
  interface Imports {
    readonly imports: unique symbol;
  }
  interface Exports {
    readonly exports: unique symbol;
  }
  interface Module {
    readonly module: unique symbol;
  }
}

interface HTMLImageElement {
  readonly image: unique symbol;
}
interface HTMLCanvasElement {
  readonly canvas: unique symbol;
}
interface HTMLVideoElement {
  readonly video: unique symbol;
}
interface CanvasRenderingContext2D {
  readonly context: unique symbol;
}
interface OffscreenCanvas {
  readonly canvas: unique symbol;
}
interface ImageBitmapSource {
  readonly bitmap: unique symbol;
}
interface DOMRectReadOnly {
  readonly rect: unique symbol;
}
interface ImageData {
  readonly imageData: unique symbol;
}

interface EmscriptenModule {
  readonly wasmBinary: ArrayBuffer;
  print(text: string): void;
  printErr(text: string): void;
}
type EmscriptenModuleFactory<T extends EmscriptenModule> = (overrides?: Partial<T>) => Promise<T>;
