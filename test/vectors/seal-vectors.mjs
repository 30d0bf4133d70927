// @ts-check
/** Vectors of the layer seal: a sealed payload and a passphrase to a record, or what is wrong. */
import { join, mark, named, plain, sealed, toHex, utf8, value } from "./paper-format.mjs";
import { pem } from "./payload-vectors.mjs";
import {
  base64,
  DAY,
  KRAKEN,
  KRAKEN_RECORD,
  PASSPHRASE,
  PUBLIC,
  record,
  salt,
  SEALED_KRAKEN,
  SECRET,
  seededBytes,
} from "./samples.mjs";

const COST = 14;

/**
 * A sealed payload that opens. `generated` is the passphrase that it was made with, where another was
 * typed than that.
 * @param {string} about
 * @param {Uint8Array} opens
 * @param {ReturnType<typeof record>} holds
 * @param {string} passphrase
 */
function reads(about, opens, holds, passphrase, { generated = passphrase, cost = COST } = {}) {
  const payload = sealed(opens, generated, salt(), cost);
  return {
    about,
    layer: "seal",
    payload: toHex(payload),
    passphrase,
    ...(generated === passphrase ? {} : { generated }),
    opens: toHex(opens),
    record: holds,
    mark: mark(payload),
  };
}

/**
 * The sample key, sealed with a passphrase.
 * @param {string} about
 * @param {string} passphrase
 * @param {{ generated?: string, cost?: number }} [options]
 */
function kraken(about, passphrase, options = {}) {
  return reads(about, KRAKEN, KRAKEN_RECORD, passphrase, options);
}

function contentsRead() {
  const absent = value("public", 0, new Uint8Array());
  const shortest = plain(0x81, DAY, absent, value("secret", 0, new Uint8Array()));
  const text = "x ".repeat(2030).slice(0, 4063 - 10);
  const longest = named(DAY, ["s", value("secret", 0, utf8(text))]);
  const der = seededBytes("sealed der", 121);
  const pemPayload = named(DAY, ["id", PUBLIC], ["key", value("secret", 8, join(2, 2, der))]);
  const measured = plain(0x81, DAY, absent, value("secret", 1, SECRET));
  return {
    "seal_kraken-spot": kraken(
      "143 bytes: a Kraken Spot key under a passphrase of seven list words, cost 14.",
      PASSPHRASE,
    ),
    "seal_cost-15": kraken("Cost 15.", PASSPHRASE, { cost: 15 }),
    "seal_cost-17": kraken(
      "Cost 17, the one that is used when no other is asked for.",
      PASSPHRASE,
      {
        cost: 17,
      },
    ),
    "seal_of-measured": reads(
      "A plain payload that is not the prescribed one is sealed and opened as it is.",
      measured,
      record("kraken-spot", [["secret", base64(SECRET), true]]),
      PASSPHRASE,
    ),
    "seal_of-pem": reads(
      "A key of no provider with a PEM, under a seal.",
      pemPayload,
      record(null, [
        ["id", "public 1", false],
        ["key", pem("EC PRIVATE KEY", base64(der), "\n", "\n"), true],
      ]),
      PASSPHRASE,
    ),
    seal_shortest: reads(
      "41 bytes: the shortest plain payload under a seal.",
      shortest,
      record("kraken-spot", []),
      PASSPHRASE,
    ),
    seal_longest: reads(
      "4096 bytes: the longest plain payload that can be sealed has 4063.",
      longest,
      record(null, [["s", text, true]]),
      PASSPHRASE,
    ),
  };
}

