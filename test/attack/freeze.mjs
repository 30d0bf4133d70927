// @ts-check
/**
 * Small inputs that mean much work: texts of words that are of no sheet, pictures of what looks like
 * codes, files that never end. Each is answered by the real command within bounded time and memory.
 *
 * A limit of seconds counts those of the processor, which do not depend on what else the machine does;
 * what waits for input is judged by the clock.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodeWords } from "../../dist/core/words/words.js";
import { LISTS, listWords } from "../../dist/core/words/word-lists.js";
import { seededRandom } from "../seeded-random.mjs";
import { runCommand, Sandbox } from "./command.mjs";
import { FORMATS, freezePicture, KINDS, LIMIT_MB, LIMIT_SECONDS } from "./freeze-pictures.mjs";

/** @typedef {import("./command.mjs").Row} Row */

/** Of no sheet, a sheet that cannot be read, bad usage, a bad key, a file that cannot be read. */
const EXIT_CODES = [1, 64, 65, 66];
/** A run that takes longer by the clock is killed: many times what any may take. */
const KILL_MS = 180_000;

/**
 * @typedef {object} Frozen
 * @property {string} name
 * @property {Readonly<Record<string, string | Uint8Array>>} files by name; all of them are given
 * @property {readonly string[]} [args] instead of restore with every file
 * @property {number} seconds
 * @property {number} megabytes
 * @property {readonly number[]} [exitCodes] where others are right
 * @property {RegExp} [says] what has to be in what it prints
 */

const ENGLISH = /** @type {import("../../dist/core/words/word-lists.js").ListRow} */ (LISTS[0]);
const WORDS = listWords(ENGLISH);
const TEXT = { seconds: 5, megabytes: 300 };

/** @param {(limit: number) => number} random @param {number} count */
function wordsOf(random, count, words = WORDS) {
  return Array.from({ length: count }, () => /** @type {string} */ (words[random(words.length)]));
}

/** @param {readonly string[]} words */
function inRows(words) {
  return words.map((word, index) => `${word}${index % 6 === 5 ? "\n" : " "}`).join("");
}

/**
 * The words of a sheet of so many bytes, of which more are other words than can be mended.
 *
 * @param {number} lengthBytes
 * @param {(limit: number) => number} random
 * @param {number} wrong
 */
function wornSheet(lengthBytes, random, wrong) {
  // The first two bytes of a sealed payload: version and kind, and what its key costs.
  const bytes = [0x11, 17, ...Array.from({ length: lengthBytes - 2 }, () => random(256))];
  const symbols = [...(encodeWords(Uint8Array.from(bytes), 0, "standard") ?? [])];
  const words = symbols.map((symbol) => /** @type {string} */ (WORDS[symbol]));
  for (let count = 0; count < wrong; count++) {
    words[random(words.length)] = /** @type {string} */ (WORDS[random(WORDS.length)]);
  }
  return inRows(words);
}

const GOOD_SHEET = new URL("../../fixtures/pictures/standard-a4.png", import.meta.url);

/** The rows that once froze it, each for its kind. @returns {readonly Frozen[]} */
export function texts() {
  const random = seededRandom("freeze");
  const letters = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => String.fromCharCode(97 + random(26))).join(" ");
  const licence = readFileSync(fileURLToPath(new URL("../../LICENSE", import.meta.url)), "utf8");
  const users = Array.from(
    { length: 40 },
    (_, index) => `user${String(index)}:x:${String(index)}:100:Some One:/home/user:/bin/sh`,
  );
  const text = (/** @type {string} */ content) => ({ "a.txt": content });
  return [
    { name: "one word of the list 2,000 times", files: text("abandon ".repeat(2000)), ...TEXT },
    {
      name: "the same, beside a good sheet",
      files: { ...text("abandon ".repeat(2000)), "b.png": readFileSync(GOOD_SHEET) },
      ...TEXT,
      exitCodes: [0],
      says: /^Confirmed/m,
    },
    { name: "600 words of no sheet", files: text(wordsOf(random, 600).join(" ")), ...TEXT },
    { name: "2,046 words of no sheet", files: text(wordsOf(random, 2046).join(" ")), ...TEXT },
    ...[4000, 20_000, 200_000].map((count) => ({
      name: `two texts of ${count.toLocaleString("en")} words`,
      files: {
        "a.txt": wordsOf(random, count).join(" "),
        "b.txt": wordsOf(random, count).join(" "),
      },
      ...TEXT,
    })),
    {
      name: "2,000 single letters",
      files: text(letters(2000)),
      ...TEXT,
      says: /no words of a sheet/,
    },
    { name: "600 single letters", files: text(letters(600)), ...TEXT, says: /no words of a sheet/ },
    {
      name: "a list of users",
      files: text(users.join("\n")),
      ...TEXT,
      says: /no words of a sheet/,
    },
    { name: "a licence", files: text(licence.repeat(30)), ...TEXT, says: /no words of a sheet/ },
    ...[1300, 2396].map((length) => ({
      name: `a sheet of ${String(length)} bytes with more wrong words than can be mended`,
      files: text(wornSheet(length, random, 400)),
      ...{ seconds: 20, megabytes: 300 },
      says: /keysheet help typing/,
    })),
  ];
}

