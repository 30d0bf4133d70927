import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { roomOfProcess } from "./rooms.mjs";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: roomOfProcess().tests.map((file) => `test/${file}`),
    // The first run counts every statement, which takes ten times as long.
    testTimeout: 300_000,
  },
});