function passphrasesRead() {
  const own = "pa\u0308ssw\u00f6rd \u212b \ufb01";
  const typed = "p\u00e4ssw\u00f6rd \u00c5 fi";
  return {
    "seal_passphrase-nfkd": kraken(
      "A passphrase with a ligature, the ångström sign and both forms of umlauts is brought to NFKD.",
      own,
    ),
    "seal_passphrase-nfkd-typed": kraken(
      "The same passphrase from another keyboard, with other characters of one NFKD.",
      typed,
      { generated: own },
    ),
    "seal_passphrase-full-width": kraken(
      "Full-width letters and an ideographic space are their narrow forms in NFKD.",
      "\uff53\uff45\uff41\uff4c\u3000\uff11",
      { generated: "seal 1" },
    ),
    "seal_passphrase-japanese": kraken(
      "A passphrase in kana, whose voicing marks NFKD takes apart.",
      "\u304c\u304e\u3050\u3052\u3054",
      { generated: "\u304b\u3099\u304e\u3050\u3052\u3054" },
    ),
    "seal_passphrase-emoji": kraken("A passphrase of characters of four bytes.", "🔑🗝️ 🔒"),
    "seal_passphrase-own-case": kraken("The user's own passphrase counts case.", "Tr0ub4dor & 3"),
    "seal_passphrase-own-spaces": kraken(
      "The user's own passphrase counts its spaces, also two of them and one at either end.",
      " two  spaces ",
    ),
    "seal_passphrase-own-words": kraken(
      "What was typed is tried first: list words in capitals may be the user's own passphrase.",
      "COPPER Rally",
    ),
    "seal_passphrase-one-character": kraken("A passphrase of one character, the shortest.", "x"),
    "seal_passphrase-long": kraken(
      "A passphrase of more than 64 bytes, a block of SHA-256.",
      "a sentence of one's own that goes on for longer than a block of the hash function is",
    ),
    "seal_passphrase-control-character": kraken(
      "A tab and U+0001 in a passphrase are characters like any other.",
      "a\tb\u0001",
    ),
    "seal_passphrase-generated-typo": kraken(
      "A drawn passphrase with a typo: the opener's second try has the word of the list.",
      PASSPHRASE.replace("velvet", "velvte"),
      { generated: PASSPHRASE },
    ),
    "seal_passphrase-generated-capitals": kraken(
      "A drawn passphrase in capitals.",
      PASSPHRASE.toUpperCase(),
      { generated: PASSPHRASE },
    ),
    "seal_passphrase-generated-spaces": kraken(
      "A drawn passphrase with more spaces than one.",
      `  ${PASSPHRASE.replaceAll(" ", "   ")} `,
      { generated: PASSPHRASE },
    ),
    "seal_passphrase-generated-six": kraken(
      "Six words, the fewest that are drawn.",
      "copper rally orbit velvet hazard miracle",
    ),
    "seal_passphrase-generated-ten": kraken(
      "Ten words, the most that are drawn.",
      "copper rally orbit velvet hazard miracle sunset abandon zoo letter",
    ),
  };
}

/**
 * @param {string} about
 * @param {Uint8Array} payload
 * @param {string} passphrase
 * @param {{ code: string, fault?: string }} refusal
 */
function refused(about, payload, passphrase, refusal, layer = "seal") {
  return { about, layer, payload: toHex(payload), passphrase, refusal };
}

const WRONG = { code: "passphrase-wrong" };

/**
 * The sealed sample key with one bit changed.
 * @param {number} offset
 */
function changed(offset) {
  return SEALED_KRAKEN.map((byte, index) => (index === offset ? byte ^ 1 : byte));
}

function tagsRefused() {
  const end = SEALED_KRAKEN.length;
  const tag = SEALED_KRAKEN.slice(-16);
  const swapped = join(SEALED_KRAKEN.slice(0, -16), salt("other"));
  const other = sealed(KRAKEN, PASSPHRASE, salt("other"), COST);
  return {
    "seal_passphrase-wrong": refused(
      "Another passphrase.",
      SEALED_KRAKEN,
      "correct horse battery staple",
      WRONG,
    ),
    "seal_passphrase-wrong-case": refused(
      "The user's own passphrase in another case is another one.",
      sealed(KRAKEN, "Tr0ub4dor & 3", salt(), COST),
      "tr0ub4dor & 3",
      WRONG,
    ),
    "seal_passphrase-wrong-spaces": refused(
      "The user's own passphrase with a space less is another one.",
      sealed(KRAKEN, " two  spaces ", salt(), COST),
      "two  spaces",
      WRONG,
    ),
    "seal_passphrase-word-missing": refused(
      "A drawn passphrase without its last word.",
      SEALED_KRAKEN,
      PASSPHRASE.split(" ").slice(0, 6).join(" "),
      WRONG,
    ),
    "seal_passphrase-words-swapped": refused(
      "A drawn passphrase with two words in each other's place.",
      SEALED_KRAKEN,
      PASSPHRASE.replace("copper rally", "rally copper"),
      WRONG,
    ),
    "seal_ciphertext-first-bit": refused(
      "One bit of the first byte of the ciphertext is changed.",
      changed(18),
      PASSPHRASE,
      WRONG,
    ),
    "seal_ciphertext-last-bit": refused(
      "One bit of the last byte of the ciphertext is changed.",
      changed(end - 17),
      PASSPHRASE,
      WRONG,
    ),
    "seal_salt-bit": refused("One bit of the salt is changed.", changed(2), PASSPHRASE, WRONG),
    "seal_cost-changed": refused("Cost 15 where it was 14.", changed(1), PASSPHRASE, WRONG),
    "seal_tag-first-bit": refused(
      "One bit of the first byte of the tag is changed.",
      changed(end - 16),
      PASSPHRASE,
      WRONG,
    ),
    "seal_tag-last-bit": refused(
      "One bit of the last byte of the tag is changed.",
      changed(end - 1),
      PASSPHRASE,
      WRONG,
    ),
    "seal_tag-zero": refused(
      "A tag of zeros.",
      join(SEALED_KRAKEN.slice(0, -16), new Uint8Array(16)),
      PASSPHRASE,
      WRONG,
    ),
    "seal_tag-other": refused("A tag of other bytes.", swapped, PASSPHRASE, WRONG),
    "seal_tag-of-another": refused(
      "The tag of the same key under the same passphrase and another salt.",
      join(SEALED_KRAKEN.slice(0, -16), other.slice(-16)),
      PASSPHRASE,
      WRONG,
    ),
    "seal_one-byte-short": refused(
      "The last byte of the ciphertext is missing: still a sealed payload, not the one that was made.",
      join(SEALED_KRAKEN.slice(0, -17), tag),
      PASSPHRASE,
      WRONG,
    ),
    "seal_one-byte-over": refused(
      "A byte behind the tag is a tag that begins a byte later.",
      join(SEALED_KRAKEN, 0),
      PASSPHRASE,
      WRONG,
    ),
  };
}

