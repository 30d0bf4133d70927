/**
 * Where a text stops being JSON (RFC 8259), for people who wrote it by hand.
 *
 * Parses nothing and keeps nothing; it takes one step a token and no recursion, however deep the text.
 */

export interface TextPlace {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** The first place that cannot be right; null when the text is JSON throughout. */
export function jsonFault(text: string): TextPlace | null {
  const index = faultIndex(text);
  if (index === null) return null;
  const before = text.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** What may come next; `end` stands for the sign that closes what is open. */
type Next = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

const BLANK = /[\t\n\r ]*/y;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING_PART = /[^"\\\0-\x1f]{1,1000}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function faultIndex(text: string): number | null {
  const open: ("}" | "]")[] = [];
  let next: Next = "value";
  let index = endOf(BLANK, text, 0) ?? 0;
  while (index < text.length) {
    const sign = text.charAt(index);
    const isEnd = next.endsWith("end") && sign === open.at(-1);
    if (isEnd) {
      open.pop();
      index += 1;
      next = "comma or end";
    } else if (next === "comma or end") {
      if (sign !== "," || open.length === 0) return index;
      index += 1;
      next = open.at(-1) === "}" ? "key" : "value";
    } else if (next === "colon") {
      if (sign !== ":") return index;
      index += 1;
      next = "value";
    } else if (next.startsWith("value") && (sign === "{" || sign === "[")) {
      open.push(sign === "{" ? "}" : "]");
      index += 1;
      next = sign === "{" ? "key or end" : "value or end";
    } else {
      const isKey = next.startsWith("key");
      const end = sign === '"' ? stringEnd(text, index) : isKey ? null : endOf(ATOM, text, index);
      if (end === null) return index;
      index = end;
      next = isKey ? "colon" : "comma or end";
    }
    index = endOf(BLANK, text, index) ?? index;
  }
  return open.length === 0 && next === "comma or end" ? null : text.length;
}

/** Behind what the pattern matches at the index; null where it does not. */
function endOf(pattern: RegExp, text: string, index: number): number | null {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** Behind the closing quotation mark; null where there is none or a part is malformed. */
function stringEnd(text: string, start: number): number | null {
  let index = start + 1;
  for (;;) {
    if (text.charAt(index) === '"') return index + 1;
    const end = endOf(STRING_PART, text, index);
    if (end === null) return null;
    index = end;
  }
}
