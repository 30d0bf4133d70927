/**
 * How soon V8 compiles a function of WebAssembly a second time, for speed. Most files are read in a
 * moment, in which compiling costs more than it gains: so later than V8 would, once a function has been
 * at work for some tenths of a second.
 */
import { setFlagsFromString } from "node:v8";

/** In bytes of code that a function has run through, about; V8's own is 1.8 million, in Node 20. */
const BUDGET_BYTES = 100_000_000;

let isSet = false;

/** Before the first code of WebAssembly is compiled; of the whole process. */
export function compileLater(): void {
  if (isSet) return;
  isSet = true;
  setFlagsFromString(`--wasm-tiering-budget=${String(BUDGET_BYTES)}`);
}
