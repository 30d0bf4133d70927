/** Sealed sheets and shares all the way: what comes back, and what does not. */
import { describe, expect, test } from "vitest";
import { nodeKdf } from "../../../src/adapters/node/scrypt-node.js";
import { decodePayload, encodePayload } from "../../../src/core/payload/payload.js";
import { splitPayload, coefficientCount } from "../../../src/core/shares/split.js";
import { hmacSha256 } from "../../../src/core/hash.js";
import { aes256Ctr } from "../../../src/core/seal/cipher.js";
import { passphraseBytes, seal } from "../../../src/core/seal/seal.js";
import {
  type Backup,
  backupSheets,
  type Carrier,
  encodeQrText,
  fieldText,
  type Kdf,
  parseKeyFile,
  type Payload,
  type ProtectOptions,
  restore,
  sheetOf,
  unseal,
} from "../../../src/index.js";
import { MARKED } from "../../cli/story.js";
import { seededBytes } from "../../seeded-random.mjs";

const KEY = parseKeyFile(`${MARKED.key}\n${MARKED.secret}`, "key");
const RECORD = { provider: KEY.provider, fields: KEY.fields, day: 2518 };
const PASSPHRASE = "abandon ability able about above absent absorb";
const random = seededBytes("protected");

function sheets(options: Partial<ProtectOptions>): Promise<readonly Backup[]> {
  return backupSheets(RECORD, { level: "standard", random, ...options });
}

const SEAL = { passphrase: PASSPHRASE, cost: 14, kdf: nodeKdf };

function codeOf({ payload }: Backup, source = "code"): Carrier {
  const [code] = encodeQrText(payload);
  return { kind: "code", source, text: `${code?.head ?? ""}${code?.digits ?? ""}` };
}

function codeOfPayload(payload: Uint8Array, source = "code"): Carrier {
  const [text] = encodeQrText(payload);
  return { kind: "code", source, text: (text?.head ?? "") + (text?.digits ?? "") };
}

function wordsOf(made: Backup, source = "words"): Carrier {
  const { rows } = sheetOf(made, { label: null, copy: { number: 1, count: 1 } });
  const lines = rows.map(({ number, words }) => ({ number, tokens: words }));
  return { kind: "words", source, lines };
}

function problemsOf(carriers: readonly Carrier[]) {
  const restored = restore(carriers);
  return restored.status === "refused" ? restored.problems : [];
}

async function openedWith(carriers: readonly Carrier[], passphrase: string, kdf: Kdf = nodeKdf) {
  const restored = restore(carriers);
  if (restored.status !== "sealed") throw new Error(`not sealed but ${restored.status}`);
  return unseal(restored, passphrase, kdf);
}

const FIELDS = [MARKED.key, MARKED.secret];

