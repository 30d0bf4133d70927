/** Lists in sentences, bounded: what is listed may come from a file, as many as that holds. */

/** A list of so many is said in full; of a longer one the first items, and how many more there are. */
const LIST_LIMIT = 12;
const FIRST = 10;

/** The items of a list that are said, and how many are not. */
export function firstFew<T>(items: readonly T[]): {
  readonly shown: readonly T[];
  readonly left: number;
} {
  const shown = items.length > LIST_LIMIT ? items.slice(0, FIRST) : items;
  return { shown, left: items.length - shown.length };
}

/** "17,283": from five digits on, thousands are set apart. */
export function countText(count: number): string {
  const digits = String(count);
  return digits.length < 5 ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "3", "3 and 5", "3, 5 and 9"; of long lists the beginning and how many more there are. */
export function listed(items: readonly (string | number)[], conjunction = "and"): string {
  const { shown, left } = firstFew(items);
  const texts = shown.map(String);
  if (left > 0) texts.push(`${countText(left)} more`);
  const last = texts.pop() ?? "";
  return texts.length === 0 ? last : `${texts.join(", ")} ${conjunction} ${last}`;
}

/** Longer items with a mark between them: "a (x); b (y)"; bounded in the same way. */
export function listedApart(items: readonly string[], mark: string): string {
  const { shown, left } = firstFew(items);
  return [...shown, ...(left > 0 ? [`and ${countText(left)} more`] : [])].join(mark);
}
