/** What sheets hold, once their words and codes were read. */
import { countText, listed, listedApart } from "../../core/listed.js";
import type { PayloadFault, SheetName } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

const FAULTS: Readonly<Record<PayloadFault, string>> = {
  "too-short": "it ends too early",
  "too-long": "it is longer than a payload can be",
  "trailing-bytes": "bytes are left over at its end",
  "provider-zero": "its provider number is 0",
  "fixed-absent": "its provider has no body of fixed length",
  "secret-bit": "it marks a field as secret that is public, or the other way round",
  "name-repeated": "it names a field twice",
  "name-invalid": "a field's name is malformed",
  "field-count": "its number of fields is out of range",
  "length-not-shortest": "a length is not in its shortest form",
  "length-too-large": "a length is too large",
  "text-not-utf8": "a text is not UTF-8",
  "encoding-unknown": "a field has an unknown encoding",
  "value-malformed": "a field's value does not fit its encoding",
  "cost-out-of-range": "its passphrase cost is out of range",
  "share-number": "its share number is out of range",
  "share-threshold": "its threshold and count do not fit",
  "share-length": "its share bytes are too short",
};

function sheetText({ sources, mark, day }: SheetName): string {
  const known = [mark === null ? null : `mark ${mark}`, day === null ? null : `made ${day}`];
  const facts = known.filter((fact) => fact !== null);
  return `${listed(sources)}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}

export const CONTENT = {
  "payload-malformed": {
    exitCode: EXIT.refused,
    say: ({ fault, offset }) => ({
      fact: `The sheet was read, but its content is malformed at byte ${String(offset)}: ${FAULTS[fault]}.`,
      next: "It was made by a faulty program. Ask the maker of the sheet for another one.",
    }),
  },
  "version-zero": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "What was read is no sheet of keysheet: its version is 0.",
      next: "Check that the words or the picture are those of the sheet.",
    }),
  },
  "version-newer": {
    exitCode: EXIT.refused,
    say: ({ version }) => ({
      fact: `The sheet was made by a newer keysheet: its format version is ${String(version)}, this program reads version 1.`,
      next: "Install the newest keysheet and try again; the sheet is not damaged.",
    }),
  },
  "kind-unknown": {
    exitCode: EXIT.refused,
    say: ({ kind }) => ({
      fact: `The sheet is of an unknown kind (${String(kind)}).`,
      next: "Install the newest keysheet and try again.",
    }),
  },
  "provider-newer": {
    exitCode: EXIT.refused,
    say: ({ number }) => ({
      fact: `The sheet was made by a newer keysheet: it is of provider ${String(number)}, which this program does not know.`,
      next: "Install the newest keysheet and try again; the sheet is not damaged.",
    }),
  },
  "sheets-differ": {
    exitCode: EXIT.refused,
    say: ({ sheets }) => ({
      fact: `These are ${countText(sheets.length)} different sheets: ${listedApart(sheets.map(sheetText), "; ")}.`,
      next: "Restore one sheet at a time.",
    }),
  },
  "carriers-missing": {
    exitCode: EXIT.refused,
    say: () => ({
      fact: "Nothing was found to restore from.",
      next: "Give a picture, a PDF or a text of the sheet: keysheet restore FILE",
    }),
  },
  "problems-more": {
    exitCode: EXIT.refused,
    say: ({ count }) => ({
      fact: `${counted(count, "more problem is", "more problems are")} like the last one, and not listed.`,
      next: "Give fewer files, or texts of fewer codes, and all are listed.",
    }),
  },
} satisfies Partial<Wording>;
