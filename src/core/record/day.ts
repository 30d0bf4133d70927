/** Days as the paper counts them: 0 is 2020-01-01, 65535 is 2199-06-06 (FORMAT.md, "Payload"). */
import { Refusal } from "../problem.js";

const MS_A_DAY = 86_400_000;
const FIRST_MS = Date.UTC(2020, 0, 1);
export const LAST_DAY = 65_535;

/** YYYY-MM-DD of a day number; refused with `day-out-of-range` for what is none. */
export function formatDay(day: number): string {
  if (!Number.isInteger(day) || day < 0 || day > LAST_DAY) throw outOfRange();
  return new Date(FIRST_MS + day * MS_A_DAY).toISOString().slice(0, 10);
}

/** The day number of a calendar date; refused with `day-out-of-range` outside of what paper holds. */
export function dayFromDate(year: number, month: number, dayOfMonth: number): number {
  const day = (Date.UTC(year, month - 1, dayOfMonth) - FIRST_MS) / MS_A_DAY;
  if (!Number.isInteger(day) || day < 0 || day > LAST_DAY) {
    throw outOfRange();
  }
  return day;
}

function outOfRange(): Refusal {
  return new Refusal({ code: "day-out-of-range", first: formatDay(0), last: formatDay(LAST_DAY) });
}

/** YYYY-MM-DD to the day number; null for what is no such date. */
export function parseDay(text: string): number | null {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || dayOfMonth === undefined) return null;
  const day = dayFromDate(year, month, dayOfMonth);
  return formatDay(day) === text ? day : null;
}
