import { expect, test } from "vitest";
import {
  freezePicture,
  LIMIT_MB,
  LIMIT_SECONDS,
  REFUSALS,
  restorePicture,
  SIDE,
} from "./freeze-pictures.mjs";

const PICTURES = [
  ["finders", "png", SIDE],
  ["damaged codes", "png", SIDE],
  ["noise of 4 px", "png", SIDE],
  ["codes of others", "png", SIDE],
  ["finders", "progressive jpeg", SIDE],
] as const;

test.each(PICTURES)(
  "%s as %s of %d pixels a side end in bounded time and memory",
  async (...of) => {
    const [kind, format, side] = of;
    const { exitCode, stderr, peakMb, busySeconds } = await restorePicture(
      await freezePicture(kind, format, "test", side),
    );
    expect(REFUSALS).toContain(exitCode);
    expect(stderr).toMatch(/^keysheet: /);
    expect(peakMb ?? Infinity).toBeLessThan(LIMIT_MB);
    // Of the processor: other work on the machine does not count.
    expect(busySeconds ?? Infinity).toBeLessThan(LIMIT_SECONDS);
  },
);
