import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePayload } from "../../../src/core/payload/payload.js";
import type { SealedContent } from "../../../src/core/payload/v1/sealed.js";
import type { Kdf } from "../../../src/core/seal/kdf.js";
import { openSealed, seal } from "../../../src/core/seal/seal.js";
import { bytes, payloads, RUNS } from "../arbitraries.js";

/** In the place of scrypt, which has tests of its own: another key for every other input, at once. */
const kdf: Kdf = (password, salt, cost) => {
  const hash = createHash("sha512").update(password).update(salt).update(Uint8Array.of(cost));
  return Promise.resolve(new Uint8Array(hash.digest()));
};

const passphrases = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((text) => !text.includes("\0"));
const costs = fc.integer({ min: 14, max: 20 });

function sealedOf(payload: Uint8Array): SealedContent {
  const { content } = decodePayload(payload);
  if (content.kind !== "sealed") throw new Error("not a sealed payload");
  return content;
}

test("a sealed payload opens with its passphrase, however that is composed, and with no other", async () => {
  await fc.assert(
    fc.asyncProperty(
      payloads,
      passphrases,
      passphrases,
      bytes(16),
      costs,
      async (payload, passphrase, other, salt, cost) => {
        const sealed = sealedOf(await seal(payload, passphrase, { salt, cost, kdf }));
        const plain = Uint8Array.from(payload);
        expect(await openSealed(sealed, passphrase.normalize("NFC"), kdf)).toEqual(plain);
        expect(await openSealed(sealed, passphrase.normalize("NFD"), kdf)).toEqual(plain);
        const isOther = passphrase.normalize("NFKD") !== other.normalize("NFKD");
        if (isOther) expect(await openSealed(sealed, other, kdf)).toBeNull();
      },
    ),
    RUNS,
  );
});

test("a sealed payload has the length of the plain one and 33 bytes, and nothing of it in the clear", async () => {
  await fc.assert(
    fc.asyncProperty(payloads, bytes(16), async (payload, salt) => {
      const sealed = await seal(payload, "a passphrase", { salt, cost: 17, kdf });
      expect(sealed).toHaveLength(payload.length + 33);
      const window = Buffer.from(payload.subarray(1, 9));
      if (window.length === 8) expect(Buffer.from(sealed).includes(window)).toBe(false);
    }),
    RUNS,
  );
});
