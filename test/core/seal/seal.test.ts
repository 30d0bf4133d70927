/** A passphrase on and off: against the worked examples, and what must not open. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeKdf } from "../../../src/adapters/node/scrypt-node.js";
import { decodePayload, encodePayload, type Payload } from "../../../src/core/payload/payload.js";
import type { SealedContent } from "../../../src/core/payload/v1/sealed.js";
import { type Problem, Refusal } from "../../../src/core/problem.js";
import { type Kdf, kdfMemoryBytes, portableKdf } from "../../../src/core/seal/kdf.js";
import {
  checkNewPassphrase,
  COST_DEFAULT,
  COST_MADE_MAX,
  openSealed,
  passphraseBytes,
  seal,
} from "../../../src/core/seal/seal.js";
import { bytesOfHex, hexOf, recordOf } from "../vector-record.js";

interface Vector {
  readonly name: string;
  readonly payload: string;
  readonly passphrase?: string;
  readonly salt?: string;
  readonly opens?: string;
  readonly record?: Parameters<typeof recordOf>[0];
}

const { good } = JSON.parse(
  readFileSync(new URL("../../../fixtures/vectors/shared-v1.json", import.meta.url), "utf8"),
) as { good: Vector[] };
const SEALED = good.filter(({ passphrase }) => passphrase !== undefined);

/** One derivation for each passphrase, salt and cost, so that thousands of openings are cheap. */
function remembering(kdf: Kdf): Kdf {
  const known = new Map<string, Promise<Uint8Array>>();
  return (password, salt, cost) => {
    const key = [hexOf(password), hexOf(salt), cost].join();
    const derived = known.get(key) ?? kdf(password, salt, cost);
    known.set(key, derived);
    return derived;
  };
}

function sealedOf(payload: Uint8Array): SealedContent {
  const { content } = decodePayload(payload);
  if (content.kind !== "sealed") throw new Error("not a sealed payload");
  return content;
}

const PLAIN = encodePayload(
  recordOf({
    provider: null,
    day: 5,
    fields: [["secret", "a secret that is sealed", true]],
  }),
);
const PASSPHRASE = "abandon ability able about above absent absorb";
const SALT = Uint8Array.from({ length: 16 }, (_, index) => index);

async function sealedSample(kdf: Kdf = nodeKdf): Promise<Payload> {
  return seal(PLAIN, PASSPHRASE, { salt: SALT, cost: 14, kdf });
}

describe.each([
  ["node's scrypt", nodeKdf],
  ["scrypt in plain JavaScript", portableKdf],
] as const)("the worked examples, with %s", (_, given) => {
  const kdf = remembering(given);

  test("are two", () => {
    expect(SEALED).toHaveLength(2);
  });

  for (const { name, payload, passphrase = "", salt = "", opens = "" } of SEALED) {
    test(`${name}: sealed to the same bytes, and opened`, async () => {
      const content = sealedOf(bytesOfHex(payload));
      const plain = decodePayload(bytesOfHex(opens)).payload;
      const options = { salt: bytesOfHex(salt), cost: content.cost, kdf };
      expect(hexOf(await seal(plain, passphrase, options))).toBe(payload);
      const opened = await openSealed(content, passphrase, kdf);
      expect(opened === null ? null : hexOf(opened)).toBe(opens);
    });
  }
});

