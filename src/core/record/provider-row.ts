/**
 * What a row of the provider table says of a kind of key.
 *
 * A row is all that the source knows of a provider: prompts, key files, checks, sheets and the list of
 * providers read it.
 */

/** Of which characters a value is; `any` holds whatever a person chose. */
export type Alphabet =
  | "base64"
  | "base64url"
  | "base62"
  | "base32"
  | "hex"
  | "upper-hex"
  | "0x-hex"
  | "uuid"
  | "groups"
  | "pem"
  | "any";

/** What a part is for, whatever a file calls it. */
export type Role = "key" | "secret" | "passphrase" | "address" | "version" | "account";

export interface FieldRow {
  readonly name: string;
  /** What the provider's page calls it. */
  readonly title: string;
  readonly role: Role;
  readonly isSecret: boolean;
  /** A key may be without it. */
  readonly isOptional: boolean;
  /** Constant first characters of every value, not stored in the fixed form. */
  readonly prefix: string;
  /** Number of the encoding in FORMAT.md, of the fixed form. */
  readonly encoding: number;
  /** Null: it varies, or is not sure enough for paper, and the row has no fixed form. */
  readonly lengthBytes: number | null;
  /** Lengths that keys have been seen with besides; such a key goes on paper in the measured form. */
  readonly otherLengthsBytes: readonly number[];
  readonly alphabet: Alphabet;
  /** Characters that a value has, prefix and all; empty where it varies. */
  readonly lengths: readonly number[];
  /** False: what has another shape is told, and not refused. */
  readonly isSure: boolean;
}

/** The forms of files in which the provider's own tools keep a key. */
export type OwnForm = "two-line" | "uri" | "coinbase" | "aws" | "dotenv";

export interface ProviderRow<Id extends string = string> {
  /** 1 to 127, on the paper. */
  readonly number: number;
  /** In keysheet's JSON. */
  readonly id: Id;
  readonly title: string;
  readonly fields: readonly FieldRow[];
  /** Words in the names of variables that say whose key it is, in capitals; the first is the usual one. */
  readonly words: readonly string[];
  /** Words that tell this kind of key from another one of the provider's, as FUTURES. */
  readonly kindWords: readonly string[];
  /** How its tools call the variables of the fields, in the fields' order. */
  readonly variables: readonly string[];
  /** The form of a file when none is asked for. */
  readonly ownForm: OwnForm;
  /** Values that its documentation prints, which open nothing. */
  readonly examples: readonly string[];
  /** What its page still shows of a key that was made. */
  readonly shown: string;
  /** What a key may be bound to, which a backup does not hold. */
  readonly notHeld: string;
  /** Where a key is taken out of use. */
  readonly revoke: string;
}
