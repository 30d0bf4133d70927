// @ts-check
// Stryker is fetched by `npm run mutate`, at the versions named there: few need it, and it is a third
// of what `npm ci` loads.
import { reportOf, roomOfProcess } from "./rooms.mjs";

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "test/mutate/vitest.config.ts" },
  mutate: roomOfProcess().files,
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: reportOf(process.env.KEYSHEET_ROOM ?? "") },
  concurrency: 2,
};
