/** Share sheets to the payload that was split, or the one thing that stands against it. */
import { markOf } from "../payload/mark.js";
import { decodePayload, type PayloadContent } from "../payload/payload.js";
import { NEWER, type Problem, type ShareName } from "../problem.js";
import { type ReadSheet, sourcesOfReports } from "./read-carriers.js";
import { encodeShare } from "../payload/v1/share.js";
import { joinAny, setKey, sharesOfSet } from "../shares/join.js";
import { nameOfSet } from "../shares/split.js";
import { unlessRefused } from "../unless-refused.js";

/** The shares that gave a payload together. */
export interface JoinedSet {
  /** The id of the set, as it is printed. */
  readonly set: string;
  readonly threshold: number;
  readonly count: number;
  readonly shares: readonly ShareName[];
}

export type ShareSheet = ReadSheet & { readonly content: { readonly kind: "share" } };

/** A payload that is no share, read from a sheet or joined of several. */
export interface WholeSheet extends Pick<ReadSheet, "payload" | "mark"> {
  readonly content: Exclude<PayloadContent, { readonly kind: "share" }>;
}

export interface JoinedSheet extends WholeSheet {
  readonly joined: JoinedSet;
  /** Every share of the set, also those that were not given. */
  readonly setPayloads: () => readonly Uint8Array[];
}

export function isShare(sheet: ReadSheet): sheet is ShareSheet {
  return sheet.content.kind === "share";
}

export function isWhole(sheet: ReadSheet): sheet is ReadSheet & WholeSheet {
  return sheet.content.kind !== "share";
}

/** Shares to what was split, or the one thing that stands against it. */
export function joinSheets(sheets: readonly ShareSheet[]): JoinedSheet | Problem {
  const sets = groupBySet(sheets);
  const [first] = sets as [ShareSheet[]];
  if (sets.length > 1) {
    const named = sets.map((set) => ({ set: setName(set), shares: set.map(nameShare) }));
    return { code: "shares-of-several-sets", sets: named };
  }
  const [{ content }] = first as [ShareSheet];
  const { threshold, count } = content;
  const set = setName(first);
  const shares = first.map(nameShare);
  const numbers = new Set(shares.map(({ number }) => number));
  if (numbers.size < threshold) {
    const all = Array.from({ length: count }, (_, index) => index + 1);
    const missing = all.filter((number) => !numbers.has(number));
    if (numbers.size < shares.length) return { code: "shares-disagree", shares };
    return { code: "shares-missing", set, threshold, count, shares, missing };
  }
  const contents = first.map((sheet) => sheet.content);
  const joined = joinAny(contents);
  if (joined === null) return { code: "shares-disagree", shares };
  if (joined.strangers.length > 0) {
    const isStranger = (index: number) => joined.strangers.includes(index);
    return {
      code: "share-foreign",
      strangers: shares.filter((_, index) => isStranger(index)),
      members: shares.filter((_, index) => !isStranger(index)),
    };
  }
  const decoded = decodeInner(joined.inner);
  if ("code" in decoded) return decoded;
  const setPayloads = () => sharesOfSet(contents).map(encodeShare);
  return { ...decoded, joined: { set, threshold, count, shares }, setPayloads };
}

/** Behind a digest that holds only a newer program's payload is no fault of the maker. */
function decodeInner(inner: Uint8Array): WholeSheet | Problem {
  const decode = (): WholeSheet | Problem => {
    const decoded = decodePayload(inner);
    const { payload, content } = decoded;
    if (content.kind === "share") return { code: "share-content" };
    return { payload, content, mark: markOf(decoded) };
  };
  return unlessRefused(
    decode,
    ({ problems }) => problems.find(({ code }) => NEWER.has(code)) ?? { code: "share-content" },
  );
}

function groupBySet(sheets: readonly ShareSheet[]): ShareSheet[][] {
  const sets = new Map<string, ShareSheet[]>();
  for (const sheet of sheets) {
    const key = setKey(sheet.content);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [sheet]);
    else set.push(sheet);
  }
  return [...sets.values()];
}

/** The set's id as people compare it; every sheet of the set has it printed. */
function setName([sheet]: readonly ShareSheet[]): string {
  return sheet === undefined ? "" : nameOfSet(sheet.content);
}

function nameShare({ content, mark, reports }: ShareSheet): ShareName {
  return { number: content.number, mark, sources: sourcesOfReports(reports) };
}
