/** A key as a file of its own again, read back before it is given. */
import { Refusal } from "../core/problem.js";
import { formatKeyFile, type KeyForm, parseKeyFile } from "../core/record/key-file.js";
import { areSameRecord, type KeyRecord } from "../core/record/key-record.js";
import { textFromUtf8, utf8FromText } from "../core/text.js";
import { ProvedFile } from "./proved-file.js";

const SOURCE = "the new key file";

/** @throws Refusal form-unfit where the form does not hold exactly this key */
export function provedKeyFile(record: KeyRecord, form: KeyForm): ProvedFile {
  const bytes = utf8FromText(formatKeyFile(record, form));
  const unfit = new Refusal({ code: "form-unfit", form });
  if (bytes === null) throw unfit;
  return ProvedFile.proveAtOnce(bytes, (written) => {
    const { provider, day, fields } = parseKeyFile(textFromUtf8(written) ?? "", SOURCE);
    // Only the sheet's own form has the day.
    if (!areSameRecord({ provider, day: day ?? record.day, fields }, record)) throw unfit;
  });
}
