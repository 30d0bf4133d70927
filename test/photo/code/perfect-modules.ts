/** What a faultless photograph of a code would show, for tests of what comes behind the grid. */
import type { SeenModules } from "../../../src/core/qr/codewords.js";

export function perfectModules({ isDark }: { readonly isDark: readonly boolean[] }): SeenModules {
  return {
    darkness: Float64Array.from(isDark, (dark) => (dark ? 1 : -1)),
    sureness: new Float64Array(isDark.length).fill(1),
  };
}
