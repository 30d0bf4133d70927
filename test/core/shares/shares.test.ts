/** Splitting and joining: against the worked examples, another implementation, and all that is forged. */
import { readFileSync } from "node:fs";
import { combine, split } from "shamir-secret-sharing";
import { beforeAll, describe, expect, test } from "vitest";
import { decodePayload, type Payload } from "../../../src/core/payload/payload.js";
import type { ShareContent } from "../../../src/core/payload/v1/share.js";
import { inverse, multiply } from "../../../src/core/shares/gf256.js";
import { joinAny, joinShares, subsets } from "../../../src/core/shares/join.js";
import {
  coefficientCount,
  nameOfSet,
  type SplitOptions,
  splitDigest,
  splitPayload,
} from "../../../src/core/shares/split.js";
import { seededBytes } from "../../seeded-random.mjs";
import { bytesOfHex, hexOf } from "../vector-record.js";

interface Vector {
  readonly name: string;
  readonly payload: string;
  readonly joins?: string;
  readonly blind?: string;
  readonly coefficients?: string;
}

const { good } = JSON.parse(
  readFileSync(new URL("../../../fixtures/vectors/shared-v1.json", import.meta.url), "utf8"),
) as { good: Vector[] };
const SHARES = good.filter(({ joins }) => joins !== undefined);

function shareOf(payload: Uint8Array): ShareContent {
  const { content } = decodePayload(payload);
  if (content.kind !== "share") throw new Error("not a share");
  return content;
}

const random = seededBytes("shares");
const INNER = random(110) as Payload;

function splitSample(threshold: number, count: number, inner = INNER): readonly ShareContent[] {
  const options: SplitOptions = {
    threshold,
    count,
    setId: random(4),
    blind: random(8),
    coefficients: random(coefficientCount(inner.length, threshold)),
  };
  return splitPayload(inner, options).map(shareOf);
}

function changed(share: ShareContent, change: Partial<ShareContent>): ShareContent {
  return { ...share, ...change };
}

function withByte({ shareBytes }: ShareContent, index: number, mask: number): Uint8Array {
  return shareBytes.map((byte, at) => (at === index ? byte ^ mask : byte));
}

describe("the field", () => {
  test("has the products and the generator of FIPS 197 section 4.2", () => {
    expect(multiply(0x57, 0x83)).toBe(0xc1);
    expect(multiply(0x57, 0x13)).toBe(0xfe);
    let power = 1;
    const powers = new Set<number>();
    for (let exponent = 0; exponent < 255; exponent++) {
      powers.add(power);
      power = multiply(power, 0x03);
    }
    expect(powers.size).toBe(255);
    expect(power).toBe(1);
  });

  test("has an inverse of everything but zero", () => {
    for (let value = 1; value < 256; value++) expect(multiply(value, inverse(value))).toBe(1);
    expect(inverse(0)).toBe(0);
  });
});

describe("the worked examples", () => {
  test("are seven shares of two sets", () => {
    expect(SHARES).toHaveLength(7);
  });

  for (const { name, payload, joins = "", blind, coefficients } of SHARES) {
    if (blind === undefined || coefficients === undefined) continue;
    test(`${name}: split to the same bytes`, () => {
      const { setId, threshold, count } = shareOf(bytesOfHex(payload));
      const options = { setId, threshold, count };
      const random = { blind: bytesOfHex(blind), coefficients: bytesOfHex(coefficients) };
      const shares = splitPayload(bytesOfHex(joins) as Payload, { ...options, ...random });
      expect(shares).toHaveLength(count);
      const ofSet = SHARES.filter((share) => share.payload.slice(2, 12) === payload.slice(2, 12));
      expect(ofSet.length).toBeGreaterThan(2);
      for (const share of ofSet) expect(shares.map(hexOf)).toContain(share.payload);
    });
  }

  test("are joined, any of them that are enough", () => {
    for (const set of ["6e95a7f4", "7b7d7369"]) {
      const vectors = SHARES.filter(({ payload }) => payload.slice(2, 10) === set);
      const shares = vectors.map(({ payload }) => shareOf(bytesOfHex(payload)));
      const threshold = shares[0]?.threshold ?? 0;
      expect(nameOfSet(shares[0] as ShareContent)).toBe(set);
      for (const indices of subsets(shares.length, threshold)) {
        const joined = joinShares(indices.map((index) => shares[index] as ShareContent));
        expect(joined === null ? null : hexOf(joined)).toBe(vectors[0]?.joins);
      }
    }
  });
});

