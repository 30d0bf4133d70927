/** Files that are read. */
import { EXIT } from "../exit-codes.js";
import { bytesText, counted, type Wording } from "../message.js";
import { reasonText } from "../system-reason.js";

export const INPUT = {
  "file-missing": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: there is no such file.`,
      next: "Check the name and the folder.",
    }),
  },
  "file-unreadable": {
    exitCode: EXIT.unreadable,
    say: ({ reason, source }) => ({
      fact: `${source}: it cannot be read: ${reasonText(reason)}.`,
      next: "Give a file that you may read.",
    }),
  },
  "file-empty": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: it is empty.`,
      next: "Give a file that holds something.",
    }),
  },
  "file-too-large": {
    exitCode: EXIT.unreadable,
    say: ({ limitBytes, source }) => ({
      fact: `${source}: it is larger than ${bytesText(limitBytes)}.`,
      next: "Give a file with nothing else in it than what was asked for, or a smaller picture.",
    }),
  },
  "file-unknown-type": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: it is no picture, PDF or text that keysheet reads.`,
      next: "Give a picture (JPEG, PNG, HEIC, WebP, TIFF, AVIF, GIF, BMP or PNM), a PDF, or a text file in UTF-8.",
    }),
  },
  "file-not-utf8": {
    exitCode: EXIT.unreadable,
    say: ({ line, source }) => ({
      fact: `${source}: it is no text in UTF-8 (line ${String(line)}).`,
      next: "Save it as UTF-8 in your editor and try again.",
    }),
  },
  "image-damaged": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: the picture is damaged or cut off.`,
      next: "Copy it again from the camera or scanner, or take another one.",
    }),
  },
  "picture-cut": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: the picture is cut short; what is there of it was read.`,
      next: "Copy it again from where it came, to have all of it.",
    }),
  },
  "picture-blank": {
    exitCode: EXIT.refused,
    say: ({ source }) => ({
      fact: `${source}: there is nothing in the picture; all of it is of one brightness.`,
      next: "Open it in a viewer. Where you see the sheet there, save it as PNG and give that; else take or scan it again.",
    }),
  },
  "tiff-unread": {
    exitCode: EXIT.unreadable,
    say: ({ source, what }) => ({
      fact: `${source}: a TIFF ${what} is not read by keysheet.`,
      next: "Open it in a viewer of pictures, save it as PNG, and give that.",
    }),
  },
  "image-too-large": {
    exitCode: EXIT.unreadable,
    say: ({ source, form, limitPixels }) => {
      const article = /^[Ai]/.test(form) ? "an" : "a";
      return {
        fact: `${source}: it has more than ${String(Math.floor(limitPixels / 1e6))} megapixels, the most that is read of ${article} ${form}.`,
        next:
          form === "picture"
            ? "Take it again with fewer megapixels, or cut it down to the sheet."
            : "Take it again with fewer megapixels, cut it down to the sheet, or save it as a JPEG that is not progressive.",
      };
    },
  },
  "picture-pages": {
    exitCode: EXIT.unreadable,
    say: ({ limit, pages, source }) => ({
      fact: `${source}: the picture has ${String(pages)} pages; at most ${String(limit)} are read.`,
      next: "Give only the pages of the sheet.",
    }),
  },
  "pdf-damaged": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: the PDF is damaged or cut off.`,
      next: "Copy it again from where it came, or scan the sheet again.",
    }),
  },
  "pdf-locked": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: the PDF is locked with a password.`,
      next: "Save it without a password, or give a picture of the page.",
    }),
  },
  "pdf-pages": {
    exitCode: EXIT.unreadable,
    say: ({ limit, pages, source }) => ({
      fact: `${source}: the PDF has ${String(pages)} pages; at most ${String(limit)} are read.`,
      next: "Give only the pages of the sheet.",
    }),
  },
  "files-many": {
    exitCode: EXIT.unreadable,
    say: ({ limit }) => ({
      fact: `These are more than ${String(limit)} files; no more are read at once.`,
      next: "Give only the pictures, PDFs and texts of the sheet.",
    }),
  },
  "folder-empty": {
    exitCode: EXIT.unreadable,
    say: ({ source }) => ({
      fact: `${source}: nothing in this folder may be of a sheet: no picture, no PDF, no text with words or codes.`,
      next: "Give the folder that they are directly in, or the files themselves. Hidden files and folders in it are not looked at.",
    }),
  },
  "folder-skipped": {
    exitCode: EXIT.unreadable,
    say: ({ count, source }) => ({
      fact: `${source}: ${counted(count, "file")} in this folder ${count === 1 ? "was" : "were"} skipped: no picture, no PDF, no text with words or codes of a sheet.`,
      next: "If one of them is of the sheet, give it by its own name, and keysheet says what is wrong with it.",
    }),
  },
  "reading-time": {
    exitCode: EXIT.unreadable,
    say: ({ limitSeconds, source }) => ({
      fact: `${source}: reading it took more than ${String(limitSeconds)} seconds and was given up.`,
      next: "Give a smaller picture, or one of nothing but the sheet.",
    }),
  },
  "reading-memory": {
    exitCode: EXIT.unreadable,
    say: ({ limitMb, source }) => ({
      fact: `${source}: reading it took more than ${String(limitMb)} MB of memory and was given up.`,
      next: "Give a smaller file, or one of nothing but the sheet.",
    }),
  },
} satisfies Partial<Wording>;
