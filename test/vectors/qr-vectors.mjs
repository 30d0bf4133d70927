// @ts-check
/** Vectors of the layer qr: the texts of codes to a payload. */
import { join, named, qrCheck, qrDigits, qrTexts, toHex, utf8, value } from "./paper-format.mjs";
import { DAY, KRAKEN } from "./samples.mjs";

/**
 * @param {string} about
 * @param {readonly string[]} texts
 * @param {Uint8Array} payload
 */
export function readQr(about, texts, payload) {
  return { about, layer: "qr", texts, payload: toHex(payload) };
}

/**
 * @param {string} about
 * @param {readonly string[]} texts
 * @param {string} code
 */
export function refusedQr(about, texts, code, layer = "qr") {
  return { about, layer, texts, refusal: { code } };
}

/**
 * A piece with any bytes in it.
 * @param {number} number
 * @param {number} total
 * @param {(Uint8Array | number)[]} bytes
 */
export function piece(number, total, ...bytes) {
  return `KEYSHEET1/${String(number)}/${String(total)}/${qrDigits(join(...bytes))}`;
}

const QR_ONE = qrTexts(KRAKEN, 1);
const QR_THREE = qrTexts(KRAKEN, 3);

export function qrRead() {
  const [one = ""] = QR_ONE;
  const [first = "", second = "", third = ""] = QR_THREE;
  /** @param {number} length */
  const ofLength = (length) => named(DAY, ["s", value("secret", 0, utf8("q".repeat(length - 9)))]);
  const ninetyNine = ofLength(93);
  return {
    "qr_one-piece": readQr("One code.", QR_ONE, KRAKEN),
    "qr_three-pieces": readQr("Three codes; the last piece is shorter.", QR_THREE, KRAKEN),
    "qr_99-pieces": readQr("99 codes of one byte each.", qrTexts(ninetyNine, 99), ninetyNine),
    "qr_last-group-one-byte": readQr(
      "29 bytes: the last group is one byte in 3 digits.",
      qrTexts(ofLength(23), 1),
      ofLength(23),
    ),
    "qr_last-group-full": readQr(
      "28 bytes: the last group is full, 17 digits.",
      qrTexts(ofLength(22), 1),
      ofLength(22),
    ),
    "qr_lower-case-and-spaces": readQr(
      "Lower case, with spaces and line breaks inside of the digits.",
      [
        one
          .toLowerCase()
          .replace(/(.{5})/g, "$1 ")
          .replace(/(.{48})/g, "$1\r\n"),
      ],
      KRAKEN,
    ),
    "qr_pieces-out-of-order": readQr(
      "The pieces in another order.",
      [third, first, second],
      KRAKEN,
    ),
    "qr_pieces-in-one-text": readQr(
      "All pieces in one text, one a line.",
      [QR_THREE.join("\n")],
      KRAKEN,
    ),
    "qr_pieces-twice": readQr(
      "A piece that was read twice.",
      [first, second, first, third],
      KRAKEN,
    ),
    "qr_text-around": readQr(
      "A code's text with other text before and behind it.",
      [`Scanned on Monday:\n${one}\n(end of code)`],
      KRAKEN,
    ),
  };
}

export function qrRefused() {
  const [one = ""] = QR_ONE;
  const [first = "", second = "", third = ""] = QR_THREE;
  const check = qrCheck(KRAKEN);
  const set = check.slice(0, 4);
  const whole = join(KRAKEN, check);
  const other = join(KRAKEN.slice(0, -1), (KRAKEN.at(-1) ?? 0) ^ 1);
  const newer = join(0x20, KRAKEN.slice(1));
  const otherEnd = join(other, check).slice(78);
  const otherSet = join((set[0] ?? 0) ^ 1, set.slice(1));
  return {
    qr_check: refusedQr(
      "One bit of the payload is not the one that was hashed.",
      [piece(1, 1, other, check)],
      "code-check",
    ),
    "qr_check-only": refusedQr(
      "A code of six check bytes.",
      [piece(1, 1, qrCheck(new Uint8Array()))],
      "code-malformed",
    ),
    "qr_version-newer": refusedQr(
      "A code of version 12, made by a newer keysheet.",
      [one.replace("KEYSHEET1/", "KEYSHEET12/")],
      "code-version-newer",
    ),
    "qr_version-zero": refusedQr(
      "Version 0 is no code of ours.",
      [one.replace("KEYSHEET1/", "KEYSHEET0/")],
      "code-missing",
    ),
    "qr_number-zero": refusedQr(
      "Piece 0 of 1 is no piece.",
      [one.replace("/1/1/", "/0/1/")],
      "code-missing",
    ),
    "qr_number-over-total": refusedQr(
      "Piece 2 of 1.",
      [one.replace("/1/1/", "/2/1/")],
      "code-malformed",
    ),
    "qr_total-100": refusedQr("A piece of 100.", [one.replace("/1/1/", "/1/100/")], "code-missing"),
    "qr_digit-missing": refusedQr(
      "The last digit is cut off: no group has 9 digits.",
      [qrTexts(KRAKEN, 1).join("").slice(0, -1)],
      "code-malformed",
    ),
    "qr_group-over-range": refusedQr(
      "A group of 17 digits that is more than 7 bytes hold.",
      [one.replace(/\/[0-9]{17}/, "/72057594037927936")],
      "code-malformed",
    ),
    "qr_last-group-over-range": refusedQr(
      "A last group of 3 digits that is more than one byte holds.",
      ["KEYSHEET1/1/1/256"],
      "code-malformed",
    ),
    "qr_piece-missing": refusedQr("Two pieces of three.", [first, third], "code-pieces-missing"),
    "qr_pieces-of-two-sheets": refusedQr(
      "Pieces of two sheets: neither is whole.",
      [first, second, qrTexts(other, 3)[2] ?? ""],
      "code-pieces-missing",
    ),
    "qr_pieces-of-another-check": refusedQr(
      "Pieces that agree on four check bytes which are not those of the payload.",
      [piece(1, 2, otherSet, whole.slice(0, 58)), piece(2, 2, otherSet, whole.slice(58))],
      "code-check",
    ),
    "qr_pieces-disagree": refusedQr(
      "Two different pieces of one number and one set, the right one first.",
      [third, piece(3, 3, set, otherEnd), first, second],
      "code-pieces-mixed",
    ),
    "qr_pieces-disagree-other-way-round": refusedQr(
      "Two different pieces of one number and one set, the right one last.",
      [piece(3, 3, set, otherEnd), third, first, second],
      "code-pieces-mixed",
    ),
    "qr_pieces-cut-unevenly": refusedQr(
      "Pieces that hold the payload, cut elsewhere than the format says.",
      [piece(1, 2, set, whole.slice(0, 50)), piece(2, 2, set, whole.slice(50))],
      "code-malformed",
    ),
    "qr_piece-empty": refusedQr(
      "A piece of its four check bytes and nothing else.",
      [piece(1, 2, set, whole), piece(2, 2, set)],
      "code-malformed",
    ),
    "qr_of-a-newer-payload": refusedQr(
      "A code of version 1 that carries a payload of version 2.",
      qrTexts(newer, 1),
      "version-newer",
      "payload",
    ),
  };
}