describe("every threshold of every count", () => {
  test("up to 6: all subsets that are enough give the payload, and none that is smaller", () => {
    for (let count = 2; count <= 6; count++) {
      for (let threshold = 2; threshold <= count; threshold++) {
        const shares = splitSample(threshold, count);
        for (let size = 1; size <= count; size++) {
          for (const indices of subsets(count, size)) {
            const chosen = indices.map((index) => shares[index] as ShareContent).reverse();
            const joined = joinAny(chosen);
            if (size < threshold) expect(joined).toBeNull();
            else expect(joined).toEqual({ inner: INNER, strangers: [] });
          }
        }
      }
    }
  });

  test("16 of 16, and 2 of 16", () => {
    for (const threshold of [2, 16]) {
      expect(joinAny(splitSample(threshold, 16))).toEqual({ inner: INNER, strangers: [] });
    }
  });

  test("one byte, and the longest payload", () => {
    for (const length of [1, 4096 - 23]) {
      const inner = random(length) as Payload;
      expect(joinAny(splitSample(3, 5, inner))?.inner).toEqual(inner);
    }
    expect(() => splitSample(2, 2, random(4096 - 22) as Payload)).toThrow("payload-too-long");
  });

  test("with all of its coefficients and no more", () => {
    const set = { threshold: 3, count: 5, setId: random(4), blind: random(8) };
    const needed = coefficientCount(INNER.length, 3);
    expect(needed).toBe(2 * (8 + 8 + INNER.length));
    for (const length of [0, needed - 1, needed + 1]) {
      const coefficients = random(length);
      expect(() => splitPayload(INNER, { ...set, coefficients })).toThrow("its coefficients");
    }
  });
});

describe("against the package shamir-secret-sharing", () => {
  // Its shares are the values and, behind them, the x that they are of; the same field.
  const toTheirs = ({ shareBytes, number }: ShareContent) => Uint8Array.of(...shareBytes, number);

  test("it joins our shares to digest, blind and payload", async () => {
    for (const [threshold, count] of [
      [2, 3],
      [3, 5],
      [5, 5],
    ] as const) {
      const shares = splitSample(threshold, count);
      const secret = await combine(shares.slice(-threshold).map(toTheirs));
      const blind = secret.subarray(8, 16);
      expect(secret.subarray(16)).toEqual(INNER);
      expect(secret.subarray(0, 8)).toEqual(splitDigest(shares[0] as ShareContent, blind, INNER));
    }
  });

  test("we join its shares, whatever x it drew", async () => {
    const set = { setId: random(4), threshold: 3, count: 5 };
    const blind = random(8);
    const secret = Uint8Array.of(...splitDigest(set, blind, INNER), ...blind, ...INNER);
    const theirs = await split(secret, 5, 3);
    const shares = theirs.map((bytes) => ({
      ...set,
      number: bytes.at(-1) ?? 0,
      shareBytes: bytes.subarray(0, -1),
    }));
    expect(joinShares(shares.slice(1, 4))).toEqual(INNER);
  });
});

describe("what is forged, mixed or too little", () => {
  let a: ShareContent, b: ShareContent, c: ShareContent, d: ShareContent, e: ShareContent;

  beforeAll(() => {
    const shares = splitSample(3, 5);
    [a, b, c, d, e] = shares as [typeof a, typeof b, typeof c, typeof d, typeof e];
  });

  test("gives nothing when any bit of a needed share is another", () => {
    for (let index = 0; index < b.shareBytes.length; index++) {
      for (let bit = 0; bit < 8; bit++) {
        const forged = changed(b, { shareBytes: withByte(b, index, 1 << bit) });
        expect(joinShares([a, forged, c])).toBeNull();
      }
    }
  });

  test("gives nothing under another number, set, threshold or count", () => {
    expect(joinShares([a, changed(b, { number: 4 }), c])).toBeNull();
    const all = (change: Partial<ShareContent>) => [a, b, c].map((share) => changed(share, change));
    expect(joinShares(all({ setId: e.setId.map((byte) => byte ^ 1) }))).toBeNull();
    expect(joinShares(all({ count: 6 }))).toBeNull();
    expect(joinShares([a, b].map((share) => changed(share, { threshold: 2 })))).toBeNull();
    expect(joinShares([a, b, changed(c, { setId: random(4) })])).toBeNull();
    expect(joinShares([a, b, changed(c, { threshold: 4 })])).toBeNull();
    expect(joinShares([a, b, changed(c, { count: 6 })])).toBeNull();
    for (const shareBytes of [c.shareBytes.subarray(1), Uint8Array.of(...c.shareBytes, 0)]) {
      expect(joinShares([a, b, changed(c, { shareBytes })])).toBeNull();
    }
  });

  test("gives nothing of two shares of one number, though their sum be a secret", () => {
    const set = { setId: random(4), threshold: 2, count: 3 };
    const blind = random(8);
    const secret = Uint8Array.of(...splitDigest(set, blind, INNER), ...blind, ...INNER);
    const noise = random(secret.length);
    const rest = secret.map((byte, index) => byte ^ (noise[index] as number));
    const shares = [noise, rest].map((shareBytes) => ({ ...set, number: 1, shareBytes }));
    expect(joinShares(shares)).toBeNull();
  });

  test("gives nothing of one share twice, too few, too many at once, or none", () => {
    expect(joinShares([a, b, b])).toBeNull();
    expect(joinShares([a, b])).toBeNull();
    expect(joinShares([a, b, c, d])).toBeNull();
    expect(joinShares([])).toBeNull();
    expect(joinAny([])).toBeNull();
  });

  test("is found among more shares than are needed", () => {
    const forged = changed(b, { shareBytes: withByte(b, 20, 0x55) });
    expect(joinAny([a, forged, c, d])).toEqual({ inner: INNER, strangers: [1] });
    expect(joinAny([forged, a, c, d, e])).toEqual({ inner: INNER, strangers: [0] });
    expect(joinAny([a, b, forged, c])).toEqual({ inner: INNER, strangers: [2] });
    const another = changed(d, { shareBytes: withByte(d, 0, 1) });
    expect(joinAny([a, forged, c, another, e])).toEqual({ inner: INNER, strangers: [1, 3] });
  });

  test("is looked for among 20,000 choices, and then given up", () => {
    const [first, second] = splitSample(2, 16, random(1) as Payload) as [typeof a, typeof a];
    const strangers = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        changed(first, { number: 17 + index, shareBytes: random(first.shareBytes.length) }),
      );
    // The genuine ones come last: 199 and 201 choose 2 are 19,701 and 20,100.
    expect(joinAny([...strangers(197), first, second])?.strangers).toHaveLength(197);
    expect(joinAny([...strangers(199), first, second])).toBeNull();
  });

  test("is not guessed at where too few are genuine", () => {
    const forged = [b, c, d].map((share) =>
      changed(share, { shareBytes: random(share.shareBytes.length) }),
    );
    expect(joinAny([a, ...forged])).toBeNull();
  });
});

