// @ts-check
/**
 * kill -9 of `make` and `restore --out`: the output is absent or whole, nothing lies anywhere else,
 * and the hidden part that may be left is named by the next run.
 *
 * The moment is chosen in three ways: at random within the run, when the part has just appeared, and
 * by strace at each system call of the writing, for which no luck is needed. So are the moments between
 * the files of a set of shares, and those on a disk without hard links, which strace plays.
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
    rows.push(atCall, await attackSets(full));
  }
  return rows;
}

const SHARES = ["--shares", "2-of-3"];
const NO_LINKS = "inject=link:error=EPERM";

/**
 * The n-th of a call at which a run is killed: of three shares the parts are synced, then linked, then
 * removed; without links each file is made, given its mode and synced once more behind its part.
 *
 * @type {readonly { extra: readonly string[], calls: readonly string[], more?: readonly string[] }[]}
 */
const SET_KILLS = [
  { extra: SHARES, calls: ["link:2", "link:3", "link:1", "fsync:2", "fsync:3", "unlink:1"] },
  { extra: SHARES, calls: ["unlink:2", "unlink:3"] },
  {
    extra: SHARES,
    calls: ["fchmod:5", "fchmod:4", "fsync:5", "fchmod:6", "fsync:6"],
    more: [NO_LINKS],
  },
  { extra: SHARES, calls: ["unlink:1", "unlink:2"], more: [NO_LINKS] },
  { extra: [], calls: ["fchmod:2", "fchmod:1", "fsync:2", "unlink:1"], more: [NO_LINKS] },
];

/** @param {boolean} full else the first call of each row @returns {Promise<Row>} */
async function attackSets(full) {
  const started = performance.now();
  const counts = { nothing: 0, finished: 0, named: 0, failed: 0 };
  let tried = 0;
  for (const { extra, calls, more = [] } of SET_KILLS) {
    for (const call of full ? calls : calls.slice(0, 1)) {
      tried += 1;
      counts[(await setLeftBy(extra, call, more)) ?? "failed"] += 1;
    }
  }
  const { nothing, finished, named, failed } = counts;
  const note = `${nothing} left nothing, ${finished} a finished set, ${named} one that the next run named`;
  const seconds = (performance.now() - started) / 1000;
  return {
    name: "kill -9 between the files of a set, and without links",
    tried,
    failed,
    seconds,
    note,
  };
}

/**
 * What a run leaves that is killed at a call, such as `link:2`; null where the next run does not name
 * every part and every file that is not finished.
 *
 * @param {readonly string[]} extra
 * @param {string} call
 * @param {readonly string[]} more
 */
async function setLeftBy(extra, call, more) {
  const [name = "", when = ""] = call.split(":");
  const traced = more.length > 0 ? `${name},link` : name;
  const inject = [`trace=${traced}`, `inject=${name}:signal=SIGKILL:when=${when}`, ...more];
  const wrapper = [
    "strace",
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    ...inject.flatMap((one) => ["-e", one]),
  ];
  const make = ["make", "--from", "kraken.key", "--date", "2026-11-23", ...extra];
  const sandbox = new Sandbox();
  try {
    sandbox.write("kraken.key", KEY_TEXT);
    const killed = await runCommand(sandbox, make, { wrapper });
    if (killed.exitCode === 0) return null;
    const left = sandbox.files().filter((file) => file !== "work/kraken.key");
    const parts = left.filter((file) => file.endsWith(".keysheet-part"));
    const outputs = left.filter((file) => !parts.includes(file));
    if (outputs.some((file) => !/^work\/sheet(-\d-of-3)?\.pdf$/.test(file))) return null;
    const names = outputs.map((file) => path.basename(file));
    const isAll = names.length === (extra.length > 0 ? 3 : 1);
    const isFinished = isAll && (await runCommand(sandbox, ["restore", ...names])).exitCode === 0;
    if (parts.length === 0) return isFinished ? "finished" : left.length === 0 ? "nothing" : null;
    const other = await runCommand(sandbox, [...make, "--out", "other.pdf"]);
    if (other.exitCode !== 0) return null;
    const told = other.stderr.replace(/\s+/g, "");
    const toTell = isFinished ? parts : left;
    const isTold = toTell.every((file) => told.includes(`/${path.basename(file)}`));
    const isPrivate = left.every(
      (file) => (statSync(path.join(sandbox.home, file)).mode & 0o077) === 0,
    );
    return isTold && isPrivate ? (isFinished ? "finished" : "named") : null;
  } finally {
    sandbox.end();
  }
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
