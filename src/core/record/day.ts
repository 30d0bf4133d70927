/** Days as the paper counts them: 0 is 2020-01-01, 65535 is 2199-06-06 (FORMAT.md, "Payload"). */
import { Refusal } from "../problem.js";

const MS_A_DAY = 86_400_000;
const FIRST_MS = Date.UTC(2020, 0, 1);
export const LAST_DAY = 65_535;

export function isDay(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LAST_DAY;
}

/** YYYY-MM-DD of a day number; refused with `day-out-of-range` for what is none. */
export function formatDay(day: number): string {
  if (!isDay(day)) throw outOfRange();
  return dateOf(day);
}

/** The day number of a calendar date; refused with `day-out-of-range` outside of what paper holds. */
export function dayFromDate(year: number, month: number, dayOfMonth: number): number {
  const day = (Date.UTC(year, month - 1, dayOfMonth) - FIRST_MS) / MS_A_DAY;
  if (!isDay(day)) throw outOfRange();
  return day;
}

/**
 * The number of a date as YYYY-MM-DD; null for one that there is not. Days before and behind those that
 * paper holds have numbers, too.
 */
export function dateNumber(text: string): number | null {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || dayOfMonth === undefined) return null;
  const day = (Date.UTC(year, month - 1, dayOfMonth) - FIRST_MS) / MS_A_DAY;
  // For JavaScript 30 February is a day of March.
  return dateOf(day) === text ? day : null;
}

/**
 * The day number of a date as YYYY-MM-DD; null for one that there is not.
 *
 * @throws Refusal day-out-of-range, for a date that paper does not hold
 */
export function parseDay(text: string): number | null {
  const day = dateNumber(text);
  if (day !== null && !isDay(day)) throw outOfRange();
  return day;
}

function dateOf(day: number): string {
  return new Date(FIRST_MS + day * MS_A_DAY).toISOString().slice(0, 10);
}

function outOfRange(): Refusal {
  return new Refusal({ code: "day-out-of-range", first: dateOf(0), last: dateOf(LAST_DAY) });
}
