/**
 * `readSheetFile` within limits of time and memory: what a short look does not settle is read in a thread
 * of its own, which is ended then. The process stays at hand meanwhile: a signal ends it at once.
 */
import { pictureKind } from "../../photo/files/picture-kind.js";
import { isHeavy } from "../../photo/files/picture-memory.js";
import { packageFile } from "./package-folder.js";
import type { ReadingInput, ReadingNews } from "./reading-thread.js";
import { kindOf } from "../../reading/file-kind.js";
import type { OnWords, ReadFileOptions, SheetFile } from "../../reading/pages.js";
import { readAtOnce } from "../../reading/sheet-file.js";
import { parseSheetText } from "../../reading/sheet-text.js";
import { NODE_PORTS } from "./reading-ports.js";
import { runInThread } from "./thread.js";

/** A hundred scanned pages take half a minute, or more where none of them has a code. */
const LIMIT_SECONDS = 120;
/** Ten times what the words of the longest sheet and all searches on a picture keep. */
const HEAP_LIMIT_MB = 256;
/** A longer text is no sheet's: it is put into tokens where it keeps nothing else waiting. */
const SHORT_TEXT_BYTES = 64 * 1024;
/** Pictures that take much memory, of several that are read at the same time: one after another. */
let heavyBefore: Promise<unknown> = Promise.resolve();
/** Smaller ones may stand in a buffer with others. */
const LARGE_BYTES = 1024 * 1024;

export interface InTimeOptions extends ReadFileOptions {
  readonly limitSeconds?: number;
  /** Whether the bytes are of no more use to the caller: a large file is handed over then, not copied. */
  readonly areBytesHandedOver?: boolean;
}

/**
 * @throws Refusal reading-time, reading-memory, and what `readSheetFile` throws
 */
export async function readSheetFileInTime(
  bytes: Uint8Array,
  source: string,
  { limitSeconds = LIMIT_SECONDS, areBytesHandedOver = false, ...options }: InTimeOptions = {},
): Promise<SheetFile> {
  const found = await atOnce(bytes, source, options);
  if (found !== null) return found;
  const { buffer } = bytes;
  const isLarge = bytes.length >= LARGE_BYTES && buffer instanceof ArrayBuffer;
  const handedOver = areBytesHandedOver && isLarge ? [buffer] : [];
  const read = () => inThread(bytes, source, options, { handedOver, seconds: limitSeconds });
  const picture = pictureKind(bytes);
  if (picture === null || !isHeavy(bytes, picture)) return read();
  const reading = heavyBefore.then(read);
  heavyBefore = reading.catch(() => undefined);
  return reading;
}

/** What takes a moment; null where more has to be done, or it may take long. */
async function atOnce(
  bytes: Uint8Array,
  source: string,
  options: ReadFileOptions,
): Promise<SheetFile | null> {
  const kind = kindOf(bytes);
  if (kind === "text" && bytes.length <= SHORT_TEXT_BYTES) {
    return { carriers: parseSheetText(bytes, source), problems: [] };
  }
  const picture = pictureKind(bytes);
  // Where there are many pages, or decoding takes long; it is done once.
  const isLong = picture === "tiff" || (picture !== null && isHeavy(bytes, picture));
  return kind === "picture" && !isLong ? readAtOnce(bytes, source, NODE_PORTS, options) : null;
}

async function inThread(
  bytes: Uint8Array,
  source: string,
  { onWords, ...options }: ReadFileOptions,
  {
    handedOver,
    seconds,
  }: { readonly handedOver: readonly ArrayBuffer[]; readonly seconds: number },
): Promise<SheetFile> {
  const following = onWords === undefined ? null : new Following(onWords);
  try {
    return await runInThread<ReadingInput, ReadingNews, SheetFile>({
      script: packageFile("dist/adapters/node/reading-thread.js"),
      input: { job: "file", bytes, source, options },
      handedOver,
      source,
      limits: { seconds, heapMb: HEAP_LIMIT_MB },
      onNews: (news) => following?.hear(news),
    });
  } finally {
    await following?.end();
  }
}

/** The news of the thread, told in their order to one who may take a while to listen. */
class Following {
  readonly #onWords: OnWords;
  #onPart: ReturnType<OnWords> | undefined;

  constructor(onWords: OnWords) {
    this.#onWords = onWords;
  }

  hear(news: ReadingNews): void {
    if ("wordsOf" in news) {
      this.#onPart = this.#onWords(news.wordsOf);
      // It is thrown where the end is awaited.
      this.#onPart.catch(() => undefined);
      return;
    }
    void this.#onPart?.then(
      (tell) => {
        tell(news.part);
      },
      () => undefined,
    );
  }

  async end(): Promise<void> {
    (await this.#onPart)?.(1);
  }
}
