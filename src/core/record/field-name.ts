/** Names of fields, as the paper can hold them (FORMAT.md, "Named body"). */
import { utf8FromText } from "../text.js";

export const FIELD_COUNT_LIMIT = 32;
export const NAME_LENGTH_LIMIT = 64;

/** 1 to 64 bytes of UTF-8 without control characters. */
export function isFieldName(name: string): boolean {
  const bytes = utf8FromText(name);
  return (
    bytes !== null &&
    bytes.length >= 1 &&
    bytes.length <= NAME_LENGTH_LIMIT &&
    !/\p{Control}/u.test(name)
  );
}
