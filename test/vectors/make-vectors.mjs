// @ts-check
/**
 * Makes fixtures/vectors/v1: one file a behaviour of the paper format, read or refused, and in a bad
 * one the layer that must refuse it.
 *
 *     node test/vectors/make-vectors.mjs
 *
 * The same files come out every time; `vectors-v1.test.ts` holds the committed ones to that.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { payloadChoicesRead } from "./payload-choices.mjs";
import { payloadFieldsRefused } from "./payload-fields.mjs";
import { payloadsRead, payloadsRefused } from "./payload-vectors.mjs";
import { qrChoicesRead, qrChoicesRefused } from "./qr-choices.mjs";
import { qrRead, qrRefused } from "./qr-vectors.mjs";
import { sealsRead, sealsRefused } from "./seal-vectors.mjs";
import { sharesRead, sharesRefused } from "./shares-vectors.mjs";
import { wordsChoicesRead, wordsChoicesRefused } from "./words-choices.mjs";
import { wordsRead, wordsRefused } from "./words-vectors.mjs";

/**
 * File name to text, in the order of the names.
 * @returns {Map<string, string>}
 */
export function makeVectors() {
  const vectors = {
    ...payloadsRead(),
    ...payloadChoicesRead(),
    ...payloadsRefused(),
    ...payloadFieldsRefused(),
    ...wordsRead(),
    ...wordsChoicesRead(),
    ...wordsRefused(),
    ...wordsChoicesRefused(),
    ...qrRead(),
    ...qrChoicesRead(),
    ...qrRefused(),
    ...qrChoicesRefused(),
    ...sealsRead(),
    ...sealsRefused(),
    ...sharesRead(),
    ...sharesRefused(),
  };
  const files = new Map(
    Object.entries(vectors).map(([name, vector]) => [
      `${name}.json`,
      `${JSON.stringify(vector, null, 1)}\n`,
    ]),
  );
  return new Map([...files.keys()].sort().map((name) => [name, files.get(name) ?? ""]));
}

const FOLDER = fileURLToPath(new URL("../../fixtures/vectors/v1/", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) rmSync(`${FOLDER}${name}`);
  for (const [name, text] of makeVectors()) writeFileSync(`${FOLDER}${name}`, text);
}
