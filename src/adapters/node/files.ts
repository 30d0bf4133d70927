/**
 * Files: read whole and within a limit; written new, mode 0600, whole or not at all.
 *
 * A file is written beside its place under another name and then linked to it, which fails where
 * something stands already; so no moment shows a part of it, and nothing is ever written over. Where the
 * file system has no links (exFAT) no call moves a file to a place only if that is free, so the file is
 * made at its place exclusively, written and synced there, while its part stands beside it. A process
 * that is killed in between may leave the part, and by it, `parts.ts` tells what is not finished.
 */
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { access, lstat, opendir, stat } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "../../core/problem.js";
import type { ProvedFile } from "../../media/proved-file.js";
import { countCreatedFiles, mayCreate } from "./created-files.js";
import { partName, type PlaceInSet } from "./parts.js";
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

/** False for what is not there, and for what gives its bytes but once: a pipe, a terminal, a device. */
export async function isOnDisk(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() === true;
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

/** A new file, or one of several that belong together. */
interface NewFile {
  readonly file: string;
  readonly content: ProvedFile;
}

/**
 * A new file at a place where none is; the bytes on the disk are read again and compared.
 *
 * Synchronous throughout, so that no signal is handled between its first step and its last.
 */
export function createFile(file: string, content: ProvedFile): void {
  createFiles([{ file, content }]);
}

/**
 * New files that belong together: all of them, or none; none where the process is ending.
 *
 * All parts are written before the first one is put in its place, and none is removed before the last
 * one is: so the parts that a killed process leaves tell which files of them are in their places.
 */
export function createFiles(files: readonly NewFile[]): void {
  if (!mayCreate()) throw new Refusal({ code: "interrupted" });
  const parts: string[] = [];
  const placed: string[] = [];
  try {
    for (const [index, { file, content }] of files.entries()) {
      attemptAt(file, () => {
        parts.push(
          writePart(file, content.bytes, files.length === 1 ? null : [index + 1, files.length]),
        );
      });
    }
    for (const [index, { file, content }] of files.entries()) {
      attemptAt(file, () => {
        placeNew(parts[index] as string, file, content.bytes);
      });
      placed.push(file);
    }
  } catch (error) {
    for (const file of placed) removeIfThere(file);
    throw error;
  } finally {
    for (const part of parts) removeIfThere(part);
  }
  countCreatedFiles(files.length);
}

function attemptAt(file: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    throw error instanceof Refusal ? error : outputRefusal(file, codeOf(error));
  }
}

/** Beside the file; under the next name where a killed process with our number left one. */
function writePart(file: string, bytes: Uint8Array, place: PlaceInSet | null): string {
  const folder = path.dirname(file);
  for (let attempt = 0; ; attempt++) {
    const part = path.join(folder, partName(file, process.pid, place, attempt));
    try {
      writeNew(part, bytes);
      return part;
    } catch (error) {
      if (codeOf(error) !== "EEXIST" || attempt === 9) throw error;
    }
  }
}

/** Gone already, or it stays and the next run tells it: the result does not depend on it. */
function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Said above.
  }
}

/** Leaves a whole file, or none; mode 0600 whatever the process may give to files. */
function writeNew(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, "wx+", MODE);
  try {
    setMode(descriptor);
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
    const written = Buffer.alloc(bytes.length);
    const length = readSync(descriptor, written, 0, bytes.length, 0);
    if (length !== bytes.length || !written.equals(bytes)) throw outputRefusal(file, "EIO");
  } catch (error) {
    removeIfThere(file);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** A umask takes rights away at the opening; where a disk has no modes nothing can be set. */
function setMode(descriptor: number): void {
  try {
    fchmodSync(descriptor, MODE);
  } catch {
    // The file has the rights of its disk, or fewer than asked for.
  }
}

/** Errors of file systems that have no hard links. */
const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "EISDIR"]);

function placeNew(part: string, file: string, bytes: Uint8Array): void {
  try {
    linkSync(part, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    writeNew(file, bytes);
  }
}
