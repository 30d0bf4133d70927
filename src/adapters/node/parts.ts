/**
 * The parts of files that a killed process left, and the files that are not finished for it.
 *
 * A part stands beside its file from before that is made until it is whole, and the parts of files that
 * belong together stand until all of these are in their places. So where one of the parts left has no
 * file, or one that is not whole, nothing of its set is finished.
 */
import { lstat, readdir } from "node:fs/promises";
import path from "node:path";
import { readHead } from "./read-input.js";

/** The number of a file in its set, and how many there are. */
export type PlaceInSet = readonly [number: number, count: number];

/** A name has at most 255 bytes: of a long one its beginning, so that the part's fits too. */
function shortName(file: string): string {
  const shortened = Buffer.from(path.basename(file)).subarray(0, 200);
  return shortened.toString().replace(/\ufffd+$/, "");
}

/** `.sheet.pdf.4711.keysheet-part`: a name that no other program gives, with the process's number. */
export function partName(
  file: string,
  pid: number,
  place: PlaceInSet | null,
  attempt: number,
): string {
  const set = place === null ? "" : `.${String(place[0])}-of-${String(place[1])}`;
  const again = attempt === 0 ? "" : `-${String(attempt)}`;
  return `.${shortName(file)}${set}.${String(pid)}${again}.keysheet-part`;
}

const PART_NAME = /^\.(.+?)(?:\.\d+-of-(\d+))?\.(\d+)(?:-\d+)?\.keysheet-part$/su;

interface Part {
  readonly file: string;
  /** Of the file that it is a part of, or the beginning of that. */
  readonly outputName: string;
  /** What parts of one set have in common. */
  readonly set: string;
}

export interface Unfinished {
  /** Of parts, by path; what is in use now is not among them. */
  readonly parts: readonly string[];
  /** Of files in their places that are not whole, or of a set that is not. */
  readonly outputs: readonly string[];
}

/** A part stands for a moment; one that is older is nobody's, whatever process has its number now. */
const PART_LIFE_MS = 10 * 60 * 1000;

/** What a process left in a folder that was killed while it wrote there. */
export async function findUnfinished(folder: string, now: Date): Promise<Unfinished> {
  const names = await readdir(folder).catch(() => []);
  const parts: Part[] = [];
  for (const name of names) {
    const [, outputName, count, pid] = PART_NAME.exec(name) ?? [];
    if (outputName === undefined || pid === undefined) continue;
    const file = path.join(folder, name);
    const entry = await fileAt(file);
    if (entry === null) continue;
    const isOld = Math.abs(now.getTime() - entry.mtimeMs) > PART_LIFE_MS;
    if (!isOld && isRunning(Number(pid))) continue;
    parts.push({ file, outputName, set: count === undefined ? file : `${pid} ${count}` });
  }
  const found = await Promise.all(parts.map((part) => placeOf(part, folder, names)));
  const broken = new Set(parts.filter((_, index) => found[index]?.isWhole !== true).map(setOf));
  const outputs = parts.flatMap((part, index) => {
    const output = found[index]?.output ?? null;
    return output !== null && broken.has(part.set) ? [output] : [];
  });
  return { parts: parts.map(({ file }) => file).sort(), outputs: [...new Set(outputs)].sort() };
}

function setOf({ set }: Part): string {
  return set;
}

/** Null for what is gone meanwhile, or is no file of its own. */
async function fileAt(file: string) {
  const entry = await lstat(file).catch(() => null);
  return entry?.isFile() === true ? entry : null;
}

/** Another process of this machine; a part with our own number is of one that had it before. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * The file of a part: the one that is linked to it, or else, where there are no links, one of its name
 * that is the same or its beginning. A file that is neither is not of it.
 */
async function placeOf(part: Part, folder: string, names: readonly string[]) {
  const entry = await fileAt(part.file);
  if (entry === null) return null;
  for (const name of entry.nlink > 1 ? names : []) {
    const output = path.join(folder, name);
    if (output === part.file) continue;
    const other = await fileAt(output);
    if (other?.ino === entry.ino && other.dev === entry.dev) return { output, isWhole: true };
  }
  const named = names.find((name) => shortName(name) === part.outputName);
  const output = named === undefined ? null : path.join(folder, named);
  const other = output === null ? null : await fileAt(output);
  if (output === null || other === null || other.size > entry.size) return null;
  const isOfPart = await areSameBytes(output, part.file, other.size);
  return isOfPart ? { output, isWhole: other.size === entry.size } : null;
}

/** True where two files are the same up to a length, as far as both can be read. */
async function areSameBytes(a: string, b: string, length: number): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((file) => readHead(file, length).catch(() => null)),
  );
  return first != null && second != null && Buffer.compare(first, second) === 0;
}
