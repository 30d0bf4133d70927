/**
 * What V8 does for WebAssembly before it runs, which for most files takes longer than they do.
 *
 * A function is checked when it is first called, as it is compiled then, and not all of a program that
 * calls one in ten; and it is compiled a second time, for speed, later than V8 would: once it has been
 * at work for some tenths of a second. The programs are those of the packages, none is a user's.
 */
import { setFlagsFromString } from "node:v8";

/** In bytes of code that a function has run through, about; V8's own is 1.8 million, in Node 20. */
const BUDGET_BYTES = 100_000_000;

let isSet = false;

/** Before the first code of WebAssembly is compiled; of the whole process. */
export function compileLater(): void {
  if (isSet) return;
  isSet = true;
  setFlagsFromString("--wasm-lazy-validation");
  setFlagsFromString(`--wasm-tiering-budget=${String(BUDGET_BYTES)}`);
}
