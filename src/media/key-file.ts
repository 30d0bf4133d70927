/** A key as a file of its own again, read back before it is given. */
import { Refusal } from "../core/problem.js";
import { formatKeyFile, type KeyForm } from "../core/record/key-file.js";
import { fieldText, type KeyRecord } from "../core/record/key-record.js";
import { textFromUtf8, utf8FromText } from "../core/text.js";
import { ProvedFile } from "./proved-file.js";

/**
 * What a file of each form holds, by the form alone: a key that was put on paper comes back whatever
 * `make` would say of it today.
 */
const VALUES: Readonly<Record<KeyForm, (text: string) => readonly unknown[]>> = {
  "two-line": (text) => text.split("\n").slice(0, -1),
  dotenv: (text) => [...text.matchAll(/^\w+="(.*)"$/gm)].map(([, value]) => value),
  uri: (text) => /^kraken:\/\/apikey\?key=([^&]*)&secret=([^&]*)\n$/.exec(text)?.slice(1) ?? [],
  json: (text) =>
    (JSON.parse(text) as { readonly fields: readonly [string, string][] }).fields.flat(),
};

/** @throws Refusal form-unfit where the form does not hold exactly this key */
export function provedKeyFile(record: KeyRecord, form: KeyForm): ProvedFile {
  const bytes = utf8FromText(formatKeyFile(record, form));
  const unfit = new Refusal({ code: "form-unfit", form });
  if (bytes === null) throw unfit;
  return ProvedFile.proveAtOnce(bytes, (written) => {
    const values = VALUES[form](textFromUtf8(written) ?? "");
    const expected = expectedValues(record, form);
    const isSame = values.length === expected.length;
    if (!isSame || values.some((value, index) => value !== expected[index])) throw unfit;
  });
}

function expectedValues({ fields }: KeyRecord, form: KeyForm): readonly unknown[] {
  if (form === "json")
    return fields.flatMap((field) => [field.name, fieldText(field), field.isSecret]);
  return ["key", "secret"].map((name) => {
    const field = fields.find((each) => each.name === name);
    return field === undefined ? null : fieldText(field);
  });
}
