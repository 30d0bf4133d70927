/** A key that goes in: its file, its parts. */
import { listed } from "../../core/listed.js";
import type { ForeignKind } from "../../core/problem.js";
import { EXIT } from "../exit-codes.js";
import { counted, type Wording } from "../message.js";

const FOREIGN_KINDS: Readonly<Record<ForeignKind, string>> = {
  json: "JSON of another program",
  rtf: "a document of a word processor (RTF)",
  markup: "a web page or XML",
};

export const KEY = {
  "key-file-unrecognised": {
    exitCode: EXIT.keyFile,
    say: ({ source }) => ({
      fact: `${source}: this is no key file that keysheet knows.`,
      next: "It reads two lines (key, then private key), variables as KRAKEN_API_KEY=..., settings and JSON of programs, PEM, addresses, and its own JSON: keysheet help files. Give --provider NAME where the names do not say whose key it is, --as-file to keep the file as it is, or leave out --from and paste the parts when asked.",
    }),
  },
  "key-file-empty": {
    exitCode: EXIT.keyFile,
    say: ({ source }) => ({
      fact: `${source}: the key file is empty.`,
      next: "Give the file that holds the key, or leave out --from and paste the parts when asked.",
    }),
  },
  "key-file-not-utf8": {
    exitCode: EXIT.keyFile,
    say: ({ line, source }) => ({
      fact: `${source}: the key file is no text in UTF-8 (line ${String(line)}).`,
      next: "Save it as UTF-8 in your editor and try again.",
    }),
  },
  "key-file-json": {
    exitCode: EXIT.keyFile,
    say: ({ place, source }) => ({
      fact: `${source}: the JSON is malformed${place === "" ? "" : ` at ${place}`}.`,
      next: 'Its form is {"keysheet": 1, "provider": "kraken-spot", "fields": [["key", "...", false], ["secret", "...", true]]}.',
    }),
  },
  "keys-several": {
    exitCode: EXIT.keyFile,
    say: (problem) => {
      const places = problem.seen.map(({ line, name }) =>
        name === null ? `line ${String(line)}` : `${name} in line ${String(line)}`,
      );
      return {
        fact: `${problem.source}: the file holds more than one key, or parts of several${places.length === 0 ? "" : `: ${listed(places)}`}.`,
        next: "One sheet holds one key: put each key in a file of its own, both of its parts and nothing of another, and make a sheet of each.",
      };
    },
  },
  "keys-unchosen": {
    exitCode: EXIT.keyFile,
    say: ({ source, seen, providers }) => {
      const places = seen.map(({ line, name }) =>
        line === null ? name : `${name} in line ${String(line)}`,
      );
      const isOne = providers.length < 2;
      return {
        fact: `${source}: the file holds several whole keys: ${listed(places)}.`,
        next: isOne
          ? "One sheet holds one key: put the one that you want into a file of its own, and make a sheet of each."
          : `One sheet holds one key: say which with --provider, as --provider ${listed(providers, "or")}.`,
      };
    },
  },
  "key-file-name-twice": {
    exitCode: EXIT.keyFile,
    say: ({ source }) => ({
      fact: `${source}: an object in the JSON has one name twice, so that nobody can tell which value is meant.`,
      next: "Take out the one that is old, and try again.",
    }),
  },
  "key-file-foreign": {
    exitCode: EXIT.keyFile,
    say: ({ kind, source }) => ({
      fact: `${source}: this is ${FOREIGN_KINDS[kind]}, and no form of a key that keysheet reads.`,
      next: "Put the two parts of the key alone into a plain text file, the key on one line and the private key on the next, or give --provider NAME where the names do not say whose key it is. --as-file keeps the file as it is; without --from you paste the parts when asked.",
    }),
  },
  "key-file-sheet": {
    exitCode: EXIT.keyFile,
    say: ({ source }) => ({
      fact: `${source}: this is a sheet of keysheet already, not a key to make one of.`,
      next: "To print it again, take the key from it first: keysheet restore FILE --out kraken.key",
    }),
  },
  "key-code-missing": {
    exitCode: EXIT.keyFile,
    say: ({ source }) => ({
      fact: `${source}: no code of a key was found in the picture.`,
      next: "Photograph the code that Kraken shows with a new key (kraken://apikey?...), whole and sharp. Or leave out --from and paste the two parts when asked.",
    }),
  },
  "field-missing": {
    exitCode: EXIT.keyFile,
    say: ({ field, source }) => ({
      fact: `${source}: the ${field} is missing.`,
      next: "Add it to the file, or leave out --from and paste the parts when asked.",
    }),
  },
  "field-escape": {
    exitCode: EXIT.keyFile,
    say: ({ field, source }) => ({
      fact: `${source}: a percent sign in the ${field} begins no valid escape.`,
      next: "Copy the address again; it is either escaped throughout or not at all.",
    }),
  },
  "fields-swapped": {
    exitCode: EXIT.keyFile,
    say: ({ fields, source }) => ({
      fact: `${source}: the ${listed(fields)} are in swapped order.`,
      next: "Put the API key (56 characters) first and the private key (88 characters) second.",
    }),
  },
  "field-length": {
    exitCode: EXIT.keyFile,
    say: ({ expected, field, length, source }) => ({
      fact: `${source}: the ${field} has ${counted(length, "character")}; it should have ${listed(expected, "or")}.`,
      next: "Copy it again, from its first character to its last. A key of another provider goes in with --provider NAME: keysheet providers.",
    }),
  },
  "field-character": {
    exitCode: EXIT.keyFile,
    say: ({ field, positions, source }) => ({
      fact: `${source}: the ${field} has ${positions.length === 1 ? "a character" : "characters"} that no key has, at ${positions.length === 1 ? "position" : "positions"} ${listed(positions)}.`,
      next: "Copy it again; a key has only letters without accents, digits, + and /, and = at its end.",
    }),
  },
  "field-shape": {
    exitCode: EXIT.keyFile,
    say: ({ field, source }) => ({
      fact: `${source}: the ${field} does not look like one: its beginning or its characters are others.`,
      next: "Copy it again, from its first character to its last; keysheet providers says what each provider's key looks like.",
    }),
  },
  "field-last-character": {
    exitCode: EXIT.keyFile,
    say: ({ allowed, field, source }) => ({
      fact: `${source}: the ${field} cannot be right: its last character before the = signs has to be one of ${listed(Array.from(allowed), "or")}.`,
      next: "A character was lost or mistyped: copy it again.",
    }),
  },
  "form-unfit": {
    exitCode: EXIT.usage,
    say: ({ form }) => ({
      fact: `This key does not fit the form ${form}.`,
      next: "Use --to json, which holds any key, or leave out --to: then it is as the provider gives it.",
    }),
  },
  "payload-too-long": {
    exitCode: EXIT.keyFile,
    say: ({ length, limit }) => ({
      fact: `The key is too long for paper: ${counted(length, "byte")}, at most ${String(limit)}.`,
      next: "Keep it in an encrypted file, and make a sheet of that file's passphrase.",
    }),
  },
  "day-out-of-range": {
    exitCode: EXIT.usage,
    say: ({ first, last }) => ({
      fact: `The day is outside of what a sheet can hold (${first} to ${last}).`,
      next: "Give the day with --date YYYY-MM-DD; this machine's clock may be wrong.",
    }),
  },
} satisfies Partial<Wording>;
