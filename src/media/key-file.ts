/** A key as a file of its own again, read back before it is given. */
import { Refusal } from "../core/problem.js";
import { encodingByNumber } from "../core/payload/v1/encodings.js";
import { keptFileOf } from "../core/record/forms/kept-file.js";
import { writtenValues } from "../core/record/forms/written-key.js";
import { formatKeyFile, type KeyForm } from "../core/record/key-file.js";
import { fieldText, type KeyRecord } from "../core/record/key-record.js";
import { providerById } from "../core/record/providers.js";
import { textFromUtf8, utf8FromText } from "../core/text.js";
import { ProvedFile } from "./proved-file.js";

/**
 * What a file of each form holds, by the form alone: a key that was put on paper comes back whatever
 * `make` would say of it today.
 */
function valuesOf(text: string, form: KeyForm): readonly unknown[] {
  if (form !== "json") return writtenValues(text, form);
  return (JSON.parse(text) as { readonly fields: readonly [string, string][] }).fields.flat();
}

// FORMAT.md, "Encodings".
const BASE64 = 1;

/** @throws Refusal form-unfit where the form does not hold exactly this key */
export function provedKeyFile(record: KeyRecord, form: KeyForm): ProvedFile {
  const kept = form === "file" ? keptFileOf(record) : null;
  if (kept?.isBase64 === true) return provedBytes(kept.content);
  const bytes = utf8FromText(formatKeyFile(record, form));
  const unfit = new Refusal({ code: "form-unfit", form });
  if (bytes === null) throw unfit;
  return ProvedFile.proveAtOnce(bytes, (written) => {
    const values = valuesOf(textFromUtf8(written) ?? "", form);
    const expected = expectedValues(record, form);
    const isSame = values.length === expected.length;
    if (!isSame || values.some((value, index) => value !== expected[index])) throw unfit;
  });
}

/** A kept file that is no text: its bytes, which give its base64 again. */
function provedBytes(base64: string): ProvedFile {
  const coder = encodingByNumber(BASE64);
  const unfit = new Refusal({ code: "form-unfit", form: "file" });
  const bytes = coder?.bytesOf(base64);
  if (bytes === null || bytes === undefined) throw unfit;
  return ProvedFile.proveAtOnce(bytes, (written) => {
    if (coder?.textOf(written) !== base64) throw unfit;
  });
}

function expectedValues(record: KeyRecord, form: KeyForm): readonly unknown[] {
  const { provider, fields } = record;
  if (form === "json")
    return fields.flatMap((field) => [field.name, fieldText(field), field.isSecret]);
  if (form === "file") return [keptFileOf(record)?.content];
  const rows = provider === null ? [] : providerById(provider).fields;
  return rows.flatMap(({ name }) => {
    const field = fields.find((each) => each.name === name);
    return field === undefined ? [] : [fieldText(field)];
  });
}
