import { expect, test } from "vitest";
import { BOMBS, drop, LIMIT_MB } from "./bombs.mjs";

test.each(BOMBS)("$name is refused in bounded memory", async (bomb) => {
  const { exitCode, stderr, peakMb } = await drop(bomb);
  expect([1, 64, 65, 66]).toContain(exitCode);
  expect(stderr).toMatch(/^keysheet: /);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(peakMb ?? Infinity).toBeLessThan(LIMIT_MB);
});
