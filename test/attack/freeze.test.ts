/** What once froze it, and as many variations as every run of the tests has time for. */
import { describe, expect, test } from "vitest";
import { freeze, run, texts } from "./freeze.mjs";

describe("a small text that means much work", () => {
  test.each(texts())("$name is answered in bounded time and memory", async (frozen) => {
    expect((await freeze(frozen)).fault).toBe("");
  });

  test("and each of its variations", { timeout: 300_000 }, async () => {
    const rows = await run({ full: false, areKinds: false });
    expect(rows).toHaveLength(1);
    for (const row of rows) expect(row).toMatchObject({ tried: 20, failed: 0 });
  });
});