describe("a sealed sheet", async () => {
  const [made] = (await sheets({ seal: SEAL })) as [Backup];

  test("has 143 bytes and 126 words, and its own mark", () => {
    expect(made.payload).toHaveLength(143);
    expect(made.shape?.count).toBe(126);
    expect(made.protection).toEqual({ kind: "sealed" });
  });

  test.each([
    ["its code", [codeOf(made)]],
    ["its words", [wordsOf(made)]],
    ["both", [wordsOf(made), codeOf(made)]],
  ])("opens from %s", async (_, carriers) => {
    const restored = await openedWith(carriers, PASSPHRASE);
    if (restored.status !== "confirmed") throw new Error("refused");
    expect(restored.record.fields.map(fieldText)).toEqual(FIELDS);
    expect(restored).toMatchObject({ mark: made.mark, joined: null });
    expect(restored.opened).toEqual({ cost: 14, isMended: false });
  });

  test.each([
    ["capitals", PASSPHRASE.toUpperCase()],
    ["more spaces", `  ${PASSPHRASE.replaceAll(" ", "   ")} `],
    ["a letter left out", PASSPHRASE.replace("absorb", "absrb")],
    ["two letters swapped", PASSPHRASE.replace("above", "abvoe")],
    ["a neighbouring key", PASSPHRASE.replace("ability", "abiliry")],
    ["one slip in each of three words", "abandn ability ablle about above absent absrob"],
    ["first four letters", "aban abil able abou abov abse abso"],
  ])("opens to %s", async (_, typed) => {
    const restored = await openedWith([codeOf(made)], typed);
    expect(restored).toMatchObject({
      status: "confirmed",
      opened: { isMended: typed !== PASSPHRASE },
    });
  });

  test("opens to a near word of the list in a word's place", async () => {
    const seal = { ...SEAL, passphrase: "abandon ability able about above absent call" };
    const [other] = (await sheets({ seal })) as [Backup];
    const restored = await openedWith(
      [codeOf(other)],
      "abandon ability able about above absent cell",
    );
    expect(restored).toMatchObject({ status: "confirmed", opened: { isMended: true } });
  });

  // Earlier versions sealed whatever a file or a terminal gave them.
  test.each([
    ["the mark of an editor in front", "\uFEFFpassphrase", ["passphrase"]],
    ["that mark, and a blank behind", "\uFEFFpassphrase ", ["passphrase "]],
    ["that mark twice", "\uFEFF\uFEFFpassphrase", ["\uFEFFpassphrase"]],
    ["blanks around", " pass phrase\t", [" pass phrase\t"]],
    ["nothing but blanks", "  ", ["  "]],
    ["a character that nobody sees", "pass\u200bphrase", ["pass\u200bphrase"]],
    [
      "nothing that is not seen",
      "pass phrase",
      [" pass phrase\n", "\uFEFFpass\u200b phrase", "pass\tphrase"],
    ],
  ])("that was sealed with %s opens", async (_, passphrase, typed) => {
    const options = { salt: random(16), cost: 14, kdf: nodeKdf };
    const payload = await seal(encodePayload(RECORD), passphrase, options);
    for (const given of [passphrase, ...typed]) {
      const restored = await openedWith([codeOfPayload(payload)], given);
      expect(restored.status).toBe("confirmed");
    }
  });

  test("is made with no passphrase that has what nobody sees", async () => {
    for (const passphrase of ["\uFEFFpassphrase", "passphrase ", "pass\u00adphrase"]) {
      const made = sheets({ seal: { ...SEAL, passphrase } });
      await expect(made).rejects.toThrow("passphrase-unseen");
    }
  });

  test("refuses another passphrase with one problem, after a bounded number of tries", async () => {
    for (const typed of ["wrong", PASSPHRASE.replace("absorb", "zebra"), `${PASSPHRASE} absurd`]) {
      let tries = 0;
      const counting: Kdf = (...given) => {
        tries += 1;
        return nodeKdf(...given);
      };
      expect(await openedWith([codeOf(made)], typed, counting)).toEqual({
        status: "refused",
        problems: [{ code: "passphrase-wrong" }],
      });
      expect(tries).toBeGreaterThan(0);
      expect(tries).toBeLessThanOrEqual(24);
    }
  });

  test("says that it was damaged by its maker when the tag holds over what is no payload", async () => {
    const salt = random(16);
    const keys = await nodeKdf(passphraseBytes("p"), salt, 14);
    const sealWhole = (plain: Uint8Array) => {
      const ciphertext = aes256Ctr(keys.subarray(0, 32), plain);
      const body = Uint8Array.of(0x11, 14, ...salt, ...ciphertext);
      return Uint8Array.of(...body, ...hmacSha256(keys.subarray(32), body).subarray(0, 16));
    };
    const open = (plain: Uint8Array) => openedWith([codeOfPayload(sealWhole(plain))], "p");
    expect(await open(Uint8Array.of(1, 2, 3))).toMatchObject({
      problems: [{ code: "sealed-content" }],
    });
    // Provider 77, which some newer keysheet may know.
    expect(await open(Uint8Array.of(77, 0, 0))).toMatchObject({
      problems: [{ code: "provider-newer" }],
    });
  });

  test("beside a plain sheet of the same key is another sheet", async () => {
    const [plain] = (await sheets({})) as [Backup];
    expect(problemsOf([codeOf(made), codeOf(plain)])).toMatchObject([{ code: "sheets-differ" }]);
  });

  test("has a fresh salt each time", async () => {
    const [again] = (await sheets({ seal: SEAL })) as [Backup];
    expect(again.payload.slice(2, 18)).not.toEqual(made.payload.slice(2, 18));
  });
});

