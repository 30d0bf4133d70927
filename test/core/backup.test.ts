import { expect, test } from "vitest";
import { portableKdf } from "../../src/core/seal/kdf.js";
import { backupSheets, carryKey, protectKey } from "../../src/core/backup.js";
import { parseKeyFile } from "../../src/core/record/key-file.js";
import { seededBytes } from "../seeded-random.mjs";

const RECORD = {
  ...parseKeyFile(`${"K".repeat(56)}\n${"s".repeat(85)}g==`, "key.txt"),
  day: 2500,
};
const SEAL = { passphrase: "a passphrase of some words", cost: 14, kdf: portableKdf };
const SPLIT = { threshold: 2, count: 3 };

test("a key is sealed and split once, however its sheets are carried then", async () => {
  const random = seededBytes("once");
  const held = await protectKey(RECORD, { seal: SEAL, split: SPLIT, random });
  const [withWords, without] = (["long", null] as const).map((level) => carryKey(held, { level }));
  expect(without?.map(({ payload }) => payload)).toEqual(withWords?.map(({ payload }) => payload));
  expect(without?.map(({ mark }) => mark)).toEqual(withWords?.map(({ mark }) => mark));
  expect(withWords?.every(({ shape }) => shape !== null)).toBe(true);
  expect(without?.every(({ wordIndices }) => wordIndices.length === 0)).toBe(true);
});

test("the same random bytes give the same sheets, in one step or two", async () => {
  const options = { seal: SEAL, split: SPLIT };
  const at = () => seededBytes("two ways");
  const held = await protectKey(RECORD, { ...options, random: at() });
  const sheets = await backupSheets(RECORD, { ...options, level: "standard", random: at() });
  expect(carryKey(held, { level: "standard" })).toEqual(sheets);
});
