// @ts-check
/**
 * A US QWERTY keyboard, as far as typing errors need it: which keys lie next to each other, and what
 * a key gives with Shift. Four rows, each shifted to the right of the one above it by a part of a key.
 */

/** The keys of a row from left to right, and where its first one begins, in widths of a key. */
const ROWS = /** @type {const} */ ([
  ["1234567890-=", "!@#$%^&*()_+", 0],
  ["qwertyuiop[]", "QWERTYUIOP{}", 0.5],
  ["asdfghjkl;'", 'ASDFGHJKL:"', 0.75],
  ["zxcvbnm,./", "ZXCVBNM<>?", 1.25],
]);

/** @typedef {{ plain: string, shifted: string, row: number, x: number }} Key */

/** @type {readonly Key[]} */
const KEYS = ROWS.flatMap(([plain, shifted, left], row) =>
  Array.from(plain, (character, column) => ({
    plain: character,
    shifted: shifted.charAt(column),
    row,
    x: left + column,
  })),
);

/** @type {(a: Key, b: Key) => boolean} */
function areNeighbours(a, b) {
  const apart = Math.abs(a.x - b.x);
  return a.row === b.row ? apart === 1 : Math.abs(a.row - b.row) === 1 && apart < 1;
}

/** @type {ReadonlyMap<string, readonly string[]>} */
const NEIGHBOURS = new Map(
  KEYS.flatMap((key) => {
    const around = KEYS.filter((other) => areNeighbours(key, other));
    return [
      [key.plain, around.map(({ plain }) => plain)],
      [key.shifted, around.map(({ shifted }) => shifted)],
    ];
  }),
);

/** The keys over the space bar. */
export const KEYS_OVER_SPACE = Array.from("xcvbnm,");

/**
 * What the keys around the one of this character give, with Shift where it has Shift; none for a
 * character that is not on the keyboard.
 * @param {string} character
 * @returns {readonly string[]}
 */
export function neighbouringKeys(character) {
  return NEIGHBOURS.get(character) ?? [];
}

/**
 * True when the character is typed with Shift held.
 * @param {string} character
 */
export function needsShift(character) {
  return KEYS.some(({ shifted }) => shifted === character);
}

/**
 * What the character's key gives with Shift held where it should not be, or the other way round.
 * @param {string} character
 */
export function withShiftSlip(character) {
  const key = KEYS.find(({ plain, shifted }) => plain === character || shifted === character);
  if (key === undefined) return character;
  return key.plain === character ? key.shifted : key.plain;
}
