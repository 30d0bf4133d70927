import { expect, test } from "vitest";
import {
  freezePicture,
  LIMIT_MB,
  LIMIT_SECONDS,
  REFUSALS,
  restorePicture,
  SIDE,
} from "./freeze-pictures.mjs";

/** The worst of each kind, most of them in a size that leaves the tests their time. */
const PICTURES = [
  ["finders", "png", SIDE],
  ["finders that overlap", "jpeg", 3000],
  ["small finders", "png", 5000],
  ["damaged codes", "png", SIDE],
  ["damaged codes, small", "tiff", 3000],
  ["one huge damaged code", "progressive jpeg", 3000],
  ["codes of others", "gif", 3000],
  ["noise of 4 px", "png", SIDE],
  ["noise of 1 px", "webp", 2500],
  ["words of the list", "png", 4000],
  ["prose", "lossless webp", 3000],
  ["barcodes", "bmp", 3000],
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
