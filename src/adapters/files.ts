/**
 * Files: read whole and within a limit; written new, mode 0600, whole or not at all.
 *
 * A file is written beside its place under another name and then linked to it, which fails where
 * something stands already; so no moment shows a part of it, and nothing is ever written over.
 * Where the file system has no links the place is taken exclusively, empty, and the whole file is then
 * moved there. A process that is killed in between may leave the other name, which `findParts` finds.
 */
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { access, lstat, opendir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "../core/problem.js";
import { readHead, readUpTo } from "./read-input.js";

const MODE = 0o600;

/** A system error's code, such as ENOENT; never its message, which quotes paths. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unknown";
}

/** The bytes of a file of 1 to `limitBytes`; `source` is the name for messages. */
export async function readFileBytes(
  file: string,
  source: string,
  limitBytes: number,
): Promise<Uint8Array> {
  try {
    const entry = await stat(file);
    const tooLarge = new Refusal({ code: "file-too-large", source, limitBytes });
    if (entry.isFile() && entry.size > limitBytes) throw tooLarge;
    const bytes = await readUpTo(file, limitBytes);
    if (bytes.length > limitBytes) throw tooLarge;
    if (bytes.length === 0) throw new Refusal({ code: "file-empty", source });
    return bytes;
  } catch (error) {
    throw inputRefusal(error, source);
  }
}

function inputRefusal(error: unknown, source: string): Refusal {
  if (error instanceof Refusal) return error;
  const reason = codeOf(error);
  return reason === "ENOENT" || reason === "ENOTDIR"
    ? new Refusal({ code: "file-missing", source })
    : new Refusal({ code: "file-unreadable", source, reason });
}

/** The first bytes of a file, as many as there are up to `lengthBytes`; none where it cannot be read. */
export async function readFileHead(file: string, lengthBytes: number): Promise<Uint8Array> {
  return readHead(file, lengthBytes).catch(() => new Uint8Array());
}

/**
 * The names of the files directly in a folder, sorted, without hidden ones; null for what is no folder.
 *
 * @throws Refusal file-unreadable, files-many
 */
export async function listFolder(
  folder: string,
  source: string,
  limit: number,
): Promise<readonly string[] | null> {
  const entry = await stat(folder).catch(() => null);
  if (entry?.isDirectory() !== true) return null;
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) {
      if (name.startsWith(".")) continue;
      const isFile = (await stat(path.join(folder, name)).catch(() => null))?.isFile() === true;
      if (!isFile) continue;
      names.push(name);
      if (names.length > limit) throw new Refusal({ code: "files-many", limit });
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal({ code: "file-unreadable", source, reason: codeOf(error) });
  }
  return names.sort();
}

/** All of a stream, up to the limit. */
export async function readStreamBytes(
  stream: AsyncIterable<Uint8Array | string>,
  source: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > limitBytes) throw new Refusal({ code: "file-too-large", source, limitBytes });
      chunks.push(bytes);
    }
  } catch (error) {
    throw inputRefusal(error, source);
  }
  if (length === 0) throw new Refusal({ code: "file-empty", source });
  return Buffer.concat(chunks);
}

/** Refuses a place where nothing new can be written, before any work or question. */
export async function checkOutput(file: string): Promise<void> {
  const folder = path.dirname(file);
  if (await exists(file)) throw new Refusal({ code: "output-exists", path: file });
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new Refusal({ code: "output-folder-missing", path: file });
    }
    await access(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw outputRefusal(file, codeOf(error));
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
}

function outputRefusal(file: string, code: string): Refusal {
  switch (code) {
    case "EEXIST":
      return new Refusal({ code: "output-exists", path: file });
    case "ENOENT":
    case "ENOTDIR":
      return new Refusal({ code: "output-folder-missing", path: file });
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new Refusal({ code: "disk-full", path: file });
    default:
      return new Refusal({ code: "output-unwritable", path: file, reason: code });
  }
}

let createdCount = 0;

