import { describe, expect, test } from "vitest";
import { backup, backupSheets } from "../../../src/core/backup.js";
import { encodeQrText } from "../../../src/core/qr/qr-text.js";
import { parseKeyFile } from "../../../src/core/record/key-file.js";
import {
  type Carrier,
  mendCarriers,
  type MendedCarriers,
} from "../../../src/core/restore/read-carriers.js";
import { Restoration } from "../../../src/core/restore/restoration.js";
import { parseLines } from "../../../src/core/words/parse-words.js";
import { ENGLISH, listWords } from "../../../src/core/words/word-lists.js";
import { seededBytes } from "../../seeded-random.mjs";

const RECORD = {
  ...parseKeyFile(`${"K".repeat(56)}\n${"s".repeat(85)}g==`, "key.txt"),
  day: 2500,
};
const WORDS = listWords(ENGLISH);
const RANDOM = seededBytes("restoration");

function wordsOf(indices: ArrayLike<number>, source: string): Carrier {
  const text = Array.from(indices, (index) => WORDS[index]).join(" ");
  return { kind: "words", source, lines: parseLines(text) };
}

const MADE = backup(RECORD, "standard");
const SHEET = wordsOf(MADE.wordIndices, "sheet.txt");

async function shares(): Promise<readonly Carrier[]> {
  const made = await backupSheets(RECORD, {
    level: "standard",
    split: { threshold: 2, count: 3 },
    random: RANDOM,
  });
  return made.map(({ wordIndices }, index) => wordsOf(wordIndices, `share ${String(index)}`));
}

/** Counts how often words are repaired with all that is worth a try, and how many. */
function counting() {
  const asked: number[] = [];
  const mend = (carriers: readonly Carrier[]): Promise<MendedCarriers> => {
    asked.push(
      carriers.filter((carrier) => carrier.kind === "words" && carrier.mended === undefined).length,
    );
    return Promise.resolve(mendCarriers(carriers));
  };
  return { asked, mend };
}

/** So many of its words are of the list, and wrong. */
function damaged(carrier: Carrier, count: number): Carrier {
  if (carrier.kind !== "words") throw new Error("no words");
  const tokens = carrier.lines.flatMap((line) => line.tokens);
  const wrong = tokens.map((token, index) => (index < count ? "zoo" : token));
  return { ...carrier, lines: [{ number: null, tokens: wrong }] };
}

describe("a restoration", () => {
  test("says at every step what is there and what is needed", async () => {
    const [first, second] = await shares();
    const restoration = new Restoration();
    expect(restoration.isEmpty).toBe(true);
    expect(await restoration.needs()).toEqual({ kind: "carriers" });
    restoration.add(first === undefined ? [] : [first]);
    expect(restoration.look()).toBe("share");
    expect(await restoration.needs()).toMatchObject({
      kind: "shares",
      problem: { code: "shares-missing", threshold: 2 },
    });
    restoration.add(second === undefined ? [] : [second]);
    expect(restoration.look()).toBe("key");
    expect(await restoration.needs()).toEqual({ kind: "nothing" });
    expect(await restoration.result()).toMatchObject({ status: "confirmed" });
  });

  test("names the sources of codes of which others are missing, where words do not do", () => {
    const [code] = encodeQrText(MADE.payload, 2);
    const text = `${code?.head ?? ""}${code?.digits ?? ""}`;
    const carrier: Carrier = { kind: "code", source: "a.png", text };
    const restoration = new Restoration().add([carrier]);
    expect([...restoration.missingCodes()]).toEqual(["a.png"]);
    expect([...new Restoration().add([carrier, SHEET]).missingCodes()]).toEqual([]);
  });

  test("repairs words once, however many carriers come after them", async () => {
    const { asked, mend } = counting();
    const [first, second, third] = await shares();
    const restoration = new Restoration(mend);
    for (const share of [first, second, third]) {
      if (share === undefined) throw new Error("no share");
      restoration.add([damaged(share, 8)]);
      await restoration.result();
    }
    expect(asked.every((count) => count <= 1)).toBe(true);
    const result = await restoration.result();
    expect(result).toMatchObject({ status: "confirmed" });
    if (result.status !== "confirmed") return;
    const mended = result.reports.flatMap((report) =>
      report.kind === "words" ? report.mended : [],
    );
    expect(mended).toHaveLength(24);
  });

  test("gives no key where two sheets were added, in either order", async () => {
    const other = wordsOf(backup({ ...RECORD, day: 2501 }, "standard").wordIndices, "other.txt");
    for (const carriers of [
      [SHEET, other],
      [other, SHEET],
    ]) {
      const restoration = new Restoration();
      for (const carrier of carriers) {
        restoration.add([carrier]);
        await restoration.result();
      }
      expect(await restoration.result()).toMatchObject({
        status: "refused",
        problems: [{ code: "sheets-differ" }],
      });
    }
  });
});
