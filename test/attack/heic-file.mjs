// @ts-check
export function heicOf() {
  throw new Error("not yet");
}