/** True once a file is in its place, after which there is nothing left to interrupt. */
export function hasCreatedFile(): boolean {
  return createdCount > 0;
}

/** `.sheet.pdf.4711.keysheet-part`: a name that no other program gives, with the process's number. */
const PART_NAME = /^\..+\.(\d+)\.keysheet-part$/;

/** A part stands for a moment; one that is older is nobody's, whatever process has its number now. */
const PART_LIFE_MS = 10 * 60 * 1000;

/** The parts that a process left which was killed, by path; what is in use now is not among them. */
export async function findParts(folder: string, now: Date): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await namesIn(folder)) {
    const pid = PART_NAME.exec(name)?.[1];
    if (pid === undefined) continue;
    const part = path.join(folder, name);
    const changedMs = await modifiedMs(part);
    if (changedMs === null) continue;
    const isOld = Math.abs(now.getTime() - changedMs) > PART_LIFE_MS;
    if (isOld || !isRunning(Number(pid))) found.push(part);
  }
  return found.sort();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** Null for what is gone meanwhile, or is no file of its own. */
async function modifiedMs(file: string): Promise<number | null> {
  try {
    const entry = await lstat(file);
    return entry.isFile() ? entry.mtimeMs : null;
  } catch {
    return null;
  }
}

/** Another process of this machine; a part with our own number is of one that had it before. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * A new file at a place where none is; the bytes on the disk are read again and compared.
 *
 * Synchronous throughout, so that no signal is handled between its first step and its last.
 */
export function createFile(file: string, bytes: Uint8Array): void {
  try {
    const part = writePart(file, bytes);
    try {
      moveNew(part, file);
    } finally {
      removePart(part);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw outputRefusal(file, codeOf(error));
  }
  createdCount += 1;
}

/** New files that belong together: all of them, or none. */
export function createFiles(
  files: readonly { readonly file: string; readonly bytes: Uint8Array }[],
): void {
  const created: string[] = [];
  try {
    for (const { file, bytes } of files) {
      createFile(file, bytes);
      created.push(file);
    }
  } catch (error) {
    for (const file of created) unlinkSync(file);
    createdCount -= created.length;
    throw error;
  }
}

/** Beside the file; under the next name where a killed process with our number left one. */
function writePart(file: string, bytes: Uint8Array): string {
  const folder = path.dirname(file);
  for (let attempt = 0; ; attempt++) {
    const again = attempt === 0 ? "" : `-${String(attempt)}`;
    const name = `.${shortName(file)}${again}.${String(process.pid)}.keysheet-part`;
    const part = path.join(folder, name);
    try {
      writeNew(part, bytes);
      return part;
    } catch (error) {
      if (codeOf(error) !== "EEXIST" || attempt === 9) throw error;
    }
  }
}

/** A name has at most 255 bytes: of a long one its beginning, so that the part's fits too. */
function shortName(file: string): string {
  const shortened = Buffer.from(path.basename(file)).subarray(0, 200);
  return shortened.toString().replace(/\ufffd+$/, "");
}

/** Gone already where the file was moved; a part that cannot be removed is told by the next run. */
function removePart(part: string): void {
  try {
    unlinkSync(part);
  } catch {
    // Whether the file is in its place does not depend on it.
  }
}

/** Leaves a whole file, or none. */
function writeNew(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, "wx+", MODE);
  try {
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
    const written = Buffer.alloc(bytes.length);
    const length = readSync(descriptor, written, 0, bytes.length, 0);
    if (length !== bytes.length || !written.equals(bytes)) throw outputRefusal(file, "EIO");
  } catch (error) {
    removePart(file);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Errors of file systems that have no hard links. */
const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "EISDIR"]);

function moveNew(part: string, file: string): void {
  try {
    linkSync(part, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    closeSync(openSync(file, "wx", MODE));
    try {
      renameSync(part, file);
    } catch (moveError) {
      removePart(file);
      throw moveError;
    }
  }
}
