/** The attacks of `npm run torture`, at a size for every run of the tests. */
import { describe, expect, test } from "vitest";
import { run as runFuzz } from "./fuzz.mjs";
import { run as runSealed } from "./sealed.mjs";
import { run as runShares } from "./shares.mjs";

describe("nothing gets by", () => {
  test.each([
    ["sealed", runSealed, 2],
    ["shares", runShares, 5],
    ["fuzz", runFuzz, 13],
  ] as const)("%s", async (_, run, count) => {
    const rows = await run({ full: false });
    expect(rows).toHaveLength(count);
    for (const row of rows) {
      expect(row.tried).toBeGreaterThan(0);
      expect(row).toMatchObject({ failed: 0 });
    }
  });
});