function passphrasesRefused() {
  /** @param {string} fault */
  const malformed = (fault) => ({ code: "passphrase-malformed", fault });
  return {
    "seal_passphrase-empty": refused("An empty passphrase.", SEALED_KRAKEN, "", malformed("empty")),
    "seal_passphrase-empty-that-fits": refused(
      "An empty passphrase is refused where a faulty maker has used it.",
      sealed(KRAKEN, "", salt(), COST),
      "",
      malformed("empty"),
    ),
    "seal_passphrase-zero-character": refused(
      "A passphrase with U+0000.",
      SEALED_KRAKEN,
      "a\u0000b",
      malformed("zero-character"),
    ),
    "seal_passphrase-zero-character-that-fits": refused(
      "A passphrase that ends in U+0000, which scrypt takes for the one without it.",
      sealed(KRAKEN, "x", salt(), COST),
      "x\u0000",
      malformed("zero-character"),
    ),
    "seal_passphrase-surrogate": refused(
      "A passphrase with half of a surrogate pair, which has no UTF-8.",
      SEALED_KRAKEN,
      "a\ud83d",
      malformed("not-unicode"),
    ),
  };
}

function costsRefused() {
  return Object.fromEntries(
    [21, 22].map((cost) => [
      `seal_cost-${String(cost)}`,
      refused(
        `Cost ${String(cost)}: an opener asks before any work.`,
        join(0x11, cost, SEALED_KRAKEN.slice(2)),
        PASSPHRASE,
        { code: "kdf-cost" },
      ),
    ]),
  );
}

/** The tag holds, so it was a faulty maker. */
function contentsRefused() {
  const code = { code: "sealed-content" };
  /** @param {Uint8Array} payload */
  const seal = (payload) => sealed(payload, PASSPHRASE, salt(), COST);
  return {
    "seal_content-cut": refused(
      "A tag that holds over a plain payload that is a byte short: its maker was at fault.",
      seal(KRAKEN.slice(0, -1)),
      PASSPHRASE,
      code,
    ),
    "seal_content-one-byte-over": refused(
      "A tag that holds over a plain payload with a byte behind its end.",
      seal(join(KRAKEN, 0)),
      PASSPHRASE,
      code,
    ),
    "seal_content-provider-zero": refused(
      "A tag that holds over a plain payload of provider 0.",
      seal(plain(0, DAY, KRAKEN.slice(4))),
      PASSPHRASE,
      code,
    ),
    "seal_content-one-byte": refused(
      "A tag that holds over one byte.",
      seal(Uint8Array.of(0x10, 0x01)),
      PASSPHRASE,
      code,
    ),
    "seal_content-provider-newer": refused(
      "A tag that holds over a plain payload of a provider without a row: made by a newer keysheet.",
      seal(plain(0x7f, DAY, KRAKEN.slice(4))),
      PASSPHRASE,
      { code: "provider-newer" },
      "payload",
    ),
  };
}

export function sealsRead() {
  return { ...contentsRead(), ...passphrasesRead() };
}

export function sealsRefused() {
  return { ...tagsRefused(), ...passphrasesRefused(), ...costsRefused(), ...contentsRefused() };
}
