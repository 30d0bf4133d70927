// @ts-check
/**
 * The rooms that a key hangs on, and the tests that answer for each: its own. With the tests of all rooms
 * a fault would be tried by many more, and a score be higher.
 */
import { tmpdir } from "node:os";
import path from "node:path";

/** @type {Readonly<Record<string, { readonly files: readonly string[], readonly tests: readonly string[] }>>} */
export const ROOMS = {
  payload: {
    files: ["src/core/payload/**/*.ts"],
    tests: ["core/payload/{format-document,payload,shared-vectors}.test.ts"],
  },
  seal: { files: ["src/core/seal/*.ts"], tests: ["core/seal/seal.test.ts"] },
  shares: { files: ["src/core/shares/*.ts"], tests: ["core/shares/shares.test.ts"] },
  "reed-solomon": {
    files: ["src/core/words/gf2048.ts", "src/core/words/reed-solomon.ts"],
    tests: ["core/words/{gf2048,reed-solomon}.test.ts"],
  },
};

/** The least part of the faults that the tests of a room notice, in percent. */
export const SCORE_LIMIT = 90;

/** The room that the script asks for; Stryker's processes are told by the environment. */
export function roomOfProcess() {
  const room = ROOMS[process.env.KEYSHEET_ROOM ?? ""];
  if (room === undefined) throw new Error("KEYSHEET_ROOM names no room");
  return room;
}

/** @param {string} name */
export function reportOf(name) {
  return path.join(tmpdir(), `keysheet-mutate-${name}.json`);
}
