import { expect, test } from "vitest";
import { BOMBS, drop, LIMIT_MB, LIMIT_SECONDS } from "./bombs.mjs";

test.each(BOMBS)("$name is refused in bounded time and memory", async (bomb) => {
  const { exitCode, stderr, peakMb, busySeconds } = await drop(bomb);
  expect([1, 64, 65, 66]).toContain(exitCode);
  expect(stderr).toMatch(/^keysheet: /);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(peakMb ?? Infinity).toBeLessThan(LIMIT_MB);
  expect(busySeconds ?? Infinity).toBeLessThan(LIMIT_SECONDS);
});
