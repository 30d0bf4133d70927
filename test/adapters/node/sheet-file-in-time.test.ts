/** The thread is the built program's own, so the built reader is what is tested. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readSheetFileInTime } from "../../../dist/adapters/node/sheet-file-in-time.js";
import { Refusal } from "../../../dist/core/problem.js";
import { describe as inWords } from "../../../src/wording/messages.js";
import { tiffOf } from "../../tiff-file.js";

/** Scanned pages of nothing that is read, which all readers try: some seconds. */
function hopeless(): Promise<Buffer> {
  const luma = Buffer.from(
    Array.from({ length: 1200 * 1700 }, (_, index) => (index * index * 31) % 251),
  );
  const page = () => sharp(luma, { raw: { width: 1200, height: 1700, channels: 1 } });
  return tiffOf(Array.from({ length: 9 }, page));
}

test("a file that takes longer than it may is given up, and the next ones are read", async () => {
  const started = performance.now();
  const refusal: unknown = await readSheetFileInTime(await hopeless(), "long.tif", {
    limitSeconds: 1.5,
  }).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(refusal instanceof Refusal)) throw new Error("not refused");
  expect(refusal.problems).toEqual([
    { code: "reading-time", source: "long.tif", limitSeconds: 1.5 },
  ]);
  // The thread is ended where it stands, not asked to end.
  expect(performance.now() - started).toBeLessThan(8000);
  const [problem] = refusal.problems;
  const { fact, next } = inWords(problem as Parameters<typeof inWords>[0]);
  expect(fact).toBe("long.tif: reading it took more than 1.5 seconds and was given up.");
  expect(next).not.toBe("");

  const heic = readFileSync("fixtures/photos/ten-bits.heic");
  const { carriers } = await readSheetFileInTime(heic, "ten-bits.heic");
  expect(carriers.map(({ kind, source }) => [kind, source])).toEqual([["code", "ten-bits.heic"]]);
});
