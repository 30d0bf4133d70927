/**
 * Whether this process has created a file that a user asked for: then a signal takes nothing back. And
 * whether it may still do so: once it says that it was interrupted, nothing is left behind.
 */
let count = 0;
let isStopped = false;

export function countCreatedFiles(created: number): void {
  count += created;
}

export function hasCreatedFile(): boolean {
  return count > 0;
}

/** From now on no file is created. */
export function stopCreating(): void {
  isStopped = true;
}

export function mayCreate(): boolean {
  return !isStopped;
}
