/** Whether this process has created a file that a user asked for: then a signal takes nothing back. */
let count = 0;

export function countCreatedFiles(created: number): void {
  count += created;
}

export function hasCreatedFile(): boolean {
  return count > 0;
}
