/**
 * The tests of the rooms that `npm run mutate` changes. Those that need the built program are left out,
 * and the properties: a thousand runs of each would be made again for every fault in what they touch.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: [
      "test/core/payload/{format-document,payload}.test.ts",
      "test/core/seal/*.test.ts",
      "test/core/shares/*.test.ts",
      "test/core/words/reed-solomon.test.ts",
      "test/core/vectors-v1.test.ts",
      "test/core/restore-protected.test.ts",
    ],
    exclude: ["test/**/properties.test.ts"],
    // The first run counts every statement, which takes ten times as long.
    testTimeout: 300_000,
  },
});
