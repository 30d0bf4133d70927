/**
 * A text as it was saved, sent or copied to what a person sees of it: RTF and HTML without their marks,
 * quoted-printable and percent signs decoded, invisible characters left out.
 *
 * Looks for nothing in it, and leaves alone what has none of that.
 */

/** What takes no room and is copied along: soft hyphens, zero-width marks, directions (Unicode Cf). */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]/gu;
const HTML = /<\/?(html|body|table|tbody|tr|td|th|p|div|br|span|li|ul|ol|pre|b|i|font)\b[^<>]*>/i;
const LINE_TAGS = /<\/?(tr|p|div|br|li|pre|h[1-6]|table)\b[^<>]*>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
};

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

export function plainText(text: string): string {
  const body = text.startsWith("{\\rtf") ? fromRtf(text) : HTML.test(text) ? fromHtml(text) : text;
  return withoutInvisible(fromPercent(fromQuotedPrintable(body))).replaceAll("\\/", "/");
}

function fromHtml(html: string): string {
  return withoutHidden(html)
    .replace(/[\r\n]+/g, " ")
    .replace(LINE_TAGS, "\n")
    .replace(/<[^<>]*>/g, (tag) => (/^<\/?t[dh]\b/i.test(tag) ? " " : ""))
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,8}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return characterOf(code);
    });
}

/** Without what a page has besides its text; in one pass, whatever is left open. */
function withoutHidden(html: string): string {
  const small = html.toLowerCase();
  const shown: string[] = [];
  let from = 0;
  for (const { 1: name = "", index } of small.matchAll(/<(script|style|head)\b/g)) {
    if (index < from) continue;
    const end = small.indexOf(`</${name}>`, index);
    if (end < 0) break;
    shown.push(html.slice(from, index));
    from = end;
  }
  return shown.join(" ") + html.slice(from);
}

const RTF_PIECE = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|[{}]|[^\\{}]+/gi;
/** Groups of what is not text: RTF 1.9.1, "destinations". */
const RTF_HIDDEN = new Set(["fonttbl", "colortbl", "stylesheet", "info", "pict"]);
const RTF_BREAKS: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  row: "\n",
  cell: " ",
  tab: " ",
};

/** Characters stay; control words, their numbers and groups of fonts and colours go. */
function fromRtf(rtf: string): string {
  const shown: string[] = [];
  const groups: boolean[] = [];
  let isHidden = false;
  // Behind a character beyond ASCII stands one for readers that do not know it.
  let isFallback = false;
  const show = (text: string) => {
    if (!isHidden) shown.push(text);
  };
  for (const [piece, word, number, hex, symbol] of rtf.matchAll(RTF_PIECE)) {
    if (piece === "{") groups.push(isHidden);
    else if (piece === "}") isHidden = groups.pop() ?? false;
    else if (word === "u" && number !== undefined) {
      show(characterOf((Number(number) + 65_536) % 65_536));
      isFallback = true;
    } else if (word !== undefined) {
      isHidden ||= RTF_HIDDEN.has(word);
      show(RTF_BREAKS[word] ?? "");
    } else if (symbol !== undefined) {
      isHidden ||= symbol === "*";
      show(symbol === "*" ? "" : symbol === "~" ? " " : symbol);
    } else if (isFallback) {
      show(hex === undefined ? piece.slice(1) : "");
      isFallback = false;
    } else {
      // A line end of the file means nothing.
      show(
        hex === undefined ? piece.replace(/[\r\n]+/g, "") : characterOf(Number.parseInt(hex, 16)),
      );
    }
  }
  return shown.join("");
}

/** RFC 2045, section 6.7; only where a line goes on behind its end. */
function fromQuotedPrintable(text: string): string {
  if (!/=\r?\n/.test(text)) return text;
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([2-7][0-9A-F])/g, (_, hex: string) => characterOf(Number.parseInt(hex, 16)));
}

/** RFC 3986, section 2.1, of visible ASCII and the blank. */
function fromPercent(text: string): string {
  return text.replace(/%([2-7][0-9A-F])/gi, (_, hex: string) =>
    characterOf(Number.parseInt(hex, 16)),
  );
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : " ";
}
