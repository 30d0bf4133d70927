// @ts-check
/**
 * kill -9 of `make` and `restore --out`: the output is absent or whole, nothing lies anywhere else,
 * and the hidden part that may be left is named by the next run.
 *
 * The moment is chosen in three ways: at random within the run, when the part has just appeared, and
 * by strace at each system call of the writing, for which no luck is needed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, statSync, watch } from "node:fs";
import path from "node:path";
import { seededRandom } from "../seeded-random.mjs";
import { KEY_TEXT, runCommand, Sandbox } from "./command.mjs";

/** @typedef {import("./command.mjs").Row} Row */

/**
 * @typedef {object} Target
 * @property {readonly string[]} args
 * @property {string} input a file's name
 * @property {string | Buffer} inputBytes
 * @property {string} out
 * @property {Buffer} whole what it writes when nobody kills it
 * @property {number} seconds how long that takes
 *
 * @typedef {"absent" | "whole" | "part"} Left a part may lie beside an absent or a whole output
 */

/** The system calls of writing a file: it is synced, linked to its place, and its part removed. */
const CALLS = ["fsync", "link", "unlink"];

const PART = /^work\/\.(?:sheet\.pdf|back\.key)\.\d+\.keysheet-part$/;

/**
 * @param {{ full: boolean, seed?: string }} options
 * @returns {Promise<Row[]>}
 */
export async function run({ full, seed = "kill" }) {
  const random = seededRandom(seed);
  const targets = await learnTargets();
  const rows = [
    await attack("kill -9 at random moments", full ? 500 : 4, targets, ({ seconds }) =>
      killedAfter(random(Math.ceil(seconds * 1050))),
    ),
    await attack("kill -9 while a file is written", full ? 100 : 4, targets, () => killedAtPart()),
  ];
  if (canTrace()) {
    const calls = CALLS.flatMap((call) => targets.map((target) => ({ ...target, call })));
    const atCall = await attack("kill -9 at a system call", calls.length, calls, killedAtCall);
    rows.push(atCall);
  }
  return rows;
}

/** True where strace may watch a process. */
export function canTrace() {
  return spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
}

/** Both commands undisturbed, for what they write and how long they take. */
async function learnTargets() {
  const sandbox = new Sandbox();
  sandbox.write("kraken.key", KEY_TEXT);
  const make = ["make", "--from", "kraken.key", "--date", "2026-11-23"];
  const made = await runCommand(sandbox, make);
  const sheet = readFileSync(sandbox.path("sheet.pdf"));
  const restore = ["restore", "in.pdf", "--out", "back.key"];
  sandbox.write("in.pdf", sheet);
  const restored = await runCommand(sandbox, restore);
  const key = readFileSync(sandbox.path("back.key"));
  sandbox.end();
  /** @type {Target[]} */
  const targets = [
    {
      args: make,
      input: "kraken.key",
      inputBytes: KEY_TEXT,
      out: "sheet.pdf",
      whole: sheet,
      seconds: made.seconds,
    },
    {
      args: restore,
      input: "in.pdf",
      inputBytes: sheet,
      out: "back.key",
      whole: key,
      seconds: restored.seconds,
    },
  ];
  return targets;
}

/**
 * @template {Target} T
 * @param {string} name
 * @param {number} tried
 * @param {readonly T[]} targets taken in turn
 * @param {(target: T) => Kill} kill
 * @returns {Promise<Row>}
 */
async function attack(name, tried, targets, kill) {
  const started = performance.now();
  const counts = { absent: 0, whole: 0, part: 0, failed: 0 };
  for (let index = 0; index < tried; index++) {
    const target = /** @type {T} */ (targets[index % targets.length]);
    counts[(await leftBy(target, kill(target))) ?? "failed"] += 1;
  }
  const { absent, whole, part, failed } = counts;
  const note = `${absent} absent, ${whole} whole, ${part} with a part, which the next run named`;
  return { name, tried, failed, seconds: (performance.now() - started) / 1000, note };
}

/** @typedef {(sandbox: Sandbox) => import("./command.mjs").RunOptions} Kill how a run is killed */

/** @param {number} delayMs @returns {Kill} */
function killedAfter(delayMs) {
  return () => ({
    onStart: (child) => {
      setTimeout(() => child.kill("SIGKILL"), delayMs);
    },
  });
}

/** @returns {Kill} */
function killedAtPart() {
  return (sandbox) => ({
    onStart: (child) => {
      const watcher = watch(sandbox.folder, () => child.kill("SIGKILL"));
      child.on("close", () => {
        watcher.close();
      });
    },
  });
}

/** @param {Target & { call: string }} target @returns {Kill} */
function killedAtCall({ call }) {
  const inject = ["-e", `trace=${call}`, "-e", `inject=${call}:signal=SIGKILL`];
  return () => ({ wrapper: ["strace", "-f", "-qq", "-o", "/dev/null", ...inject] });
}

/**
 * What a killed run left; null where it is what no run may leave.
 *
 * @param {Target} target
 * @param {Kill} kill
 * @returns {Promise<Left | null>}
 */
async function leftBy(target, kill) {
  const { args, input, inputBytes, out, whole } = target;
  const sandbox = new Sandbox();
  try {
    sandbox.write(input, inputBytes);
    await runCommand(sandbox, args, kill(sandbox));
    const left = sandbox.files().filter((file) => file !== `work/${input}`);
    const parts = left.filter((file) => PART.test(file));
    if (left.length > parts.length + 1 || parts.length > 1) return null;
    const isThere = left.includes(`work/${out}`);
    if (left.length > parts.length && !isThere) return null;
    if (isThere && !readFileSync(sandbox.path(out)).equals(whole)) return null;
    const [part] = parts;
    if (part !== undefined) return (await isNamed(sandbox, target, part)) ? "part" : null;
    return isThere ? "whole" : "absent";
  } finally {
    sandbox.end();
  }
}

/**
 * Whether the next run does its work beside the part, names it, and leaves it to people.
 *
 * @param {Sandbox} sandbox
 * @param {Target} target
 * @param {string} part
 */
async function isNamed(sandbox, { args, out, whole }, part) {
  if (existsSync(sandbox.path(out))) renameSync(sandbox.path(out), sandbox.path("moved"));
  const { exitCode, stderr } = await runCommand(sandbox, args);
  const isMade = exitCode === 0 && readFileSync(sandbox.path(out)).equals(whole);
  const isTold = stderr.replace(/\s+/g, "").includes(path.basename(part));
  const isPrivate = (statSync(path.join(sandbox.home, part)).mode & 0o777) === 0o600;
  return isMade && isTold && isPrivate;
}
