/** Choices out of n, by index from 0, one after another; and how many there are. */

export function choose(n: number, k: number): number {
  let ways = 1;
  for (let index = 0; index < k; index++) ways = (ways * (n - index)) / (index + 1);
  return Math.max(0, ways);
}

/** Multisets of k out of n. */
export function chooseAgain(n: number, k: number): number {
  return choose(n + k - 1, k);
}

/** Ascending indices. */
export function* combinations(n: number, k: number, from = 0): Iterable<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= n - k; first++) {
    for (const rest of combinations(n, k - 1, first + 1)) yield [first, ...rest];
  }
}

export function* multisets(n: number, k: number, from = 0): Iterable<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first < n; first++) {
    for (const rest of multisets(n, k - 1, first)) yield [first, ...rest];
  }
}

export function* product<T>(choices: readonly (readonly T[])[], from = 0): Iterable<T[]> {
  const [first] = choices.slice(from, from + 1);
  if (first === undefined) {
    yield [];
    return;
  }
  for (const rest of product(choices, from + 1)) for (const item of first) yield [item, ...rest];
}
