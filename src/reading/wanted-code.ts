/** Which codes of a file end the search in it. */
import { hasQrText, isWholeQrText } from "../core/qr/qr-text.js";
import { isKeyUri } from "../core/record/key-file.js";

/** A code of a sheet, the only code of one, that of a key itself, or any. */
export type WantedCode = "sheet" | "whole" | "key" | "any";

export const WANTED_CODES: Readonly<Record<WantedCode, (text: string) => boolean>> = {
  sheet: hasQrText,
  whole: isWholeQrText,
  key: isKeyUri,
  any: () => true,
};
