/** The modules of a QR code; the only importer of qrcode, whose drawing parts are not loaded. */
import qrcode from "qrcode/lib/core/qrcode.js";
import type { CorrectionLevel, ModuleMatrix } from "./module-matrix.js";
import type { QrText } from "./qr-text.js";

/** The longest payload that the largest code, version 40, holds as one piece. */
export const CODE_LIMIT_BYTES: Readonly<Record<CorrectionLevel, number>> = { M: 2286, Q: 1626 };

/** The smallest code of the text; null when the largest, version 40, cannot hold it. */
export function codeModules(text: QrText, level: CorrectionLevel): ModuleMatrix | null {
  try {
    const { modules } = qrcode.create(
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