/** Words that prose of eight languages has most of; which text they make means nothing. */
const PROSE = {
  english: "the of and to in is that it was for on are as with his they at be this have from",
  german: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch",
  french: "le la les de des et un une dans que qui pour sur est avec plus par ne pas au ce il",
  spanish: "de la que el en y a los se del las un por con no una su para es al lo como más",
  italian: "di e il la che in un a per è una sono del con non si da come le dei nel alla più",
  portuguese: "de a o que e do da em um para com não uma os no se na por mais as dos como mas",
  czech: "a se v na je že o s z do i to k ve pro za by ale si po jako podle od jsem tak",
  dutch: "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar",
};

/** @type {Readonly<Record<string, (random: (limit: number) => number) => string>>} */
const TEXT_KINDS = {
  "one to five words repeated": (random) => {
    const few = wordsOf(random, 1 + random(5));
    return Array.from({ length: 24 + random(4000) }, () => few[random(few.length)]).join(" ");
  },
  "one to five words in turn, in rows": (random) => {
    const few = wordsOf(random, 1 + random(5));
    const count = 24 + random(2100);
    return inRows(Array.from({ length: count }, (_, index) => few[index % few.length] ?? ""));
  },
  "words of two lists": (random) => {
    const [a, b] = [
      listWords(LISTS[random(10)] ?? ENGLISH),
      listWords(LISTS[random(10)] ?? ENGLISH),
    ];
    const count = 24 + random(2100);
    return Array.from({ length: count }, () => wordsOf(random, 1, random(2) ? a : b)[0]).join(" ");
  },
  "words of no sheet, by row numbers": (random) =>
    Array.from(
      { length: 4 + random(400) },
      (_, row) =>
        `${String(random(4) ? row + 1 : random(500))} ${wordsOf(random, 4 + random(5)).join(" ")}`,
    ).join("\n"),
  "words a letter of which is another": (random) =>
    wordsOf(random, 24 + random(2100))
      .map((word) => {
        const place = random(word.length);
        return word.slice(0, place) + String.fromCharCode(97 + random(26)) + word.slice(place + 1);
      })
      .join(" "),
  "words without a blank between some": (random) =>
    wordsOf(random, 24 + random(2100))
      .map((word) => word + (random(3) ? " " : ""))
      .join(""),
  "prose of a language": (random) => {
    const languages = Object.values(PROSE);
    const common = (languages[random(languages.length)] ?? "").split(" ");
    return wordsOf(random, 50 + random(5000), common).join(" ");
  },
  "prose with words of the list": (random) => {
    const common = PROSE.english.split(" ");
    const part = 1 + random(9);
    return Array.from({ length: 50 + random(5000) }, () =>
      wordsOf(random, 1, random(10) < part ? WORDS : common).join(""),
    ).join(" ");
  },
  letters: (random) =>
    Array.from({ length: 24 + random(8000) }, () =>
      String.fromCharCode(97 + random(random(2) ? 26 : 4)),
    ).join(random(2) ? " " : "\n"),
  digits: (random) =>
    Array.from({ length: 24 + random(8000) }, () => String(random(10 ** (1 + random(6))))).join(
      " ",
    ),
  "a table": (random) =>
    Array.from({ length: 10 + random(2000) }, (_, row) =>
      [String(row), wordsOf(random, 1)[0], String(random(1000)), wordsOf(random, 1)[0]].join(","),
    ).join("\n"),
  "marks of what cannot be read": (random) =>
    Array.from({ length: 24 + random(2100) }, () =>
      random(3) ? "?" : random(2) ? "-" : wordsOf(random, 1)[0],
    ).join(" "),
  "a worn sheet of many words": (random) => wornSheet(50 + random(2300), random, 100 + random(600)),
};

const PICTURE = { seconds: LIMIT_SECONDS, megabytes: LIMIT_MB };
/** Of variations one in so many is a picture. */
const PICTURES_IN = 5;
/** The long side of such a picture in pixels: from a small one to a scan's. */
const SIDES = { least: 300, most: 2500 };

