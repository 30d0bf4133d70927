import { describe, expect, test } from "vitest";
import { Refusal } from "../../src/core/problem.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { type KeyRecord, makeField } from "../../src/core/record/key-record.js";
import { provedKeyFile } from "../../src/media/key-file.js";
import { ProvedFile } from "../../src/media/proved-file.js";

const KRAKEN: KeyRecord = {
  ...parseKeyFile(`${"K".repeat(56)}\n${"s".repeat(85)}g==`, "key.txt"),
  day: 2500,
};

function other(value: string): KeyRecord {
  return { provider: null, day: 2500, fields: [makeField("secret", value, true)] };
}

describe("a proved file", () => {
  test("is there only when its proof was passed", async () => {
    const fault = new Refusal({ code: "proof-failed", carrier: "code", reader: "zxing" });
    const files = [Uint8Array.of(1), Uint8Array.of(2)];
    await expect(ProvedFile.prove(files, () => Promise.reject(fault))).rejects.toBe(fault);
    const seen: number[] = [];
    const proved = await ProvedFile.prove(files, (bytes) => {
      seen.push(...bytes.flatMap((each) => [...each]));
      return Promise.resolve();
    });
    expect(seen).toEqual([1, 2]);
    expect(proved.map(({ bytes }) => bytes)).toEqual(files);
  });
});

describe("a key file that is handed out", () => {
  test.each(["two-line", "dotenv", "uri", "json"] as const)("holds the key as %s", (form) => {
    const { text } = provedKeyFile(KRAKEN, form);
    expect(parseKeyFile(text, "written").fields).toEqual(KRAKEN.fields);
  });

  test("is refused in a form that does not hold it exactly", () => {
    expect(() => provedKeyFile(other("a b"), "two-line")).toThrow("form-unfit");
    expect(provedKeyFile(other(" a\tb "), "json").text).toContain(String.raw`" a\tb "`);
  });
});
