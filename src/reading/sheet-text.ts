/**
 * A text that somebody saved to its carriers: words, and the text of codes, whatever mails, tables and
 * typesetters put around a line.
 */
import { plainText } from "../core/plain-text.js";
import { Refusal } from "../core/problem.js";
import { hasQrText } from "../core/qr/qr-text.js";
import type { Carrier } from "../core/restore/read-carriers.js";
import { malformedUtf8Line, textFromUtf8 } from "../core/text.js";
import { parseLines } from "../core/words/parse-words.js";
import { WORDS_A_ROW } from "../core/words/row.js";

// A text of every word that a sheet can have is below 30 KB.
const TEXT_LIMIT_BYTES = 1024 * 1024;

/** The words and the code text of a text; throws for what is no UTF-8. */
export function parseSheetText(bytes: Uint8Array, source: string): readonly Carrier[] {
  if (bytes.length > TEXT_LIMIT_BYTES) {
    throw new Refusal({ code: "file-too-large", source, limitBytes: TEXT_LIMIT_BYTES });
  }
  const saved = textFromUtf8(bytes);
  if (saved === null) {
    throw new Refusal({ code: "file-not-utf8", source, line: malformedUtf8Line(bytes) ?? 1 });
  }
  const text = plainText(saved);
  const words = (part: string) => ({ kind: "words", source, lines: parseLines(part) }) as const;
  if (!hasQrText(text)) return [words(text)];
  const { code, rest } = splitCodeLines(text);
  const other = words(rest);
  const hasRow = other.lines.flatMap(({ tokens }) => tokens).length >= WORDS_A_ROW;
  return [{ kind: "code", source, text: code }, ...(hasRow ? [other] : [])];
}

/** What mails, tables and typesetters put around a line. */
const AROUND_LINE = /^[\s>|*\u2022]+|[\s|\\\u2010-]+$/gu;
const LINE_NUMBER = /^(\d{1,4})[.:)|]*\s+(?=keysheet)/i;

/**
 * Lines of code text, also where it was broken between its digits, quoted or with its lines counted, and all
 * other lines.
 */
function splitCodeLines(text: string) {
  const code: string[] = [];
  const rest: string[] = [];
  let isInCode = false;
  let lineNumber: number | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    let digits = line.normalize("NFKC").replace(AROUND_LINE, "");
    const isHead = /keysheet/i.test(digits);
    if (isHead) {
      const counted = LINE_NUMBER.exec(digits);
      lineNumber = counted === null ? null : Number(counted[1]);
      digits = digits.replace(LINE_NUMBER, "");
    } else if (lineNumber !== null) {
      lineNumber += 1;
      digits = digits.replace(new RegExp(`^${String(lineNumber)}[.:)|]*\\s+`), "");
    }
    isInCode = isHead || (isInCode && /^[\d\s/]*$/.test(digits));
    if (isInCode) code.push(digits);
    else rest.push(line);
  }
  return { code: code.join("\n"), rest: rest.join("\n") };
}
