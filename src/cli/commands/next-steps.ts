/** What to do with sheets that were made: short, and where a printer or a cloud would keep a copy. */
import type { Protection } from "../../core/sheet/sheet.js";
import type { KeyRequest } from "../ask/key-request.js";
import { listed, type SheetSize, wrapped } from "../../wording/messages.js";

export interface MadeFiles {
  /** One, or one for each share. */
  readonly outs: readonly string[];
  /** Its file, or null; without one `verify` asks for the key where it knows its parts. */
  readonly key: {
    readonly file: string | null;
    readonly isAsked: boolean;
    /** What was said of it on the command line, for `verify` too. */
    readonly said: KeyRequest["said"];
  };
  /** Of a sheet that has one; shares have theirs. */
  readonly mark: string | null;
  readonly protection: Protection;
  readonly isSealed: boolean;
  /** Of each sheet. */
  readonly size: SheetSize;
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

function checking({ mark, protection, size: { words, codes } }: MadeFiles): readonly string[] {
  const code = codes === 1 ? "the code" : "every code";
  const sharp = words === 0 ? `${code} is sharp` : `${code} and every row are sharp`;
  const marked = mark === null ? "" : `, and the mark is ${mark}`;
  const marks = protection.kind === "share" ? ", and the marks are those above" : marked;
  return [`Check the paper: nothing is cut off, ${sharp}${marks}.`];
}

function testing({ protection, isSealed, size, key }: MadeFiles): readonly string[] {
  const isShared = protection.kind === "share";
  const pictures = size.codes * (isShared ? protection.threshold : 1);
  const photos =
    pictures === 1
      ? ["photo.jpg"]
      : pictures > 4
        ? ["*.jpg"]
        : Array.from({ length: pictures }, (_, index) => `photo${String(index + 1)}.jpg`);
  const codes = size.codes === 1 ? "the code" : `all ${String(size.codes)} codes`;
  const what = isShared ? `the codes of ${String(protection.threshold)} of the sheets` : codes;
  const passphrase = isSealed ? ", with the passphrase from your note" : "";
  const file = key.file === null ? "KEYFILE" : shellWord(key.file);
  const isAsked = key.file === null && key.isAsked;
  return [
    `Test ${isShared ? "them" : "it"} today: photograph ${what}, run${passphrase}`,
    `keysheet verify ${photos.join(" ")}${isAsked ? "" : ` --against ${file}`}${key.said.map(([option, value]) => ` ${option}${value === null ? "" : ` ${shellWord(value)}`}`).join("")}`,
    `${isAsked ? "which asks for the parts of the key once more, " : ""}and delete the ${pictures > 1 ? "photographs" : "photograph"}, also where the phone sends its pictures.`,
  ];
}

function keeping({ isCard, size, isSealed, protection }: MadeFiles) {
  const isShared = protection.kind === "share";
  const pages = String(size.pages);
  const inside = size.words === 0 ? "the code" : "the words and the code";
  const closed = isCard
    ? "Then cut the card out, fold it with the print inside, and laminate it or tape it shut. The rest of the page holds no secret."
    : size.pages === 1
      ? `Then fold ${isShared ? "each" : "it"} with ${inside} inside, tape it shut, and lock it away.`
      : isShared
        ? `Then put the ${pages} pages of each sheet into an envelope of their own, close it, and lock it away.`
        : `Then put its ${pages} pages into one envelope, close it, and lock it away.`;
  const shared = isShared
    ? `Give each sheet another holder or place: ${String(protection.threshold)} in one place are the key${isSealed ? " to whoever has the passphrase" : ""}.`
    : "";
  const sealed = isSealed
    ? "Keep the passphrase elsewhere, on paper too: without it the key is lost, and with it the sheet is the key."
    : "";
  return [closed, shared, sealed].filter((line) => line !== "");
}

function deleting({ outs, key: { file } }: MadeFiles): readonly string[] {
  const source = `${file ?? ""} holds the key, too: delete it as well, or keep it where the sheet would be safe.`;
  return [
    `Delete ${listed(outs)}, empty the bin and the print queue, and turn the printer off and on; one with a disk may keep the page even so.`,
    ...(file === null ? [] : [source]),
  ];
}

/** A file name as a shell takes it. */
function shellWord(name: string): string {
  const isPlain = /^[\w./][\w./@%+=:,-]*$/.test(name);
  if (isPlain) return name;
  const place = name.startsWith("-") ? `./${name}` : name;
  return `'${place.replaceAll("'", String.raw`'\''`)}'`;
}
