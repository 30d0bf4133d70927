/** The pictures and PDFs of `fixtures/cases`: each is of a kind that people have, and failed once. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSheetFile } from "../../../src/adapters/node/sheet-file.js";
import { formatKeyFile } from "../../../src/core/record/key-file.js";
import { readCarriers } from "../../../src/core/restore/read-carriers.js";
import { restoreRead } from "../../../src/core/restore/restore.js";

const key = readFileSync("fixtures/cases/key.txt", "utf8");

const read = (name: string) => readSheetFile(readFileSync(`fixtures/cases/${name}`), name);

test.each(["white-on-transparent.png", "scanimage-grey.pdf"])("gives the key: %s", async (name) => {
  const restored = restoreRead(readCarriers((await read(name)).carriers));
  if (restored.status !== "confirmed") throw new Error(restored.status);
  expect(formatKeyFile(restored.record, "two-line")).toBe(key);
});

test("says that its compression is not read: tiff-zstd.tif", async () => {
  await expect(read("tiff-zstd.tif")).rejects.toMatchObject({
    problems: [{ code: "tiff-unread", what: "compressed with ZSTD" }],
  });
});
