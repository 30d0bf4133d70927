/** The modules of a QR code. */
import type { CorrectionLevel, ModuleMatrix } from "./module-matrix.js";
import { encodeQrText, PIECE_LIMIT, type QrText } from "./qr-text.js";
import { createCode } from "./standard.js";

/**
 * Modules a side of the largest code that is printed, version 29: on a page of its own they are 1.2 mm
 * wide, which a phone sees that has the whole page in its picture, and a home printer draws cleanly.
 */
export const MODULES_MAX = 133;

/** The fewest codes of a payload such that none is larger than that. */
export function payloadCodes(payload: Uint8Array, level: CorrectionLevel): readonly ModuleMatrix[] {
  for (let count = 1; count <= PIECE_LIMIT; count++) {
    const codes = encodeQrText(payload, count).map((text) => codeModules(text, level));
    const fitting = codes.filter((code) => code !== null && code.size <= MODULES_MAX);
    if (fitting.length === count) return fitting as readonly ModuleMatrix[];
  }
  throw new RangeError("a payload that is longer than any");
}

/** The smallest code of the text; null when the largest, version 40, cannot hold it. */
export function codeModules(text: QrText, level: CorrectionLevel): ModuleMatrix | null {
  try {
    const { modules } = createCode(
      [
        { data: text.head, mode: "alphanumeric" },
        { data: text.digits, mode: "numeric" },
      ],
      { errorCorrectionLevel: level },
    );
    return { size: modules.size, isDark: Array.from(modules.data, (module) => module !== 0) };
  } catch {
    return null;
  }
}
