/**
 * Whose key a pasted value may be a part of, by its shape alone: its prefix, its length and its characters.
 */
import { hasShape } from "./check-fields.js";
import { type FieldRow, type ProviderRow, PROVIDERS } from "./providers.js";

export interface RecognisedPart {
  readonly provider: ProviderRow;
  readonly field: FieldRow;
}

/** Alphabets in which anything, or any file, may be. */
const TELL_NOTHING: ReadonlySet<FieldRow["alphabet"]> = new Set(["any", "pem"]);

/**
 * Each provider once, with the first of its fields that the value may be. A prefix that a value begins with tells more
 * than lengths do: then those alone are given.
 */
export function recognisedParts(text: string): readonly RecognisedPart[] {
  const parts = PROVIDERS.flatMap((provider) => {
    const field = provider.fields.find((each) => tellsSomething(each) && hasShape(each, text));
    return field === undefined ? [] : [{ provider, field }];
  });
  const withPrefix = parts.filter(({ field }) => field.prefix !== "");
  return withPrefix.length > 0 ? withPrefix : parts;
}

/** A shape of a prefix, or of a length and an alphabet. */
function tellsSomething({ alphabet, prefix, lengths, lengthBytes }: FieldRow): boolean {
  if (prefix !== "") return true;
  return !TELL_NOTHING.has(alphabet) && (lengths.length > 0 || lengthBytes !== null);
}
