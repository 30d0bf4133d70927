/**
 * What a program gives to the library, looked at before it is used: types hold for TypeScript alone, and
 * what is wrong is refused like anything else, not found out by a TypeError deep inside.
 */
import { FIELD_COUNT_LIMIT } from "./record/field-name.js";
import { formatDay, isDay, LAST_DAY } from "./record/day.js";
import { PROVIDERS } from "./record/providers.js";
import { Secret } from "./record/secret.js";
import { COST_MAX, COST_MIN } from "./payload/v1/sealed.js";
import { SHARE_COUNT_LIMIT } from "./payload/v1/share.js";
import { Refusal } from "./problem.js";

/** The first that is wrong in a value is refused; `what` is its name, without the value. */
export function malformedValue(what: string, expected: string): Refusal {
  return new Refusal({ code: "value-malformed", what, expected });
}

export type Check = (value: unknown, what: string) => void;

function checked(expected: string, isGood: (value: unknown) => boolean): Check {
  return (value, what) => {
    if (!isGood(value)) throw malformedValue(what, expected);
  };
}

type Named = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Named {
  return typeof value === "object" && value !== null;
}

export const aText = checked("a text", (value) => typeof value === "string");
export const aFlag = checked("true or false", (value) => typeof value === "boolean");
export const bytes = checked("a Uint8Array", (value) => value instanceof Uint8Array);
export const aFunction = checked("a function", (value) => typeof value === "function");
export const anObject = checked("an object", isObject);
export const anything: Check = () => undefined;

export function integer(first: number, last: number): Check {
  const expected = `a whole number from ${String(first)} to ${String(last)}`;
  return checked(
    expected,
    (value) => Number.isInteger(value) && Number(value) >= first && Number(value) <= last,
  );
}

export function oneOf(...values: readonly unknown[]): Check {
  return checked(`one of ${values.map(String).join(", ")}`, (value) => values.includes(value));
}

/** Absent, or as the check says. */
export function optional(check: Check): Check {
  return (value, what) => {
    if (value !== undefined) check(value, what);
  };
}

export function nullOr(check: Check): Check {
  return (value, what) => {
    if (value !== null) check(value, what);
  };
}

export function listOf(check: Check, limit = Infinity): Check {
  return (value, what) => {
    if (!Array.isArray(value) || value.length > limit) throw malformedValue(what, "a list");
    for (const [index, item] of Array.from<unknown>(value).entries()) {
      check(item, `${what}[${String(index)}]`);
    }
  };
}

export function fieldsOf(checks: Readonly<Record<string, Check>>): Check {
  return (value, what) => {
    if (!isObject(value)) throw malformedValue(what, "an object");
    for (const [name, check] of Object.entries(checks)) check(value[name], `${what}.${name}`);
  };
}

export const day: Check = (value) => {
  if (isDay(value)) return;
  throw new Refusal({ code: "day-out-of-range", first: formatDay(0), last: formatDay(LAST_DAY) });
};

/** Of a derivation, as paper may hold it. */
export const derivationCost: Check = (value) => {
  const isGood = Number.isInteger(value) && Number(value) >= COST_MIN && Number(value) <= COST_MAX;
  if (!isGood) throw new Refusal({ code: "cost-unfit", first: COST_MIN, last: COST_MAX });
};

export const provider: Check = (value) => {
  const known = PROVIDERS.map(({ id }) => id);
  if (value === null || known.some((id) => id === value)) return;
  throw new Refusal({ code: "provider-unknown", known });
};

/** How many shares of a set are needed, and how many there are. */
export const shareCounts: Check = (value, what) => {
  anObject(value, what);
  const { threshold, count } = value as Named;
  const isOne = (number: unknown): number is number => Number.isInteger(number);
  const isGood =
    isOne(threshold) &&
    isOne(count) &&
    threshold >= 2 &&
    threshold <= count &&
    count <= SHARE_COUNT_LIMIT;
  if (!isGood) throw new Refusal({ code: "shares-unfit", limit: SHARE_COUNT_LIMIT });
};

export const field: Check = (value, what) => {
  fieldsOf({ name: aText, isSecret: aFlag })(value, what);
  const { isSecret, value: content } = value as Named;
  const isGood = isSecret === true ? content instanceof Secret : typeof content === "string";
  if (!isGood) throw malformedValue(`${what}.value`, "what makeField gives");
};

export const record = fieldsOf({ provider, day, fields: listOf(field, FIELD_COUNT_LIMIT) });

const carrierKinds: Readonly<Record<string, Check>> = {
  code: fieldsOf({ source: aText, text: aText }),
  words: fieldsOf({
    source: aText,
    lines: listOf(
      fieldsOf({ number: nullOr(integer(0, Number.MAX_SAFE_INTEGER)), tokens: listOf(aText) }),
    ),
  }),
  bytes: fieldsOf({
    source: aText,
    number: integer(1, 99),
    total: integer(1, 99),
    bytes: listOf(nullOr(integer(0, 255))),
    read: integer(0, 255),
    count: integer(0, 255),
  }),
};

export const carrier: Check = (value, what) => {
  const kind = isObject(value) ? value.kind : null;
  const check = typeof kind === "string" && Object.hasOwn(carrierKinds, kind);
  if (!check) throw malformedValue(what, "a carrier: a code, words or bytes");
  carrierKinds[kind]?.(value, what);
};

/** A refusal for what a wrong value inside of another one led to. */
export function asRefusal(error: unknown, what: string): unknown {
  const isOfValues = error instanceof TypeError || error instanceof RangeError;
  return isOfValues ? malformedValue(what, "what its type says") : error;
}

/** A function of the library that refuses values of wrong types; the checks are of its arguments. */
export function held<F extends (...given: never[]) => unknown>(
  what: string,
  step: F,
  ...checks: readonly Check[]
): F {
  const run = (...given: Parameters<F>): unknown => {
    try {
      for (const [index, check] of checks.entries()) {
        check(given[index], `argument ${String(index + 1)} of ${what}`);
      }
      return step(...given);
    } catch (error) {
      throw asRefusal(error, what);
    }
  };
  return run as F;
}

/** The same for one that gives a promise, which is rejected with what is refused. */
export function heldPromise<F extends (...given: never[]) => Promise<unknown>>(
  what: string,
  step: F,
  ...checks: readonly Check[]
): F {
  const run = async (...given: Parameters<F>): Promise<unknown> => {
    const start = held(what, step, ...checks);
    try {
      return await start(...given);
    } catch (error) {
      throw asRefusal(error, what);
    }
  };
  return run as F;
}
