// @ts-check
/**
 * The real command in a folder of its own: what it printed, how it ended, what it used, and every file
 * that it left anywhere it may write.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, tried: number, failed: number, seconds: number, note?: string }} Row */

export const PROGRAM = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const REPORT_USAGE = fileURLToPath(new URL("report-usage.mjs", import.meta.url));

/** A key that no exchange has; its letters can be searched for. */
export const MARKED = {
  key: "KEYSHEETpublicPARTofTHEmarkedKEYthatNOexchangeHASever123",
  secret:
    "MARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecret9Q==",
};
export const KEY_TEXT = `${MARKED.key}\n${MARKED.secret}\n`;

export class Sandbox {
  constructor() {
    this.home = mkdtempSync(path.join(tmpdir(), "keysheet-attack-"));
    this.folder = path.join(this.home, "work");
    for (const name of ["work", "tmp", "home"]) mkdirSync(path.join(this.home, name));
  }

  /** @param {string} name */
  path(name) {
    return path.join(this.folder, name);
  }

  /** @param {string} name @param {string | Uint8Array} content */
  write(name, content) {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Every file that was left anywhere, as paths such as work/sheet.pdf, sorted. */
  files() {
    return readdirSync(this.home, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(this.home, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  get env() {
    return {
      PATH: process.env.PATH ?? "",
      HOME: path.join(this.home, "home"),
      TMPDIR: path.join(this.home, "tmp"),
    };
  }

  end() {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string | Uint8Array} [input]
 * @property {number} [limitMs] after which it is killed
 * @property {Record<string, string>} [env] beside the sandbox's own
 * @property {string} [cwd]
 * @property {readonly string[]} [wrapper] a command before the program, as strace
 * @property {boolean} [isMeasured] loads what reports the peak memory and the processor time
 * @property {(child: import("node:child_process").ChildProcess) => void} [onStart]
 *
 * @typedef {object} Ran
 * @property {number | null} exitCode null where a signal ended it
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} seconds
 * @property {number | null} peakMb null where it was not measured, or a signal ended it
 * @property {number | null} busySeconds of the processor, however loaded the machine is
 */

/**
 * @param {Sandbox} sandbox
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
export function runCommand(sandbox, args, options = {}) {
  const { input = "", limitMs = 60_000, env = {}, wrapper = [], isMeasured = false } = options;
  const node = [process.execPath, ...(isMeasured ? ["--import", REPORT_USAGE] : [])];
  const [command, ...rest] = [...wrapper, ...node, PROGRAM, ...args];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(/** @type {string} */ (command), rest, {
      cwd: options.cwd ?? sandbox.folder,
      env: { ...sandbox.env, ...env },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    });
    const [stdin, ...outputs] = child.stdio;
    const texts = outputs.map((output) => {
      /** @type {Buffer[]} */
      const chunks = [];
      output?.on("data", (chunk) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("error", reject);
    stdin?.on("error", () => undefined);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      const [stdout = "", stderr = "", usage = ""] = texts.map((text) => text());
      const seconds = (performance.now() - started) / 1000;
      const [peakKb, busyMs] = usage === "" ? [] : usage.split(" ").map(Number);
      const peakMb = peakKb === undefined ? null : peakKb / 1024;
      const busySeconds = busyMs === undefined ? null : busyMs / 1000;
      resolve({ exitCode, stdout, stderr, seconds, peakMb, busySeconds });
    });
    options.onStart?.(child);
    child.stdin?.end(input);
  });
}
