/**
 * What is printed on one sheet of paper, as data: no measures, no fonts, no wording.
 *
 * It holds the secret in two forms, the words and the modules of the code, and nothing else of it.
 */
import type { ModuleMatrix } from "../qr/module-matrix.js";

export type { ModuleMatrix };

export interface SheetRow {
  /** As printed, from 1. */
  readonly number: number;
  readonly words: readonly string[];
  /** Two letters for the eye, FORMAT.md section 2. */
  readonly letters: string;
}

/** What stands between a sheet and the key, and what its holder has to know of it. */
export type Protection =
  | { readonly kind: "plain" | "sealed" }
  | {
      readonly kind: "share";
      /** The key has a passphrase besides. */
      readonly isSealed: boolean;
      /** Eight hexadecimal digits that all sheets of the set have. */
      readonly set: string;
      readonly number: number;
      readonly threshold: number;
      readonly count: number;
      /** Of all shares, in the order of their numbers: a forged one has another. */
      readonly marks: readonly string[];
    };

export interface Sheet {
  readonly label: string | null;
  /** As people call it: "Kraken Spot"; for a record of unknown provider "API key". */
  readonly provider: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** `K7QX-2M9D`, or null for a record without a public part to tell it by. */
  readonly mark: string | null;
  readonly protection: Protection;
  readonly copy: { readonly number: number; readonly count: number };
  /** None on a sheet of codes alone. */
  readonly rows: readonly SheetRow[];
  /** The list that the words are of. */
  readonly list: {
    readonly title: string;
    /** BCP 47 */
    readonly language: string;
  };
  /** Printed with the words: how much may be lost so that the exact key still comes back. */
  readonly promise: {
    readonly words: number;
    readonly unreadable: number;
    readonly wrong: number;
    readonly rows: number;
  } | null;
  /** One, or the pieces of a long payload in their order. */
  readonly codes: readonly ModuleMatrix[];
  readonly formatVersion: number;
  /** Where the program comes from that reads it. */
  readonly origin: string;
  /** Says neither whose key it holds, nor that it holds one, nor what made it. */
  readonly isDiscreet: boolean;
}
