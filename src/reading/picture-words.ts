/** The words on a photograph of a sheet to carriers, by the shapes of the templates' letters. */
import type { Carrier } from "../core/restore/read-carriers.js";
import type { Picture } from "../photo/picture.js";
import { readPhotoWords } from "../photo/words/read-words.js";

export interface PictureWords {
  /** One of words, or none where the picture has none that could be a sheet's. */
  readonly carriers: readonly Carrier[];
  /** Whether the words give a sheet by themselves. */
  readonly isMended: boolean;
}

/** `onPart` hears how much of the work is done, from 0 to 1; the last call is 1. */
export function readPictureWords(
  picture: Picture,
  source: string,
  onPart: (part: number) => void = () => undefined,
): PictureWords {
  const words = readPhotoWords(picture, onPart);
  onPart(1);
  if (words === null) return { carriers: [], isMended: false };
  const { lines, letterPx, mended } = words;
  const carrier = { kind: "words", source, lines, photo: { letterPx } } as const;
  return mended === null
    ? { carriers: [carrier], isMended: false }
    : { carriers: [{ ...carrier, mended }], isMended: true };
}
