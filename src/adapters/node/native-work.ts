/**
 * Work outside of JavaScript that nothing stops: while it goes on, Node waits for it before it ends the
 * process, a minute for a large picture.
 */

let runningCount = 0;

export function isNativeWorkRunning(): boolean {
  return runningCount > 0;
}

/** Counts it for as long as it takes. */
export async function nativeWork<T>(begin: () => Promise<T>): Promise<T> {
  runningCount += 1;
  try {
    return await begin();
  } finally {
    runningCount -= 1;
  }
}