/** A seeded picture of a kind, in a format. @param {number} index @returns {Promise<Frozen>} */
async function picture(index) {
  const random = seededRandom(`freeze ${String(index)}`);
  const kinds = Object.keys(KINDS);
  const formats = /** @type {import("./freeze-pictures.mjs").Format[]} */ (Object.keys(FORMATS));
  const kind = kinds[random(kinds.length)] ?? "";
  const format = formats[random(formats.length)] ?? "png";
  const side = SIDES.least + random(SIDES.most - SIDES.least);
  const { bytes } = await freezePicture(kind, format, String(index), side);
  const name = `${String(index)}: ${kind} as ${format}, ${String(side)} px a side`;
  // Its tiles have a sheet's code, which may be read: then it is no attack but a sheet.
  const exitCodes = format === "heic" ? [0, ...EXIT_CODES] : EXIT_CODES;
  return { name, files: { picture: bytes }, ...PICTURE, exitCodes };
}

/** A seeded variation: one text, two of one kind, or a picture. @param {number} index */
export function variation(index) {
  return index % PICTURES_IN === PICTURES_IN - 1 ? picture(index) : textOf(index);
}

/** @param {number} index @returns {Frozen} */
function textOf(index) {
  const random = seededRandom(`freeze ${String(index)}`);
  const kinds = Object.entries(TEXT_KINDS);
  const [name, make] = /** @type {(typeof kinds)[number]} */ (kinds[index % kinds.length]);
  const isDouble = random(4) === 0;
  const files = { "a.txt": make(random), ...(isDouble ? { "b.txt": make(random) } : {}) };
  const label = `${String(index)}: ${name}${isDouble ? ", two texts" : ""}`;
  return { name: label, files, ...TEXT };
}

/**
 * Gives what was wrong, "" for nothing, with the figures of the run.
 *
 * @param {Frozen} frozen
 */
export async function freeze({ files, args, seconds, megabytes, exitCodes = EXIT_CODES, says }) {
  const sandbox = new Sandbox();
  try {
    const paths = Object.entries(files).map(([name, content]) => sandbox.write(name, content));
    const command = args ?? ["restore", ...paths];
    const ran = await runCommand(sandbox, command, { isMeasured: true, limitMs: KILL_MS });
    const printed = ran.stdout + ran.stderr;
    const busySeconds = ran.busySeconds ?? Infinity;
    const peakMb = ran.peakMb ?? Infinity;
    const isExpected = exitCodes.includes(ran.exitCode ?? -1);
    const faults = [
      ...(isExpected ? [] : [`exit code ${String(ran.exitCode)}`]),
      ...(busySeconds <= seconds ? [] : [`${busySeconds.toFixed(1)} s of ${String(seconds)}`]),
      ...(peakMb <= megabytes ? [] : [`${peakMb.toFixed(0)} MB of ${String(megabytes)}`]),
      ...(says === undefined || says.test(printed.replace(/\s+/g, " ")) ? [] : ["other words"]),
      ...(/^\s+at /m.test(printed) ? ["a stack"] : []),
    ];
    return { fault: faults.join(", "), busySeconds, peakMb, printed };
  } finally {
    sandbox.end();
  }
}

/**
 * @param {string} name
 * @param {readonly (() => Frozen | Promise<Frozen>)[]} inputs
 * @returns {Promise<Row>}
 */
export async function attack(name, inputs) {
  const started = performance.now();
  let failed = 0;
  let [mostSeconds, mostMb] = [0, 0];
  const waiting = [...inputs];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const frozen = await next();
      const { fault, busySeconds, peakMb } = await freeze(frozen);
      mostSeconds = Math.max(mostSeconds, busySeconds);
      mostMb = Math.max(mostMb, peakMb);
      if (fault === "") continue;
      failed += 1;
      process.stderr.write(`${frozen.name}: ${fault}\n`);
    }
  };
  await Promise.all([work(), work()]);
  return {
    name,
    tried: inputs.length,
    failed,
    seconds: (performance.now() - started) / 1000,
    note: `at most ${mostSeconds.toFixed(1)} s, ${mostMb.toFixed(0)} MB`,
  };
}

const VARIATIONS = 2000;
const VARIATIONS_QUICK = 20;

/**
 * @param {{ full: boolean, inputs?: number, areKinds?: boolean }} options `areKinds`: those that each stand
 * for a kind are tried, too
 * @returns {Promise<Row[]>}
 */
export async function run({ full, inputs, areKinds = true }) {
  const count = inputs ?? (full ? VARIATIONS : VARIATIONS_QUICK);
  return [
    ...(areKinds
      ? [
          await attack(
            "freeze: texts, each for its kind",
            texts().map((frozen) => () => frozen),
          ),
        ]
      : []),
    await attack(
      "freeze: texts and pictures, varied",
      Array.from({ length: count }, (_, index) => () => variation(index)),
    ),
  ];
}
