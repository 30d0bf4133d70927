// @ts-check
// Every attack at its full size, in one table; the exit code is 1 when one got through.
//
//     npm run torture                    an hour
//     npm run torture -- --quick         the sizes of the tests
//     npm run torture -- --only shares   one of them
//     npm run torture -- --only fuzz --inputs 100000   of the fastest target; of others in proportion
import * as bombs from "./bombs.mjs";
import * as pictures from "./freeze-pictures.mjs";
import * as freeze from "./freeze.mjs";
import * as fuzz from "./fuzz.mjs";
import * as kill from "./kill.mjs";
import * as network from "./network.mjs";
import * as sealed from "./sealed.mjs";
import * as shares from "./shares.mjs";

/** @type {Record<string, { run: (options: { full: boolean, inputs?: number }) => Promise<import("./command.mjs").Row[]> }>} */
const ATTACKS = { sealed, shares, fuzz, kill, bombs, freeze, pictures, network };

const full = !process.argv.includes("--quick");
const only = process.argv.includes("--only")
  ? process.argv.at(process.argv.indexOf("--only") + 1)
  : null;
if (only !== null && !(only !== undefined && only in ATTACKS)) {
  throw new Error(`--only takes one of ${Object.keys(ATTACKS).join(", ")}`);
}
const inputs = process.argv.includes("--inputs")
  ? Number(process.argv.at(process.argv.indexOf("--inputs") + 1))
  : null;

let isBroken = false;
const line = (/** @type {string[]} */ cells) =>
  `${(cells[0] ?? "").padEnd(52)}${(cells[1] ?? "").padStart(12)}${(cells[2] ?? "").padStart(10)}${(cells[3] ?? "").padStart(10)}  ${cells[4] ?? ""}`.trimEnd();
process.stdout.write(`${line(["attack", "tried", "got by", "seconds"])}\n`);
for (const [name, { run }] of Object.entries(ATTACKS)) {
  if (only !== null && only !== name) continue;
  for (const row of await run({ full, ...(inputs === null ? {} : { inputs }) })) {
    isBroken ||= row.failed > 0;
    const tried = row.tried.toLocaleString("en");
    process.stdout.write(
      `${line([row.name, tried, String(row.failed), row.seconds.toFixed(1), row.note ?? ""])}\n`,
    );
  }
}
process.exitCode = isBroken ? 1 : 0;
