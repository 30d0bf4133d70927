/** What a file is, by its content alone: its name may say anything. */
import { pictureKind } from "../photo/files/picture-kind.js";

export const SHEET_FILE_LIMIT_BYTES = 64 * 1024 * 1024;

export type FileKind = "picture" | "pdf" | "text" | "unknown";

/** How much of a file says of what kind it is. */
export const HEAD_BYTES = 1024;

export function kindOf(bytes: Uint8Array): FileKind {
  if (pictureKind(bytes) !== null) return "picture";
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  if (/^[^]{0,1019}%PDF-/.test(head)) return "pdf";
  const isUtf16 = head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff");
  // Control characters beside white space are in no text; UTF-16 is a text, which is refused as such.
  return isUtf16 || !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head) ? "text" : "unknown";
}
