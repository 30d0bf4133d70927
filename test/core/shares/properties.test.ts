import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeShare } from "../../../src/core/payload/v1/share.js";
import { joinAny, joinShares } from "../../../src/core/shares/join.js";
import { coefficientCount, splitPayload } from "../../../src/core/shares/split.js";
import { bytes, payloads, RUNS } from "../arbitraries.js";

const splittings = fc
  .tuple(payloads, fc.integer({ min: 2, max: 16 }), fc.nat(), bytes(4), bytes(8))
  .chain(([payload, count, pick, setId, blind]) => {
    const threshold = 2 + (pick % (count - 1));
    return bytes(coefficientCount(payload.length, threshold)).map((coefficients) => ({
      payload,
      threshold,
      shares: splitPayload(payload, { setId, threshold, count, blind, coefficients }).map(
        decodeShare,
      ),
    }));
  });

test("any threshold of the shares, in any order, give the payload; one fewer give nothing", () => {
  fc.assert(
    fc.property(
      splittings.chain((split) =>
        fc.tuple(
          fc.constant(split),
          fc.shuffledSubarray([...split.shares], {
            minLength: split.threshold,
            maxLength: split.threshold,
          }),
        ),
      ),
      ([{ payload, threshold }, chosen]) => {
        expect(joinShares(chosen)).toEqual(Uint8Array.from(payload));
        expect(joinShares(chosen.slice(1))).toBeNull();
        const lowered = chosen.slice(1).map((share) => ({ ...share, threshold: threshold - 1 }));
        expect(joinShares(lowered)).toBeNull();
      },
    ),
    RUNS,
  );
});

test("a share that was changed gives nothing, and is named beside enough others", () => {
  fc.assert(
    fc.property(
      splittings,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      ({ payload, threshold, shares }, which, place, by) => {
        const at = which % Math.min(threshold + 1, shares.length);
        const chosen = shares.slice(0, threshold + 1).map((share, index) => {
          if (index !== at) return share;
          const shareBytes = share.shareBytes.slice();
          const byte = place % shareBytes.length;
          shareBytes[byte] = (shareBytes[byte] ?? 0) ^ by;
          return { ...share, shareBytes };
        });
        if (chosen.length === threshold) expect(joinShares(chosen)).toBeNull();
        else {
          const joined = joinAny(chosen);
          expect(joined?.inner).toEqual(Uint8Array.from(payload));
          expect(joined?.strangers).toEqual([at]);
        }
      },
    ),
    RUNS,
  );
});
