/** The vectors of format version 1, as fixtures/vectors/README.md describes their files. */
import { readdirSync, readFileSync } from "node:fs";
import type { Level } from "../../src/core/words/words.js";
import type { VectorRecord } from "./vector-record.js";

export const VECTOR_FOLDER = new URL("../../fixtures/vectors/v1/", import.meta.url);

export type Layer = "payload" | "words" | "qr" | "shares" | "seal";

/** What one sheet gives: its words, or the texts of its codes. */
export type SheetInput = { readonly words: string } | { readonly texts: readonly string[] };

/** What is read. A sealed payload comes with its passphrase. */
export type Input = (
  | SheetInput
  | { readonly payload: string }
  | { readonly shares: readonly string[] }
  | { readonly sheets: readonly SheetInput[] }
) & { readonly passphrase?: string };

export interface ReadPayloadVector {
  readonly payload: string;
  readonly record: VectorRecord;
  readonly prescribed: boolean;
  readonly mark: string | null;
}

export interface ReadHeadVector {
  readonly payload: string;
  readonly head:
    | { readonly kind: "sealed"; readonly cost: number }
    | {
        readonly kind: "share";
        readonly set: string;
        readonly threshold: number;
        readonly count: number;
        readonly number: number;
      };
  readonly mark: string;
}

export interface ReadWordsVector {
  readonly words: string;
  readonly payload: string;
  readonly list: string;
  readonly level: Level;
  readonly wrong: readonly number[];
  readonly unreadable: readonly number[];
}

export interface ReadQrVector {
  readonly texts: readonly string[];
  readonly payload: string;
}

export interface ReadSealVector {
  readonly payload: string;
  readonly passphrase: string;
  /** The passphrase of the seal, where another was typed. */
  readonly generated?: string;
  readonly opens: string;
  readonly record: VectorRecord;
  readonly mark: string;
}

export type ReadSharesVector = (
  | {
      readonly shares: readonly string[];
      readonly made: {
        readonly set: string;
        readonly threshold: number;
        readonly count: number;
        readonly blind: string;
        readonly coefficients: string;
      };
    }
  | { readonly sheets: readonly SheetInput[] }
) & {
  readonly passphrase?: string;
  readonly joins: string;
  readonly record: VectorRecord;
};

export type RefusedVector = Input & {
  readonly refusal: { readonly code: string; readonly fault?: string };
  /** The payload of the sheet: a decoder that tries more may give it, and no other. */
  readonly allowed?: string;
};

export type Vector = { readonly about: string; readonly layer: Layer } & (
  | ReadPayloadVector
  | ReadHeadVector
  | ReadWordsVector
  | ReadQrVector
  | ReadSealVector
  | ReadSharesVector
  | RefusedVector
);

export const VECTOR_FILES: readonly string[] = readdirSync(VECTOR_FOLDER).sort();

export const VECTORS = VECTOR_FILES.map((file) => ({
  file,
  vector: JSON.parse(readFileSync(new URL(file, VECTOR_FOLDER), "utf8")) as Vector,
}));
