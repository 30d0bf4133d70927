/** What to do with sheets that were made: short, and where a printer or a cloud would keep a copy. */
import type { Protection } from "../core/sheet/sheet.js";
import { listed, wrapped } from "./messages.js";

export interface MadeFiles {
  /** One, or one for each share. */
  readonly outs: readonly string[];
  /** Of a sheet that has one; shares have theirs. */
  readonly mark: string | null;
  readonly protection: Protection;
  readonly isSealed: boolean;
  readonly copies: number;
  /** Of all files. */
  readonly pageCount: number;
  /** To be cut out and folded. */
  readonly isCard: boolean;
}

export function nextSteps(made: MadeFiles): string {
  const steps = [printing(made), checking(made), testing(made), keeping(made), deleting(made)];
  return steps.map((lines, index) => numbered(index + 1, lines)).join("");
}

const INDENT = "   ";

function numbered(number: number, lines: readonly string[]): string {
  return lines
    .map((line, index) => {
      if (index === 0) return wrapped(`${String(number)}. `, line, INDENT);
      return wrapped(line.startsWith("keysheet ") ? `${INDENT}  ` : INDENT, line, INDENT);
    })
    .join("");
}

function printing({ outs }: MadeFiles): readonly string[] {
  const [them, name] = outs.length === 1 ? ["it", "the file"] : ["them", "the files"];
  return [
    `Print ${them} at 100 % on your own printer, not at a copy shop: printers keep what they print. Do not mail ${name}, and put ${them} in no cloud drive.`,
  ];
}

function checking({ mark, protection }: MadeFiles): readonly string[] {
  const marked = mark === null ? "" : `, and the mark is ${mark}`;
  const marks = protection.kind === "share" ? ", and the marks are those above" : marked;
  return [`Check the paper: nothing is cut off, the code and every row are sharp${marks}.`];
}

function testing({ protection, isSealed }: MadeFiles): readonly string[] {
  const isShared = protection.kind === "share";
  const photos = isShared
    ? Array.from({ length: protection.threshold }, (_, index) => `photo${String(index + 1)}.jpg`)
    : ["photo.jpg"];
  const what = isShared ? `the codes of ${String(protection.threshold)} of the sheets` : "the code";
  const passphrase = isSealed ? ", with the passphrase from your note" : "";
  return [
    `Test ${isShared ? "them" : "it"} today: photograph ${what}, run${passphrase}`,
    `keysheet verify ${photos.join(" ")} --against KEYFILE`,
    `and delete the ${isShared ? "photographs" : "photograph"}, also where the phone sends its pictures.`,
  ];
}

function keeping({ isCard, pageCount, copies, outs, isSealed, protection }: MadeFiles) {
  const pagesEach = pageCount / copies / outs.length;
  const closed = isCard
    ? "Then cut the card out, fold it with the print inside, and laminate it or tape it shut. The rest of the page holds no secret."
    : pagesEach === 1
      ? "Then fold it with the words and the code inside, tape it shut, and lock it away."
      : `Then put its ${String(pagesEach)} pages into one envelope, close it, and lock it away.`;
  const shared =
    protection.kind === "share"
      ? `Give each sheet another holder or place: ${String(protection.threshold)} in one place are the key${isSealed ? " to whoever has the passphrase" : ""}.`
      : "";
  const sealed = isSealed
    ? "Keep the passphrase elsewhere, on paper too: without it the key is lost, and with it the sheet is the key."
    : "";
  return [closed, shared, sealed].filter((line) => line !== "");
}

function deleting({ outs }: MadeFiles): readonly string[] {
  return [
    `Delete ${listed(outs)}, empty the bin and the print queue, and turn the printer off and on; one with a disk may keep the page even so.`,
  ];
}
