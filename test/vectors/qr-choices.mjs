// @ts-check
/** Vectors of the layer qr: every group of digits, every field of a text, every kind of payload. */
import { join, named, qrTexts, utf8, value } from "./paper-format.mjs";
import { piece, readQr, refusedQr } from "./qr-vectors.mjs";
import { DAY, KRAKEN, SEALED_KRAKEN, SHARES_KRAKEN } from "./samples.mjs";

/** Digits of a group by its bytes. */
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];

/** @param {number} length */
function ofLength(length) {
  return named(DAY, ["s", value("secret", 0, utf8("q".repeat(length - 9)))]);
}

function groupsRead() {
  return Object.fromEntries(
    [2, 3, 4, 5, 6].map((bytes) => [
      `qr_last-group-${String(bytes)}-bytes`,
      readQr(
        `A last group of ${String(bytes)} bytes in ${String(DIGITS[bytes])} digits.`,
        qrTexts(ofLength(15 + bytes), 1),
        ofLength(15 + bytes),
      ),
    ]),
  );
}

export function qrChoicesRead() {
  const [share = new Uint8Array()] = SHARES_KRAKEN;
  const longest = named(DAY, ["s", value("secret", 0, utf8("x ".repeat((4096 - 10) / 2)))]);
  const [one = ""] = qrTexts(KRAKEN, 1);
  return {
    ...groupsRead(),
    "qr_two-pieces": readQr("Two codes.", qrTexts(KRAKEN, 2), KRAKEN),
    qr_sealed: readQr("A code of a sealed payload.", qrTexts(SEALED_KRAKEN, 1), SEALED_KRAKEN),
    qr_share: readQr("A code of a share.", qrTexts(share, 1), share),
    "qr_4096-bytes": readQr("The longest payload in four codes.", qrTexts(longest, 4), longest),
    qr_shortest: readQr(
      "A code of nine bytes.",
      qrTexts(named(DAY, ["k", value("secret", 0, new Uint8Array())]), 1),
      named(DAY, ["k", value("secret", 0, new Uint8Array())]),
    ),
    "qr_of-two-forms": readQr(
      "The pieces of two and of three codes of one payload: each of them is whole.",
      [...qrTexts(KRAKEN, 2), ...qrTexts(KRAKEN, 3)],
      KRAKEN,
    ),
    "qr_letters-before": readQr(
      "A text before the code that begins as one and is none.",
      [`KEYSHEET1/1/1/ KEYSHEET ${one}`],
      KRAKEN,
    ),
  };
}

function groupsRefused() {
  const over = [2, 3, 4, 5, 6].map((bytes) => [
    `qr_last-group-over-range-${String(bytes)}-bytes`,
    refusedQr(
      `A last group of ${String(DIGITS[bytes])} digits that is one more than ${String(bytes)} bytes hold.`,
      [`KEYSHEET1/1/1/${String(256n ** BigInt(bytes)).padStart(DIGITS[bytes] ?? 0, "0")}`],
      "code-malformed",
    ),
  ]);
  const none = [1, 2, 4, 6, 7, 9, 11, 12, 14, 16].map((digits) => [
    `qr_last-group-of-${String(digits)}-digits`,
    refusedQr(
      `A last group of ${String(digits)} digits: no number of bytes has so many.`,
      [`KEYSHEET1/1/1/${"0".repeat(17 + digits)}`],
      "code-malformed",
    ),
  ]);
  return Object.fromEntries([...over, ...none]);
}

export function qrChoicesRefused() {
  const [one = ""] = qrTexts(KRAKEN, 1);
  const [first = ""] = qrTexts(KRAKEN, 3);
  const malformed = KRAKEN.slice(0, -1);
  return {
    ...groupsRefused(),
    "qr_version-2": refusedQr(
      "A code of version 2, the first that was made by a newer keysheet.",
      [one.replace("KEYSHEET1/", "KEYSHEET2/")],
      "code-version-newer",
    ),
    "qr_version-leading-zero": refusedQr(
      "A version with a zero in front is no code of ours.",
      [one.replace("KEYSHEET1/", "KEYSHEET01/")],
      "code-missing",
    ),
    "qr_total-zero": refusedQr("A piece of none.", [one.replace("/1/1/", "/1/0/")], "code-missing"),
    "qr_number-100": refusedQr("Piece 100.", [one.replace("/1/1/", "/100/1/")], "code-missing"),
    "qr_number-leading-zero": refusedQr(
      "A number with a zero in front.",
      [one.replace("/1/1/", "/01/1/")],
      "code-missing",
    ),
    "qr_digits-missing": refusedQr("A code without digits.", ["KEYSHEET1/1/1/"], "code-missing"),
    "qr_text-empty": refusedQr("No text.", [""], "code-missing"),
    "qr_text-other": refusedQr(
      "The text of a code that is none of ours.",
      ["https://example.org/1/1/1"],
      "code-missing",
    ),
    "qr_one-byte": refusedQr(
      "A code of one byte: too short for check bytes.",
      [piece(1, 1, 0x10)],
      "code-malformed",
    ),
    "qr_piece-of-three-bytes": refusedQr(
      "A piece of two that is too short for its four check bytes.",
      [piece(1, 2, 1, 2, 3), piece(2, 2, 1, 2, 3)],
      "code-malformed",
    ),
    "qr_piece-first-alone": refusedQr("The first piece of three.", [first], "code-pieces-missing"),
    "qr_digits-cut": refusedQr(
      "The last 17 digits are cut off: every group is whole, and the check does not hold.",
      [one.slice(0, -17)],
      "code-check",
    ),
    "qr_digits-swapped": refusedQr(
      "Two groups of digits in each other's place.",
      [one.replace(/\/([0-9]{17})([0-9]{17})/, "/$2$1")],
      "code-check",
    ),
    "qr_of-a-malformed-payload": {
      ...refusedQr(
        "A code whose check holds and whose payload is a byte short.",
        qrTexts(malformed, 1),
        "payload-malformed",
        "payload",
      ),
      refusal: { code: "payload-malformed", fault: "too-short" },
    },
    "qr_of-an-unknown-kind": refusedQr(
      "A code that carries a payload of kind 3.",
      qrTexts(join(0x13, KRAKEN.slice(1)), 1),
      "kind-unknown",
      "payload",
    ),
  };
}
