/**
 * A file that is kept as it is: what comes back is the same bytes under the same name.
 *
 * In the named body its name is one field and its content another: text where it is text in UTF-8, else
 * base64 of its bytes under a name that says so (FORMAT.md, "A file as it is").
 */
import { isLockedPem } from "../check-fields.js";
import type { Notice } from "../check-fields.js";
import { type Field, fieldText, type KeyRecord, makeField } from "../key-record.js";

/** The field that has the file's name. */
export const KEPT_NAME = "file";
const CONTENT = "content";
const CONTENT_BYTES = "content in base64";

/** A private key in PEM or in OpenSSH's form, and nothing else, by its first and last line. */
export function isPrivateKeyFile(text: string): boolean {
  const content = text.trim();
  return (
    /^-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----[\r\n][^]*[\r\n]-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----$/.test(
      content,
    ) && content.split("-----BEGIN ").length === 2
  );
}

/** The fields of a file of text; `name` null for one without, as standard input. */
export function textFileFields(name: string | null, text: string): readonly Field[] {
  return [...nameFields(name), makeField(CONTENT, text, true)];
}

/** The same of one that is no text in UTF-8; the content in base64. */
export function byteFileFields(name: string | null, base64: string): readonly Field[] {
  return [...nameFields(name), makeField(CONTENT_BYTES, base64, true)];
}

function nameFields(name: string | null): readonly Field[] {
  return name === null ? [] : [makeField(KEPT_NAME, name, false)];
}

export function keptFileNotices(text: string): readonly Notice[] {
  return isLockedPem(text) || isLockedOpenSsh(text)
    ? [{ code: "pem-passphrase", field: "private key" }]
    : [];
}

/** OpenSSH writes "none" as the cipher of a key without a passphrase, right behind its mark. */
function isLockedOpenSsh(text: string): boolean {
  const isOpenSsh = text.includes("-----BEGIN OPENSSH PRIVATE KEY-----");
  return isOpenSsh && !/-----[\r\n]+b3BlbnNzaC1rZXktdjEAAAAABG5vbmU/.test(text);
}

export interface KeptFile {
  readonly name: string | null;
  readonly content: string;
  readonly isBase64: boolean;
}

/** The file that a record holds; null for a record of anything else. */
export function keptFileOf({
  provider,
  fields,
}: Pick<KeyRecord, "provider" | "fields">): KeptFile | null {
  if (provider !== null) return null;
  const name = fields.find((field) => field.name === KEPT_NAME && !field.isSecret);
  const rest = fields.filter((field) => field !== name);
  const [content] = rest;
  const isOne = rest.length === 1 && content?.isSecret === true;
  if (!isOne || !(content.name === CONTENT || content.name === CONTENT_BYTES)) return null;
  return {
    name: name === undefined ? null : fieldText(name),
    content: fieldText(content),
    isBase64: content.name === CONTENT_BYTES,
  };
}
