/** The squares of a QR code, without the quiet zone. */
export interface ModuleMatrix {
  /** Modules a side. */
  readonly size: number;
  /** size x size values, rows from the top; true = dark. */
  readonly isDark: readonly boolean[];
}