describe("shares", async () => {
  const [one, two, three] = (await sheets({ split: { threshold: 2, count: 3 } })) as [
    Backup,
    Backup,
    Backup,
  ];
  const set = one.protection.kind === "share" ? one.protection.set : "";

  test("have 133 bytes and 120 words, one set, and the marks of all", () => {
    for (const [index, share] of [one, two, three].entries()) {
      expect(share.payload).toHaveLength(133);
      expect(share.shape?.count).toBe(120);
      const marks = [one.mark, two.mark, three.mark];
      const protection = { kind: "share", isSealed: false, set, number: index + 1, marks };
      expect(share.protection).toMatchObject(protection);
    }
    expect(new Set([one.mark, two.mark, three.mark]).size).toBe(3);
  });

  test.each([
    ["codes of the first two", [codeOf(one), codeOf(two)]],
    ["words and a code, the last first", [wordsOf(three), codeOf(one)]],
    ["words of both", [wordsOf(two, "a"), wordsOf(three, "b")]],
    ["all three", [codeOf(one), wordsOf(two), codeOf(three)]],
    ["two, one of them twice", [codeOf(one), wordsOf(one), codeOf(two)]],
  ])("give the key from %s", (_, carriers) => {
    const restored = restore(carriers);
    if (restored.status !== "confirmed") throw new Error("refused");
    expect(restored.record.fields.map(fieldText)).toEqual(FIELDS);
    expect(restored).toMatchObject({ mark: null, opened: null, joined: { set, threshold: 2 } });
  });

  test("that are too few say which are missing", () => {
    const expected = { code: "shares-missing", set, threshold: 2, count: 3, missing: [1, 3] };
    expect(problemsOf([codeOf(two), wordsOf(two)])).toMatchObject([expected]);
  });

  test("of two sets are told apart, also of one key", async () => {
    const others = await sheets({ split: { threshold: 2, count: 3 } });
    const carriers = [codeOf(one, "a"), codeOf(others[1] as Backup, "b")];
    expect(problemsOf(carriers)).toMatchObject([
      { code: "shares-of-several-sets", sets: [{ set }, { shares: [{ number: 2 }] }] },
    ]);
    // Enough of one set does not help: whoever gave the other one expects it to count.
    expect(problemsOf([...carriers, codeOf(two, "c")])).toMatchObject([
      { code: "shares-of-several-sets" },
    ]);
  });

  test("that are forged are refused, and named where there are more than enough", () => {
    const forgedBytes = Uint8Array.from(two.payload);
    forgedBytes[30] = (forgedBytes[30] as number) ^ 1;
    const forged = codeOfPayload(forgedBytes, "forged");
    expect(problemsOf([codeOf(one), forged])).toMatchObject([
      { code: "shares-disagree", shares: [{ number: 1 }, { number: 2 }] },
    ]);
    expect(problemsOf([codeOf(one), forged, codeOf(three)])).toMatchObject([
      {
        code: "share-foreign",
        strangers: [{ number: 2, sources: ["forged"] }],
        members: [{ number: 1 }, { number: 3 }],
      },
    ]);
    expect(problemsOf([forged, codeOf(two, "genuine")])).toMatchObject([
      { code: "shares-disagree" },
    ]);
    expect(problemsOf([forged, codeOf(two, "genuine"), codeOf(one)])).toMatchObject([
      { code: "share-foreign", strangers: [{ sources: ["forged"] }] },
    ]);
  });

  test("beside a whole sheet that is not what they give are refused", async () => {
    const [plain] = (await sheets({})) as [Backup];
    const [other] = (await backupSheets({ ...RECORD, day: 1 }, { level: "standard", random })) as [
      Backup,
    ];
    expect(problemsOf([codeOf(one), codeOf(other)])).toMatchObject([
      { code: "sheets-differ" },
      { code: "shares-missing", missing: [2, 3] },
    ]);
    expect(problemsOf([codeOf(one), codeOf(two), codeOf(other)])).toMatchObject([
      { code: "sheets-differ" },
    ]);
    const restored = restore([codeOf(one), codeOf(two), codeOf(plain)]);
    expect(restored).toMatchObject({ status: "confirmed", mark: plain.mark });
  });

  test("of a share, or of what is no payload, are refused after they fit", () => {
    const splitOf = (inner: Uint8Array) =>
      splitPayload(inner as Payload, {
        threshold: 2,
        count: 2,
        setId: random(4),
        blind: random(8),
        coefficients: random(coefficientCount(inner.length, 2)),
      });
    for (const inner of [one.payload, Uint8Array.of(0x10, 0, 0, 0)]) {
      const carriers = splitOf(inner).map((share) => codeOfPayload(share));
      expect(problemsOf(carriers)).toEqual([{ code: "share-content" }]);
    }
    const newer = splitOf(Uint8Array.of(0x20, 1, 2)).map((share) => codeOfPayload(share));
    expect(problemsOf(newer)).toEqual([{ code: "version-newer", version: 2 }]);
  });

  test("that cannot be read for a part leave the others standing", () => {
    const pieces = encodeQrText(three.payload, 3).map(({ head, digits }): Carrier => ({
      kind: "code",
      source: "pieces",
      text: head + digits,
    }));
    const [first] = pieces as [Carrier];
    expect(problemsOf([codeOf(one), first])).toMatchObject([
      { code: "shares-missing", missing: [2, 3] },
      { code: "code-pieces-missing", missing: [2, 3] },
    ]);
    expect(restore([codeOf(one), first, codeOf(two)])).toMatchObject({ status: "confirmed" });
    expect(restore([codeOf(one), ...pieces])).toMatchObject({ status: "confirmed" });
  });
});

