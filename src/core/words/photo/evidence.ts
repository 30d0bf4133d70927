/** What a comparison says for a word. */

/** The logarithm of the part of what is seen that a word of such an agreement leaves unexplained. */
export function unexplained(agreement: number): number {
  return Math.log(Math.max(1e-3, 1 - agreement * agreement));
}

/** Of a word against the next best: the logarithm of how much less it leaves unexplained. */
export function evidenceOf({
  words: [best, second],
}: {
  readonly words: readonly { readonly agreement: number }[];
}): number {
  return unexplained(second?.agreement ?? 0) - unexplained(best?.agreement ?? 0);
}
