/**
 * A story: the real command in a folder of its own, what it printed, its exit code, and which files
 * it left.
 *
 * Every story is searched for the marked key: nothing that it prints and no file that it leaves,
 * anywhere that it may write, has the key in any form, but where the story says that it belongs.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { constants, tmpdir } from "node:os";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { expect } from "vitest";
import { backup } from "../../src/core/backup.js";
import { encodeQrText } from "../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { listWords } from "../../src/core/words/word-lists.js";

export const PROGRAM = path.resolve("dist/cli/main.js");

/** Made for these tests; no exchange has it. Its letters can be searched for. */
export const MARKED = {
  key: "KEYSHEETpublicPARTofTHEmarkedKEYthatNOexchangeHASever123",
  secret:
    "MARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecretMARKEDsecret9Q==",
} as const;

/** No word list has its words, and nothing but the file that it is given in may. */
export const MARKED_PASSPHRASE = "MARKEDpassphrase that no log may have";

/** The sheet that every story makes of the marked key: its code and its words are the key too. */
const SHEET = backup(
  { ...parseKeyFile(`${MARKED.key}\n${MARKED.secret}`, "marked"), day: 2518 },
  "standard",
);

/** Parts of the private key and the passphrase as text, bytes and hexadecimal digits, and of the sheet's code. */
const TRACES: readonly Buffer[] = [
  Buffer.from(MARKED.secret.slice(6, 18)),
  Buffer.from(MARKED_PASSPHRASE.slice(4, 14)),
  Buffer.from(MARKED.secret, "base64").subarray(8, 24),
  Buffer.from(Buffer.from(MARKED.secret, "base64").subarray(8, 24).toString("hex")),
  Buffer.from((encodeQrText(SHEET.payload)[0]?.digits ?? "").slice(120, 150)),
];

/** Any three words of the sheet that stand one after another. */
const WORD_TRACES: readonly Buffer[] = wordTraces();

function wordTraces(): readonly Buffer[] {
  const list = listWords(SHEET.list);
  const words = Array.from(SHEET.wordIndices, (index) => list[index] ?? "");
  return words
    .slice(2)
    .map((word, index) => Buffer.from(`${words[index] ?? ""} ${words[index + 1] ?? ""} ${word}`));
}

export interface Told {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** All that was printed, messages first, with line ends and indents as single spaces. */
  readonly said: string;
}

export interface TellOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** The command prints the key because it was asked to. */
  readonly mayPrintKey?: boolean;
  /** Another user than the superuser, whom no permission stops. */
  readonly isOrdinaryUser?: boolean;
  /** A shell command line around the program, with PROGRAM in its place. */
  readonly shell?: string;
  /** Called when the process has begun. */
  readonly onStart?: (child: ChildProcessWithoutNullStreams) => void;
}

const NOBODY = 65_534;
/** What a shell gives as the exit code of what a signal ended, the signal's number added. */
const SIGNAL_EXIT_CODES = 128;

/** Files in which a story puts the key or the words, or asks for them. */
const MEANT = /\.key$|\.txt$|\.json$|^back\./;

export class Story {
  readonly folder: string;
  readonly #home: string;

  constructor() {
    this.#home = mkdtempSync(path.join(tmpdir(), "keysheet-story-"));
    chmodSync(this.#home, 0o755);
    this.folder = path.join(this.#home, "work");
    for (const name of ["work", "tmp", "home"]) mkdirSync(path.join(this.#home, name));
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  /** Names of the files in the working folder, hidden ones too, sorted. */
  files(): readonly string[] {
    return readdirSync(this.folder).sort();
  }

  mode(name: string): number {
    return statSync(this.path(name)).mode & 0o777;
  }

  tell(args: readonly string[], options: TellOptions = {}): Promise<Told> {
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: path.join(this.#home, "home"),
      TMPDIR: path.join(this.#home, "tmp"),
      ...options.env,
    };
    const [command, commandArgs] =
      options.shell === undefined
        ? [process.execPath, [PROGRAM, ...args]]
        : ["bash", ["-c", options.shell, "bash", process.execPath, PROGRAM, ...args]];
    const isRoot = process.getuid?.() === 0;
    const user = options.isOrdinaryUser === true && isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    return new Promise((resolve, reject) => {
      const child = spawn(command, commandArgs, { cwd: this.folder, env, ...user });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", reject);
      child.stdin.on("error", () => undefined);
      child.on("close", (code, signal) => {
        const exitCode = signal === null ? code : SIGNAL_EXIT_CODES + constants.signals[signal];
        const [out, err] = [stdout, stderr].map((chunks) => Buffer.concat(chunks).toString());
        const said = `${err ?? ""} ${out ?? ""}`.replace(/\s+/g, " ");
        const told = { exitCode, stdout: out ?? "", stderr: err ?? "", said };
        if (options.mayPrintKey !== true) expectNoTrace(Buffer.from(told.stdout), "stdout");
        expectNoTrace(Buffer.from(told.stderr), "stderr");
        resolve(told);
      });
      options.onStart?.(child);
      if (options.onStart === undefined) child.stdin.end(options.input ?? "");
    });
  }

  /** Searches all that was left behind, but for the files that are meant to hold the key. */
  expectNoKeyLeft(): void {
    for (const file of filesUnder(this.#home)) {
      if (MEANT.test(path.basename(file))) continue;
      const name = path.relative(this.folder, file);
      expectNoTrace(readFileSync(file), name);
      for (const stream of inflatedStreams(readFileSync(file))) expectNoTrace(stream, name);
    }
  }

  end(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(file) : [file];
  });
}

/** What a PDF has in its compressed streams. */
function inflatedStreams(file: Buffer): readonly Buffer[] {
  if (!file.subarray(0, 5).equals(Buffer.from("%PDF-"))) return [];
  const streams: Buffer[] = [];
  for (
    let start = file.indexOf("stream\n");
    start >= 0;
    start = file.indexOf("stream\n", start + 1)
  ) {
    try {
      streams.push(inflateSync(file.subarray(start + "stream\n".length)));
    } catch {
      // Not compressed, or the end of one: the file itself was searched.
    }
  }
  return streams;
}

export function hasTrace(bytes: Buffer): boolean {
  return [...TRACES, ...WORD_TRACES].some((trace) => bytes.includes(trace));
}

function expectNoTrace(bytes: Buffer, place: string): void {
  expect(hasTrace(bytes), `the marked key is in ${place}`).toBe(false);
}

/**
 * A command on a real pseudo-terminal, by util-linux's script; each answer waits for its question, an
 * empty one for nothing, and one that depends on what was shown is made of all of it.
 */
export function onTerminal(
  story: Story,
  args: readonly string[],
  dialogue: readonly (readonly [question: string, answer: string | ((seen: string) => string)])[],
  options: Pick<TellOptions, "mayPrintKey" | "env"> = {},
): Promise<Told> {
  return story.tell(args, {
    ...options,
    shell: `exec script -qfec "$(printf '%q ' "$@")" /dev/null`,
    onStart: (child) => {
      const waiting = [...dialogue];
      let seen = "";
      let all = "";
      const answer = () => {
        const [next] = waiting;
        if (next === undefined || !seen.includes(next[0])) return;
        seen = seen.slice(seen.indexOf(next[0]) + next[0].length);
        waiting.shift();
        // A person answers after the program has begun to listen.
        setTimeout(() => {
          child.stdin.write(typeof next[1] === "string" ? next[1] : next[1](all));
          answer();
        }, 50);
      };
      child.stdout.on("data", (chunk: Buffer) => {
        seen += chunk.toString();
        all += chunk.toString();
        answer();
      });
    },
  });
}
