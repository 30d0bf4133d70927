// @ts-check
// What the tests notice of faults put into the rooms that a key hangs on, in one table; the exit code is
// 1 where they notice too little.
//
//     npm run mutate              all rooms
//     npm run mutate -- shares    one of them
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { reportOf, ROOMS, SCORE_LIMIT } from "./rooms.mjs";

/** @typedef {{ files: Record<string, { mutants: { status: string }[] }> }} Report */

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(ROOMS);
for (const name of names) {
  if (!(name in ROOMS)) throw new Error(`a room is one of ${Object.keys(ROOMS).join(", ")}`);
}

const rows = names.map((name) => {
  const { status } = spawnSync("stryker", ["run", "test/mutate/stryker.config.mjs"], {
    env: { ...process.env, KEYSHEET_ROOM: name },
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)}`);
  /** @type {Report} */
  const { files } = JSON.parse(readFileSync(reportOf(name), "utf8"));
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (/** @type {string[]} */ ...statuses) =>
    all.filter((status) => statuses.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  return { name, noticed, faults: noticed + count("Survived", "NoCoverage") };
});

const score = (/** @type {{ noticed: number, faults: number }} */ { noticed, faults }) =>
  (100 * noticed) / faults;
const total = { name: "all", noticed: 0, faults: 0 };
for (const { noticed, faults } of rows) {
  total.noticed += noticed;
  total.faults += faults;
}
process.stdout.write(`${"room".padEnd(16)}${"faults".padStart(8)}${"noticed".padStart(9)}\n`);
for (const row of rows.length > 1 ? [...rows, total] : rows) {
  const cells = [
    row.name.padEnd(16),
    String(row.faults).padStart(8),
    String(row.noticed).padStart(9),
  ];
  process.stdout.write(`${cells.join("")}  ${score(row).toFixed(1)} %\n`);
}
process.exitCode = rows.every((row) => score(row) >= SCORE_LIMIT) ? 0 : 1;
