/** Whether so many pages are wanted, and what is said of them. */
import type { PrintedSheet } from "../../adapters/node/proof.js";
import type { Batch } from "../../adapters/node/print-sheets.js";
import { Refusal } from "../../core/problem.js";
import type { Level } from "../../core/words/words.js";
import { type Notice, sheetSizeText } from "../../wording/messages.js";
import type { World } from "../world.js";

export { type Batch, print, printAll } from "../../adapters/node/print-sheets.js";

/** For more pages than this keysheet asks, where somebody can answer, before it prints. */
const PAGES_UNASKED = 2;

type Agreed = "unasked" | "as it is" | "without words";

export async function agreeToPages({ size }: Batch, world: World): Promise<Agreed> {
  if (size.pages <= PAGES_UNASKED) return "unasked";
  const terminal = await world.openTerminal();
  if (terminal === null) return "unasked";
  terminal.print(`A sheet of this key has ${sheetSizeText(size)}.\n`);
  const choices = size.words === 0 ? "(Y/n)" : "(Y: yes, n: no, w: without the words)";
  for (;;) {
    const answer = (await terminal.ask(`Go on? ${choices} `))?.trim().toLowerCase();
    if (answer === undefined) throw new Refusal({ code: "answer-missing", asked: "yes or no" });
    if (/^no?$/.test(answer)) throw new Refusal({ code: "pages-declined", pages: size.pages });
    if (/^(y(es)?)?$/.test(answer)) return "as it is";
    if (answer === "w" && size.words > 0) return "without words";
  }
}

export function sizeNotices(
  { printed, size }: Batch,
  wanted: Level | null,
  agreed: Agreed,
): Notice[] {
  const { made } = printed[0] as PrintedSheet;
  const isTooLong = wanted !== null && agreed !== "without words" && made.shape === null;
  const lengthBytes = made.payload.length;
  return [
    ...(isTooLong ? [{ code: "words-too-many", lengthBytes } as const] : []),
    ...(size.pages > PAGES_UNASKED && agreed === "unasked"
      ? [{ code: "many-pages", ...size } as const]
      : []),
  ];
}
