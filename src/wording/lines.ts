/** Texts as lines of a terminal. */
/** A text of others as a terminal may have it: controls and invisible marks by their numbers. */
export function visible(text: string): string {
  return text.replace(/[\p{Control}\p{Format}\p{Line_Separator}\p{Surrogate}]/gu, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16);
    return `\\u{${number}}`;
  });
}

const LINE_WIDTH = 80;

export const INDENT = "  ";

/** Lines of at most 80 characters, broken at spaces; those after the first are indented. */
export function wrapped(start: string, text: string, indent = INDENT): string {
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  for (const word of visible(text).split(" ")) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    const isTooLong = longer.length > LINE_WIDTH && !isEmpty;
    if (isTooLong) lines.push(line);
    line = isTooLong ? indent + word : longer;
    isEmpty = false;
  }
  return `${[...lines, line].join("\n")}\n`;
}
