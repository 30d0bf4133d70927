/**
 * The name that was most likely meant by one that there is not: what it is the beginning of, or what a slip or
 * two of the fingers make of it. Gives a known name alone, never what was typed.
 */

/** Fewer letters may be the beginning of anything. */
const BEGINNING_LETTERS = 2;
/** So many letters have one slip, one more for each as many again. */
const LETTERS_A_SLIP = 3;

/** Null where no name is near, or several are as near as each other. */
export function nearName<Name extends string>(typed: string, names: readonly Name[]): Name | null {
  const letters = typed.toLowerCase();
  const begun = names.filter((name) => name.startsWith(letters));
  if (letters.length >= BEGINNING_LETTERS && begun.length > 0) return shortest(begun);
  const limit = Math.ceil(letters.length / LETTERS_A_SLIP);
  const slips = names.map((name) => slipsBetween(letters, name));
  const least = Math.min(...slips);
  const near = names.filter((_, index) => slips[index] === least);
  return letters.length < BEGINNING_LETTERS || least > limit || near.length > 1
    ? null
    : (near[0] ?? null);
}

/** Of names that begin alike the one that all others go on from; else none. */
function shortest<Name extends string>(names: readonly Name[]): Name | null {
  const [first] = [...names].sort((a, b) => a.length - b.length);
  return first !== undefined && names.every((name) => name.startsWith(first)) ? first : null;
}

/** Letters left out, added, changed, or swapped with the next one; no more than the longer has. */
function slipsBetween(typed: string, name: string): number {
  // A long text is no slip of a name, and is not compared with it.
  if (typed.length > 2 * name.length) return typed.length;
  let beforeLast: number[] = [];
  let last = Array.from({ length: name.length + 1 }, (_, index) => index);
  for (let row = 1; row <= typed.length; row++) {
    const current = [row];
    for (let column = 1; column <= name.length; column++) {
      const isSame = typed[row - 1] === name[column - 1];
      const isSwapped =
        row > 1 &&
        column > 1 &&
        typed[row - 1] === name[column - 2] &&
        typed[row - 2] === name[column - 1];
      current.push(
        Math.min(
          (last[column] as number) + 1,
          (current[column - 1] as number) + 1,
          (last[column - 1] as number) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[column - 2] as number) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[name.length] as number;
}
