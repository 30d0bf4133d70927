// @ts-check
// `npm run mutate`: what the tests notice of faults put into the rooms that a key hangs on.
//
// Stryker is fetched by the script, at the versions named there: few need it, and it is a third of
// what `npm ci` loads.
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "test/config/mutate.vitest.config.ts" },
  mutate: [
    "src/core/payload/**/*.ts",
    "src/core/seal/**/*.ts",
    "src/core/shares/**/*.ts",
    "src/core/words/gf2048.ts",
    "src/core/words/reed-solomon.ts",
  ],
  reporters: ["progress-append-only", "clear-text"],
  clearTextReporter: { logTests: false, reportTests: false },
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 90 },
};