test("sealed and shared: joined first, then opened", async () => {
  const made = await sheets({ seal: SEAL, split: { threshold: 3, count: 4 } });
  expect(made.map(({ protection }) => protection)).toMatchObject(
    Array.from({ length: 4 }, () => ({ kind: "share", isSealed: true })),
  );
  const carriers = [made[3], made[0], made[2]].map((share) => codeOf(share as Backup));
  const restored = await openedWith(carriers, PASSPHRASE);
  if (restored.status !== "confirmed") throw new Error("refused");
  expect(restored.record.fields.map(fieldText)).toEqual(FIELDS);
  expect(restored).toMatchObject({ mark: null, joined: { threshold: 3, count: 4 } });
  expect(await openedWith(carriers, "wrong")).toMatchObject({ status: "refused" });
});

test("the same record and random bytes give the same sheets", async () => {
  const make = () =>
    backupSheets(RECORD, {
      level: "standard",
      seal: SEAL,
      split: { threshold: 2, count: 3 },
      random: seededBytes("same"),
    });
  const [first, second] = [await make(), await make()];
  expect(first.map(({ payload }) => payload)).toEqual(second.map(({ payload }) => payload));
  expect(first.map(({ payload }) => decodePayload(payload).content.kind)).toEqual([
    "share",
    "share",
    "share",
  ]);
});
