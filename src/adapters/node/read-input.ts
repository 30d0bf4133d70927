/**
 * The bytes that a path gives, whatever stands there: a file, a device, a pipe.
 *
 * Two invariants. No more is read than asked for, whatever the file says of its size: a pipe, a device
 * and a file of /proc say 0, and a file may grow meanwhile. And nothing is waited for in a system call,
 * since a process cannot end before that returns: everything is opened without blocking, and what is not
 * there yet, of a pipe or a terminal, is waited for by the event loop, which any signal ends.
 */
import { close, constants, fstat, open, read, type Stats } from "node:fs";
import { Socket } from "node:net";
import { isatty, ReadStream } from "node:tty";
import { promisify } from "node:util";

const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);
const statDescriptor = promisify(fstat);
const readDescriptor = promisify(read);

// Where a system has no such flag its constant is absent, which counts as 0.
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const CHUNK_BYTES = 64 * 1024;

/**
 * All bytes up to the limit; one more than the limit where there are more.
 *
 * A pipe that nobody writes to is waited for, as by any other program.
 *
 * @throws the system's error; of a device that has nothing to give EAGAIN
 */
export async function readUpTo(file: string, limitBytes: number): Promise<Uint8Array> {
  const descriptor = await openDescriptor(file, FLAGS);
  const entry = await statDescriptor(descriptor);
  // A stream closes the descriptor that it is given.
  if (entry.isFIFO()) {
    const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
    return firstOf(pipe, limitBytes);
  }
  if (isatty(descriptor)) return firstOf(new ReadStream(descriptor), limitBytes);
  try {
    return await readDirectly(descriptor, entry, limitBytes);
  } finally {
    await closeDescriptor(descriptor);
  }
}

/** The same of a file on a disk; nothing of anything else, which might have to be waited for. */
export async function readHead(file: string, lengthBytes: number): Promise<Uint8Array> {
  const descriptor = await openDescriptor(file, FLAGS);
  try {
    const entry = await statDescriptor(descriptor);
    if (!entry.isFile()) return new Uint8Array();
    const bytes = await readDirectly(descriptor, entry, lengthBytes);
    return bytes.subarray(0, lengthBytes);
  } finally {
    await closeDescriptor(descriptor);
  }
}

/** Leaving the loop ends the stream. */
async function firstOf(stream: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limitBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, limitBytes + 1);
}

async function readDirectly(
  descriptor: number,
  { size }: Stats,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  // The size is a hint by which a file of the usual kind is read in one piece.
  let wanted = Math.min(Math.max(size, CHUNK_BYTES), limitBytes) + 1;
  let length = 0;
  while (wanted > 0) {
    const chunk = Buffer.alloc(wanted);
    const { bytesRead } = await readDescriptor(descriptor, chunk, 0, wanted, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
    wanted = Math.min(CHUNK_BYTES, limitBytes + 1 - length);
  }
  const [first] = chunks;
  // A large file is not had twice.
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}
