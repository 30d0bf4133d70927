import { describe, expect, test } from "vitest";
import { plainText } from "../../src/core/plain-text.js";

describe("a text that was saved or sent", () => {
  test.each([
    ["is itself where it has no marks", "avoid 1/17 100 % = a\nb", "avoid 1/17 100 % = a\nb"],
    ["loses what is invisible", "av\u00ADoid\u200B analyst\uFEFF", "avoid analyst"],
    [
      "of HTML is its lines and cells",
      "<html><head><title>x</title></head><table><tr><td>avoid</td><td>jar&nbsp;&#97;&#x62;</td></tr><tr><td>bid</td></tr></table>",
      "avoid jar ab \n\nbid",
    ],
    [
      "of RTF is its characters",
      "{\\rtf1\\ansi{\\fonttbl{\\f0 Times New;}}{\\*\\generator x;}\\f0\\fs24 avoid \\'e9t\\u233?\\par jar\\cell bid\\}}",
      "avoid \u00e9t\u00e9\njar bid}",
    ],
    [
      "of quoted-printable goes on behind its line ends",
      "avoid=20an=\nalyst =3D",
      "avoid analyst =",
    ],
    ["of an address has its blanks", "avoid%20analyst%2Fjar", "avoid analyst/jar"],
    ["of JSON has its slashes", "KEYSHEET1\\/1\\/1\\/12", "KEYSHEET1/1/1/12"],
  ])("%s", (_, saved, plain) => {
    const squeezed = (text: string) => text.replace(/\n+ */g, "\n").replace(/ +/g, " ").trim();
    expect(squeezed(plainText(saved))).toBe(squeezed(plain));
  });

  test("is read in time, whatever is left open in it", () => {
    for (const piece of [
      "<script",
      "<div><style>",
      "{\\rtf1{\\*",
      "{\\rtf1{{{",
      "&#1",
      "=\n=",
      "%2",
    ]) {
      const started = performance.now();
      plainText(piece.repeat(1_000_000 / piece.length));
      // A hundred times what it takes: what grows with the square would take hours.
      expect(performance.now() - started).toBeLessThan(20_000);
    }
  });
});
