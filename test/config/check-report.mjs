// Reads vitest's JSON report: says how many tests passed, and fails when one failed, was skipped or
// is left to do.
import { readFileSync } from "node:fs";

const [, , file] = process.argv;
const report = JSON.parse(readFileSync(file, "utf8"));
const { numPassedTests: passed, numFailedTests: failed } = report;
const skipped = report.numPendingTests + report.numTodoTests;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = passed > 0 && failed === 0 && skipped === 0 ? 0 : 1;
