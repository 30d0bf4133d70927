/** The squares of a QR code, without the quiet zone. */
export interface ModuleMatrix {
  /** Modules a side. */
  readonly size: number;
  /** size x size values, rows from the top; true = dark. */
  readonly isDark: readonly boolean[];
}

/** ISO/IEC 18004 error correction: M survives 15 % of damage, Q 25 %. */
export type CorrectionLevel = "M" | "Q";
export const CORRECTION_LEVELS: readonly CorrectionLevel[] = ["M", "Q"];
