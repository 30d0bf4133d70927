/** `count` of the items, evenly taken. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}