describe("a seal", () => {
  test("adds 33 bytes, and shows nothing of the payload but its length", async () => {
    const sealed = await sealedSample();
    expect(sealed).toHaveLength(PLAIN.length + 33);
    expect(Buffer.from(sealed).includes("secret")).toBe(false);
  });

  test("of the same bytes under another salt is another one throughout", async () => {
    const first = sealedOf(await sealedSample());
    const salt = SALT.map((byte) => byte ^ 1);
    const options = { salt, cost: 14, kdf: nodeKdf };
    const second = sealedOf(await seal(PLAIN, PASSPHRASE, options));
    const equal = first.ciphertext.filter((byte, index) => byte === second.ciphertext[index]);
    expect(equal.length).toBeLessThan(6);
    expect(hexOf(first.tag)).not.toBe(hexOf(second.tag));
  });

  test.each([
    ["another word", "abandon ability able about above absent absurd"],
    ["a capital", "Abandon ability able about above absent absorb"],
    ["a space more", `${PASSPHRASE} `],
    ["nothing of it", "x"],
  ])("does not open to %s", async (_, passphrase) => {
    expect(await openSealed(sealedOf(await sealedSample()), passphrase, nodeKdf)).toBeNull();
  });

  test("opens to the same letters, however their accents are written", async () => {
    const composed = "pässwördÅ";
    const decomposed = composed.normalize("NFD");
    expect(decomposed).not.toBe(composed);
    const options = { salt: SALT, cost: 14, kdf: nodeKdf };
    const sealed = sealedOf(await seal(PLAIN, composed, options));
    const opened = await openSealed(sealed, decomposed, nodeKdf);
    expect(opened === null ? null : hexOf(opened)).toBe(hexOf(PLAIN));
  });

  test("does not open when any bit of any byte is another", async () => {
    const sealed = await sealedSample();
    const kdf = remembering(nodeKdf);
    for (let offset = 18; offset < sealed.length; offset++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(sealed);
        changed[offset] = (changed[offset] as number) ^ (1 << bit);
        expect(await openSealed(sealedOf(changed), PASSPHRASE, kdf)).toBeNull();
      }
    }
    // Each of these is another derivation.
    for (const offset of [1, 2, 9, 17]) {
      const changed = Uint8Array.from(sealed);
      changed[offset] = (changed[offset] as number) ^ 1;
      expect(await openSealed(sealedOf(changed), PASSPHRASE, kdf)).toBeNull();
    }
  });

  test("does not open when bytes are cut off, added or swapped", async () => {
    const sealed = await sealedSample();
    const kdf = remembering(nodeKdf);
    const swapped = Uint8Array.from(sealed);
    swapped.set([sealed[20] as number, sealed[19] as number], 19);
    for (const changed of [sealed.subarray(0, -1), Uint8Array.of(...sealed, 0), swapped]) {
      expect(await openSealed(sealedOf(changed), PASSPHRASE, kdf)).toBeNull();
    }
  });

  test("of a payload that leaves it no room is refused", async () => {
    const large = new Uint8Array(4096 - 32) as Payload;
    const options = { salt: SALT, cost: 14, kdf: nodeKdf };
    await expect(seal(large, PASSPHRASE, options)).rejects.toThrow("payload-too-long");
    const fitting = new Uint8Array(4096 - 33) as Payload;
    expect(await seal(fitting, PASSPHRASE, options)).toHaveLength(4096);
  });
});

describe("a passphrase", () => {
  const problemsOf = (
    passphrase: string,
    check: (text: string) => unknown = passphraseBytes,
  ): readonly Problem[] => {
    try {
      check(passphrase);
      return [];
    } catch (error) {
      if (error instanceof Refusal) return error.problems;
      throw error;
    }
  };

  test.each([
    ["", "empty"],
    ["a\0b", "zero-character"],
    ["a\ud800", "not-unicode"],
  ])("%j is refused as %s", (passphrase, fault) => {
    expect(problemsOf(passphrase)).toEqual([{ code: "passphrase-malformed", fault }]);
  });

  test.each([
    ["a\u200bb", [2], []],
    ["\uFEFFab", [1], []],
    ["ab\u00ad", [3], []],
    ["a\tb\u2028c", [2, 4], []],
    ["\u{1F600}\u0001", [2], []],
    [" ab\n", [], [1, 4]],
    ["\u00a0a\u007fb\u3000\u3000", [3], [1, 5, 6]],
    ["  ", [], [1, 2]],
  ])(
    "%j is not for a new sheet: what nobody sees in it is told by its place",
    (text, invisible, outerSpaces) => {
      expect(problemsOf(text)).toEqual([]);
      const problem = { code: "passphrase-unseen", invisible, outerSpaces };
      expect(problemsOf(text, checkNewPassphrase)).toEqual([problem]);
    },
  );

  test("is for a new sheet with spaces inside, accents and letters of any script", () => {
    for (const text of ["a", "a  b", "pässwörd", "あい うえ", "пароль", "\u{1F600}"]) {
      expect(problemsOf(text, checkNewPassphrase)).toEqual([]);
    }
    expect(problemsOf("a\0b", checkNewPassphrase)).toEqual([
      { code: "passphrase-malformed", fault: "zero-character" },
    ]);
  });

  test("is its NFKD in UTF-8", () => {
    expect(hexOf(passphraseBytes("Å ﬁ"))).toBe(hexOf(Buffer.from("A\u030a fi")));
    expect(problemsOf(" ")).toEqual([]);
  });
});

test("a derivation fills 128 MiB at the default cost, and twice that at each step", () => {
  expect(kdfMemoryBytes(COST_DEFAULT)).toBe(128 * 1024 ** 2);
  expect(kdfMemoryBytes(COST_MADE_MAX + 1)).toBe(2 * 1024 ** 3);
});

test("a derivation without the memory is refused as such", async () => {
  const cost = 40;
  await expect(nodeKdf(new Uint8Array(1), SALT, cost)).rejects.toThrow("kdf-memory");
});
