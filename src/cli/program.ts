/** What every call begins with, in one piece: the command line, and what its end asks about. */
export { hasCreatedFile, stopCreating } from "../adapters/node/created-files.js";
export { isNativeWorkRunning } from "../adapters/node/native-work.js";
export { problemsOf, run } from "./run.js";
