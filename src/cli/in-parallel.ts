/**
 * What a job gives for each item, in the order of the items; up to `limit` jobs are under way. The first
 * error ends the wait.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  job: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  // One iterator for all: each takes the next item that nobody has.
  const entries = items.entries();
  const takeAll = async () => {
    for (const [index, item] of entries) results[index] = await job(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, takeAll));
  return results;
}
