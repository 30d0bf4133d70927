/**
 * Back: what was read from paper to the record, confirmed, or a refusal with every problem.
 *
 * A record is given only when the check of every carrier that was read holds, all of them carry the
 * same payload or shares of one set, and the seal, where there is one, opens.
 */
import { areEqualBytes } from "../bytes.js";
import {
  isShare,
  isWhole,
  type JoinedSet,
  type JoinedSheet,
  joinSheets,
  type WholeSheet,
} from "./join-sheets.js";
import { decodePayload } from "../payload/payload.js";
import type { SealedContent } from "../payload/v1/sealed.js";
import { NEWER, type Problem, type SheetName } from "../problem.js";
import {
  type Carrier,
  type CarrierReport,
  type Incomplete,
  readCarriers,
  type ReadCarriers,
  type ReadOptions,
  type ReadSheet,
  sourcesOfReports,
} from "./read-carriers.js";
import { formatDay } from "../record/day.js";
import type { KeyRecord } from "../record/key-record.js";
import { type Kdf, kdfMemoryBytes } from "../seal/kdf.js";
import { COST_UNASKED_MAX, openSealed } from "../seal/seal.js";
import { passphraseReadings } from "../passphrase/passphrase.js";
import { unlessRefused } from "../unless-refused.js";

/** What was read and holds, whatever is in it. */
interface Whole {
  /** As printed on the sheet; null where it has none, and for shares, which have one each. */
  readonly mark: string | null;
  readonly joined: JoinedSet | null;
  readonly reports: readonly CarrierReport[];
  /** What else was given and could not be read; the key does not depend on it. */
  readonly remarks: readonly Problem[];
}

export interface Confirmed extends Whole {
  readonly status: "confirmed";
  readonly record: KeyRecord;
  /** Null for a sheet without a passphrase. */
  readonly opened: { readonly cost: number; readonly isMended: boolean } | null;
}

/** Read without a fault; `unseal` takes the passphrase off. */
export interface Sealed extends Whole {
  readonly status: "sealed";
  readonly content: SealedContent;
}

export interface Refused {
  readonly status: "refused";
  readonly problems: readonly Problem[];
}

export function restore(
  carriers: readonly Carrier[],
  options: ReadOptions = {},
): Confirmed | Sealed | Refused {
  return restoreRead(readCarriers(carriers, options));
}

/** The same for what was read before. */
export function restoreRead(read: ReadCarriers): Confirmed | Sealed | Refused {
  const { sheets, problems } = read;
  if (sheets.length === 0) {
    return refused(...(problems.length > 0 ? problems : [{ code: "carriers-missing" } as const]));
  }
  const shares = sheets.filter(isShare);
  const given = shares.length === 0 ? null : joinSheets(shares);
  const [joined, fault] = given !== null && "code" in given ? [null, given] : [given, null];
  const whole: readonly WholeSheet[] = [
    ...sheets.filter(isWhole),
    ...(joined === null ? [] : [joined]),
  ];
  const [one, ...others] = whole;
  const isSeveral =
    one !== undefined &&
    (fault !== null || others.some(({ payload }) => !areEqualBytes(payload, one.payload)));
  // Of shares that give no payload what is left of another sheet may be one more of them.
  const foreign = one === undefined || isSeveral ? [] : foreignTo(sheets, joined, read.incomplete);
  const differing: readonly Problem[] =
    isSeveral || foreign.length > 0
      ? [{ code: "sheets-differ", sheets: [...sheets.map(nameSheet), ...foreign.map(nameRest)] }]
      : [];
  const standing = problems.filter(({ code }) => CONTRADICTIONS.has(code));
  const against = [...differing, ...(fault === null ? [] : [fault]), ...standing];
  if (one === undefined || against.length > 0) {
    return refused(...against, ...problems.filter((problem) => !standing.includes(problem)));
  }
  const { content } = one;
  const common = {
    mark: joined !== null && others.length === 0 ? null : one.mark,
    joined: joined?.joined ?? null,
    reports: sheets.flatMap(({ reports }) => reports),
    remarks: problems,
  };
  if (content.kind === "sealed") return { status: "sealed", content, ...common };
  return { status: "confirmed", record: content.record, opened: null, ...common };
}

export interface UnsealOptions {
  /** Hears of each derivation before it begins, from 1. */
  readonly onTry?: (number: number, count: number) => void;
  /** Up to 22: a costlier sheet is refused with `kdf-cost` before any work; 20 where nothing is said. */
  readonly costLimit?: number;
}

/**
 * A sealed sheet and its passphrase to the record: `passphrase-wrong` where the tag does not hold for
 * any reading of what was typed.
 */
export async function unseal(
  sealed: Sealed,
  passphrase: string,
  kdf: Kdf,
  { onTry = () => undefined, costLimit = COST_UNASKED_MAX }: UnsealOptions = {},
): Promise<Confirmed | Refused> {
  const { content, mark, joined, reports, remarks } = sealed;
  const { cost } = content;
  if (!(cost <= costLimit)) {
    return refused({ code: "kdf-cost", cost, memoryBytes: kdfMemoryBytes(cost) });
  }
  const readings = passphraseReadings(passphrase);
  for (const [index, reading] of readings.entries()) {
    onTry(index + 1, readings.length);
    const plain = await openSealed(content, reading, kdf);
    if (plain === null) continue;
    const decoded = decodeOpened(plain);
    if ("code" in decoded) return refused(decoded);
    const opened = { cost: content.cost, isMended: index > 0 };
    return { status: "confirmed", record: decoded, opened, mark, joined, reports, remarks };
  }
  return refused({ code: "passphrase-wrong" });
}

/** The tag vouches for the bytes: what is malformed in them was sealed so. */
function decodeOpened(plain: Uint8Array): KeyRecord | Problem {
  const decode = (): KeyRecord | Problem => {
    const { content } = decodePayload(plain);
    return content.kind === "plain" ? content.record : { code: "sealed-content" };
  };
  return unlessRefused(
    decode,
    ({ problems }) => problems.find(({ code }) => NEWER.has(code)) ?? { code: "sealed-content" },
  );
}

/** What was read and is neither of a sheet that was read nor of a share of the set. */
function foreignTo(
  sheets: readonly ReadSheet[],
  joined: JoinedSheet | null,
  incomplete: readonly Incomplete[],
): readonly Incomplete[] {
  if (incomplete.length === 0) return [];
  const payloads = [...sheets.map(({ payload }) => payload), ...(joined?.setPayloads() ?? [])];
  return incomplete.filter(({ agreementWith }) =>
    payloads.every((payload) => agreementWith(payload) === "disagrees"),
  );
}

function nameRest({ sources }: Incomplete): SheetName {
  return { sources, mark: null, day: null };
}

function refused(...problems: readonly Problem[]): Refused {
  return { status: "refused", problems };
}

/**
 * Problems of a carrier that was read without a fault and holds something else: beside a good sheet
 * they say that there are two. All others say only that a carrier is damaged or not there.
 */
export const CONTRADICTIONS: ReadonlySet<Problem["code"]> = new Set([
  "payload-malformed",
  "version-zero",
  "version-newer",
  "kind-unknown",
  "provider-newer",
  "code-version-newer",
  "code-pieces-mixed",
  "words-ambiguous",
]);

/** Two sheets told apart for people: where each was read, its mark and its day. */
function nameSheet({ mark, content, reports }: ReadSheet): SheetName {
  return {
    sources: sourcesOfReports(reports),
    mark,
    day: content.kind === "plain" ? formatDay(content.record.day) : null,
  };
}
