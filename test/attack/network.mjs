// @ts-check
/**
 * Every command under strace, and the system calls with which a program reaches a network: none. A
 * control that does open a connection shows that they would be seen.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { KEY_TEXT, runCommand, Sandbox } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */

const PICTURE = fileURLToPath(new URL("../../fixtures/pictures/standard-a4.png", import.meta.url));

/** Unix sockets and pipes stay on the machine. */
const ON_THE_MACHINE = /AF_UNIX|AF_UNSPEC/;
const REACHES_OUT = /\b(?:socket|connect|bind|listen|sendto|sendmsg|sendmmsg)\(/;

/** @type {readonly (readonly [args: readonly string[], exitCode: number])[]} */
const COMMANDS = [
  [["--help"], 0],
  [["--version"], 0],
  [["help", "lost"], 0],
  [["make", "--from", "kraken.key"], 0],
  [["make", "--from", "kraken.key", "--out", "j.pdf", "--json"], 0],
  [["make", "--from", "kraken.key", "--out", "m.pdf", "--with-manual"], 0],
  [["make", "--from", "kraken.key", "--out", "p.pdf", "--passphrase-file", "passphrase.txt"], 0],
  [["make", "--from", "kraken.key", "--out", "s.pdf", "--shares", "2-of-3"], 0],
  [["restore", "sheet.pdf", "--out", "back.key"], 0],
  [["restore", PICTURE], 0],
  [["restore", "p.pdf", "--passphrase-file", "passphrase.txt"], 0],
  [["restore", "--words", "passphrase.txt"], 1],
  [["verify", "sheet.pdf", "--against", "kraken.key"], 0],
  [["inspect", "sheet.pdf", "m.pdf"], 0],
  [["restore", "kraken.key"], 1],
];

/** @returns {Promise<Row[]>} */
export async function run() {
  const sandbox = new Sandbox();
  try {
    sandbox.write("kraken.key", KEY_TEXT);
    sandbox.write("passphrase.txt", "copper rally orbit velvet hazard miracle sunset\n");
    const started = performance.now();
    const told = [];
    for (const [args, expected] of COMMANDS) {
      const calls = await callsOf(sandbox, async (wrapper) => {
        const { exitCode } = await runCommand(sandbox, args, { wrapper });
        if (exitCode !== expected) told.push(`${args.join(" ")}: exit ${String(exitCode)}`);
      });
      if (calls.length > 0) told.push(`${args.join(" ")}: ${calls.join("; ")}`);
    }
    const seen = await callsOf(sandbox, (wrapper) =>
      runCommand(sandbox, [], {
        wrapper: [
          ...wrapper,
          process.execPath,
          "-e",
          'fetch("http://127.0.0.1:47474").catch(() => 0)',
        ],
      }),
    );
    if (seen.length === 0) told.push("the control was not seen");
    return [
      {
        name: "network calls of a command",
        tried: COMMANDS.length,
        failed: told.length,
        seconds: (performance.now() - started) / 1000,
        note: told.join("\n") || `the control made ${String(seen.length)}`,
      },
    ];
  } finally {
    sandbox.end();
  }
}

/**
 * @param {Sandbox} sandbox
 * @param {(wrapper: readonly string[]) => Promise<unknown>} command
 * @returns {Promise<readonly string[]>} the calls
 */
async function callsOf(sandbox, command) {
  const trace = sandbox.path("trace.strace");
  await command(["strace", "-f", "-qq", "-e", "trace=%network", "-o", trace]);
  return readFileSync(trace, "utf8")
    .split("\n")
    .filter((call) => REACHES_OUT.test(call) && !ON_THE_MACHINE.test(call));
}
