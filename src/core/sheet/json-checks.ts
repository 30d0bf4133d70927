/**
 * Checks of parsed JSON, built of one another: each says what is wrong, where, and what belongs there.
 *
 * They look at no more than the faults and the list items that are ever told, and go no deeper than
 * they were built, so that a hostile text costs no more than a wrong one.
 */

export interface Fault {
  /** `panels[0].blocks[2].style` */
  readonly place: string;
  /** What the place has to be. */
  readonly expected: string;
}

/** Adds the faults of a value. */
export type Check = (value: unknown, place: string, faults: Fault[]) => void;

/** More are no help. */
export const FAULTS_LIMIT = 100;

const LIST_LIMIT = 100;
const TEXT_LIMIT = 2000;

const MISSING_EXPECTED = "given";
const EXTRA_EXPECTED = "left out: there is no such key";

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null;
}

/** A value with a property that has to hold. */
export function isSuch(expected: string, holds: (value: unknown) => boolean): Check {
  return (value, place, faults) => {
    if (!holds(value)) faults.push({ place, expected });
  };
}

/** A text of a reasonable length with a property that has to hold. */
export function isText(expected: string, holds: (text: string) => boolean): Check {
  return isSuch(
    expected,
    (value) => typeof value === "string" && value.length <= TEXT_LIMIT && holds(value),
  );
}

export function isNumber(least: number, most: number): Check {
  return isSuch(
    `a number from ${String(least)} to ${String(most)}`,
    (value) => typeof value === "number" && value >= least && value <= most,
  );
}

export function isCount(most: number): Check {
  return isSuch(
    `a whole number from 1 to ${String(most)}`,
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
  );
}

export function isOneOf(choices: readonly (string | number | boolean)[]): Check {
  const shown = choices.slice(0, 30).map((choice) => JSON.stringify(choice));
  const expected = choices.length === 1 ? shown.join("") : `one of ${shown.join(", ")}`;
  return isSuch(expected, (value) => choices.some((choice) => choice === value));
}

/** One value, or a list of them. */
export function isOneOrMore(check: Check): Check {
  const isMany = isList(check);
  return (value, place, faults) => {
    (Array.isArray(value) ? isMany : check)(value, place, faults);
  };
}

/** At least one of them. */
export function isList(check: Check, most = LIST_LIMIT): Check {
  return (value, place, faults) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) {
      faults.push({ place, expected: `a list of 1 to ${String(most)}` });
      return;
    }
    value.forEach((item: unknown, index) => {
      if (faults.length < FAULTS_LIMIT) check(item, `${place}[${String(index)}]`, faults);
    });
  };
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/i;

/** Names of one's own, with values of one kind. */
export function isRecord(check: Check): Check {
  return (value, place, faults) => {
    const entries = Object.entries(asObject(value) ?? {});
    if (entries.length === 0 || entries.length > LIST_LIMIT) {
      faults.push({ place, expected: `an object of 1 to ${String(LIST_LIMIT)} names` });
      return;
    }
    for (const [name, item] of entries) {
      const itemPlace = `${place}.${shown(name)}`;
      if (NAME.test(name)) check(item, itemPlace, faults);
      else faults.push({ place: itemPlace, expected: "named with letters, digits and - only" });
    }
  };
}

/** Keys that end in `?` may be absent; every other one is needed, and no other is taken. */
export function isObject(shape: Readonly<Record<string, Check>>): Check {
  const checks = new Map(
    Object.entries(shape).map(([key, check]) => [key.replace("?", ""), check]),
  );
  return (value, place, faults) => {
    const given = asObject(value);
    if (given === null) {
      faults.push({ place, expected: "an object" });
      return;
    }
    const prefix = place === "" ? "" : `${place}.`;
    const extra = Object.keys(given).filter((key) => !checks.has(key));
    for (const key of extra.slice(0, FAULTS_LIMIT)) {
      faults.push({ place: prefix + shown(key), expected: EXTRA_EXPECTED });
    }
    for (const [key, check] of checks) {
      if (Object.hasOwn(given, key)) check(given[key], prefix + key, faults);
      else if (Object.hasOwn(shape, key)) {
        faults.push({ place: prefix + key, expected: MISSING_EXPECTED });
      }
    }
  };
}

/** A key of others, as far as a message needs it. */
function shown(key: string): string {
  return key.length > 40 ? `${key.slice(0, 40)}...` : key;
}

/** The names of a part that is an object, or those that its items have. */
export function namesIn(value: unknown, part: string): readonly string[] {
  const inner = asObject(value)?.[part];
  if (!Array.isArray(inner)) return Object.keys(asObject(inner) ?? {});
  return inner.flatMap((item: unknown) => {
    const name = asObject(item)?.name;
    return typeof name === "string" ? [name] : [];
  });
}
