/**
 * Everything that one call reads, and what it gives: the one place where restoring is tried.
 *
 * What was found once is kept: nothing is read again before something is added, and words that were
 * repaired stand as what they gave. A key leaves as `confirmed` alone.
 */
import type { Problem } from "../problem.js";
import { readQrTexts } from "../qr/qr-text.js";
import { tokenCountOf } from "../words/parse-words.js";
import {
  type Carrier,
  type MendedCarriers,
  mendCarriers,
  readCarriers,
  type ReadCarriers,
} from "./read-carriers.js";
import { type Confirmed, type Refused, restoreRead, type Sealed } from "./restore.js";

/** Repairs the words among carriers, with all that is worth a try; where that may be done is not known here. */
export type Mend = (carriers: readonly Carrier[]) => Promise<MendedCarriers>;

/** What is there so far: the key, or all that carriers of its sheet can give. */
export type Gained = "key" | "sealed" | "share";

type SharesMissing = Extract<Problem, { readonly code: "shares-missing" }>;

/** What is needed besides. */
export type Need =
  | { readonly kind: "nothing" }
  | { readonly kind: "passphrase" }
  | { readonly kind: "shares"; readonly problem: SharesMissing }
  /** More codes of a sheet; some of its codes are in these sources. */
  | { readonly kind: "codes"; readonly sources: ReadonlySet<string> }
  /** Words, a code, or a better photograph: the problems say which. */
  | { readonly kind: "carriers" };

type Result = Confirmed | Sealed | Refused;

interface Look {
  readonly read: ReadCarriers;
  /** No words were left: any longer reading gives the same. */
  readonly isEnough: boolean;
}

/** Words of so few tokens are looked at quickly in a few milliseconds. */
const FEW_TOKENS = 400;

export class Restoration {
  readonly #mend: Mend;
  #carriers: readonly Carrier[] = [];
  #quick: Look | null = null;
  #full: ReadCarriers | null = null;
  #result: Result | null = null;

  /** Without `mend` words are repaired where this runs, which may take seconds. */
  constructor(mend: Mend = (carriers) => Promise.resolve(mendCarriers(carriers))) {
    this.#mend = mend;
  }

  get isEmpty(): boolean {
    return this.#carriers.length === 0;
  }

  add(carriers: readonly Carrier[]): this {
    if (carriers.length > 0) {
      this.#carriers = [...this.#carriers, ...carriers];
      this.#quick = null;
      this.#full = null;
      this.#result = null;
    }
    return this;
  }

  /** What a look of a few milliseconds gives, which leaves words that are hard to repair. */
  look(): Gained | null {
    return gainOf(restoreRead(this.#look().read));
  }

  async gained(): Promise<Gained | null> {
    return gainOf(await this.result());
  }

  async result(): Promise<Result> {
    this.#result ??= restoreRead(await this.read());
    return this.#result;
  }

  /** Every sheet that was read, whether or not they belong together. */
  async read(): Promise<ReadCarriers> {
    this.#full ??= await this.#readFully();
    return this.#full;
  }

  async needs(): Promise<Need> {
    const result = await this.result();
    if (result.status === "confirmed") return { kind: "nothing" };
    if (result.status === "sealed") return { kind: "passphrase" };
    const [first] = result.problems;
    if (first?.code === "shares-missing") return { kind: "shares", problem: first };
    const sources = this.#incompleteSources();
    return sources.size > 0 ? { kind: "codes", sources } : { kind: "carriers" };
  }

  /**
   * The sources with some codes of a sheet whose other codes are missing; none where a look restores it all the same.
   */
  missingCodes(): ReadonlySet<string> {
    const sources = this.#incompleteSources();
    const isMissing = sources.size > 0 && restoreRead(this.#look().read).status === "refused";
    return isMissing ? sources : new Set();
  }

  #incompleteSources(): ReadonlySet<string> {
    const codes = this.#carriers.filter((carrier) => carrier.kind === "code");
    return new Set(readQrTexts(codes).incomplete.flatMap((set) => set.sources));
  }

  #look(): Look {
    if (this.#quick !== null) return this.#quick;
    const mended = mendCarriers(this.#carriers, QUICK);
    this.#quick = { read: this.#readWith(mended), isEnough: mended.problems.length === 0 };
    return this.#quick;
  }

  async #readFully(): Promise<ReadCarriers> {
    if (tokensOf(this.#carriers) <= FEW_TOKENS) {
      const { read, isEnough } = this.#look();
      if (isEnough) return read;
    }
    return this.#readWith(await this.#mend(this.#carriers));
  }

  #readWith(mended: MendedCarriers): ReadCarriers {
    const read = readCarriers(this.#carriers, { mended });
    const found = new Map(mended.found.map((words) => [words.index, words.mended]));
    this.#carriers = this.#carriers.map((carrier, index) => {
      const words = found.get(index);
      return carrier.kind === "words" && words !== undefined
        ? { ...carrier, mended: words }
        : carrier;
    });
    return read;
  }
}

const QUICK = { thoroughness: "quick" } as const;

function tokensOf(carriers: readonly Carrier[]): number {
  const words = carriers
    .filter((carrier) => carrier.kind === "words")
    .filter(({ mended }) => mended === undefined);
  return words.reduce((sum, { lines }) => sum + tokenCountOf(lines) + lines.length, 0);
}

function gainOf(result: Result): Gained | null {
  if (result.status === "confirmed") return "key";
  if (result.status === "sealed") return "sealed";
  return result.problems.every(({ code }) => code === "shares-missing") ? "share" : null;
}