describe("forged shares among those of a large set", () => {
  const forgedOf = (share: ShareContent) =>
    changed(share, { shareBytes: random(share.shareBytes.length) });
  const timed = (given: readonly ShareContent[]) => {
    const started = process.cpuUsage().user;
    const strangers = joinAny(given)?.strangers ?? null;
    return { strangers, ms: (process.cpuUsage().user - started) / 1000 };
  };

  test("are named wherever they stand, as many as leave enough others", () => {
    const shares = splitSample(8, 16);
    for (const places of [
      [0],
      [15],
      [7],
      [0, 1, 2, 3],
      [12, 13, 14, 15],
      [0, 2, 4, 6, 8, 10, 12],
    ]) {
      const given = shares.map((share, index) =>
        places.includes(index) ? forgedOf(share) : share,
      );
      expect(joinAny(given)).toEqual({ inner: INNER, strangers: places });
    }
  });

  test("are named in less than a second of work, however many and long they are", () => {
    for (const length of [110, 4096 - 23]) {
      const inner = random(length) as Payload;
      const shares = splitSample(8, 16, inner);
      for (const [forged, strangers] of [
        [1, [0]],
        [8, [0, 1, 2, 3, 4, 5, 6, 7]],
        [9, null],
      ] as const) {
        const given = shares.map((share, index) => (index < forged ? forgedOf(share) : share));
        const found = timed(given);
        expect(found.strangers).toEqual(strangers);
        // A machine that does other work too takes several times as long.
        expect(found.ms).toBeLessThan(4000);
      }
    }
  });

  test("are given up at once where they are too many to be tried", () => {
    const [share] = splitSample(8, 16) as [ShareContent];
    const many = Array.from({ length: 3000 }, () => forgedOf(share));
    const found = timed(many);
    expect(found.strangers).toBeNull();
    expect(found.ms).toBeLessThan(1000);
  });

  test("that stand beside a genuine one of the same number are named, and no others", () => {
    const shares = splitSample(8, 16);
    const forged = shares.slice(0, 3).map(forgedOf);
    expect(joinAny([...forged, ...shares])?.strangers).toEqual([0, 1, 2]);
    expect(joinAny([...shares, ...forged])?.strangers).toEqual([16, 17, 18]);
  });

  test("that give a payload of their own are not believed, and believe no others", () => {
    const set = { threshold: 2, count: 4, setId: random(4) };
    const split = (inner: Payload) =>
      splitPayload(inner, { ...set, blind: random(8), coefficients: random(16 + inner.length) });
    const [a, b] = split(INNER).map(shareOf);
    const [, , c, d] = split(random(110) as Payload).map(shareOf);
    if (a === undefined || b === undefined || c === undefined || d === undefined) {
      throw new Error("too few");
    }
    for (const given of [
      [a, b, c, d],
      [d, c, b, a],
      [c, a, d, b],
    ]) {
      expect(joinAny(given)).toBeNull();
    }
  });
});

test("a set is named by eight digits, whatever its bytes", () => {
  expect(nameOfSet({ setId: Uint8Array.of(0x00, 0x0a, 0xb0, 0xff) })).toBe("000ab0ff");
});

test("subsets are all choices, each once", () => {
  expect([...subsets(4, 2)]).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
  expect([...subsets(3, 0)]).toEqual([[]]);
  expect([...subsets(2, 3)]).toEqual([]);
});
