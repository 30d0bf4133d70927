/**
 * Files: read whole and within a limit; written new, mode 0600, whole or not at all.
 *
 * A file is written beside its place under another name and then linked to it, which fails where
 * something stands already; so no moment shows a part of it, and nothing is ever written over.
 * Where the file system has no links the place is taken exclusively and filled.
 */
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { access, lstat, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "../core/problem.js";

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
    const { size } = await stat(file);
    if (size > limitBytes) throw new Refusal({ code: "file-too-large", source, limitBytes });
    const bytes = await readFile(file);
    if (bytes.length === 0) throw new Refusal({ code: "file-empty", source });
    return bytes;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = codeOf(error);
    throw reason === "ENOENT" || reason === "ENOTDIR"
      ? new Refusal({ code: "file-missing", source })
      : new Refusal({ code: "file-unreadable", source, reason });
  }
}

/** All of a stream, up to the limit. */
export async function readStreamBytes(
  stream: AsyncIterable<Uint8Array | string>,
  source: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > limitBytes) throw new Refusal({ code: "file-too-large", source, limitBytes });
    chunks.push(bytes);
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

/**
 * A new file at a place where none is; the bytes on the disk are read again and compared.
 *
 * Synchronous throughout, so that no signal is handled between its first step and its last.
 */
export function createFile(file: string, bytes: Uint8Array): void {
  const name = `.${path.basename(file)}.${String(process.pid)}.part`;
  const part = path.join(path.dirname(file), name);
  try {
    writeNew(part, bytes);
    try {
      moveNew(part, file, bytes);
    } finally {
      unlinkSync(part);
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
    unlinkSync(file);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Errors of file systems that have no hard links. */
const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "EISDIR"]);

function moveNew(part: string, file: string, bytes: Uint8Array): void {
  try {
    linkSync(part, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    writeNew(file, bytes);
  }
}
