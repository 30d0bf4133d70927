/** ISO/IEC 18004 as the package qrcode has it: its only importer; drawing parts are not loaded. */
import alignment from "qrcode/lib/core/alignment-pattern.js";
import correction from "qrcode/lib/core/error-correction-code.js";
import levels from "qrcode/lib/core/error-correction-level.js";
import format from "qrcode/lib/core/format-info.js";
import qrcode from "qrcode/lib/core/qrcode.js";
import utils from "qrcode/lib/core/utils.js";

export type Level = "L" | "M" | "Q" | "H";
export const LEVELS: readonly Level[] = ["L", "M", "Q", "H"];

export const createCode = qrcode.create;

export function fixedModules(version: number): {
  readonly size: number;
  /** One a module, row by row: 0 or 1. */
  readonly isDark: Uint8Array;
  readonly isReserved: Uint8Array;
} {
  const { modules } = qrcode.create([{ data: "0", mode: "numeric" }], {
    version,
    errorCorrectionLevel: "L",
  });
  return { size: modules.size, isDark: modules.data, isReserved: modules.reservedBit };
}

export function alignmentCentres(version: number): readonly (readonly [number, number])[] {
  return alignment.getPositions(version);
}

export function formatBits(level: Level, mask: number): number {
  return format.getEncodedBits(levels[level], mask);
}

export function blockCount(version: number, level: Level): number {
  return correction.getBlocksCount(version, levels[level]);
}

export function checkCodewords(version: number, level: Level): number {
  return correction.getTotalCodewordsCount(version, levels[level]);
}

export function totalCodewords(version: number): number {
  return utils.getSymbolTotalCodewords(version);
}
