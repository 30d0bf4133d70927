import { describe, expect, test } from "vitest";
import { refuseSecretArguments } from "../../src/cli/secret-arguments.js";
import { MARKED } from "./story.js";

describe("an argument that is a secret is refused without an echo", () => {
  test.each([
    ["a private key", ["make", "--from", MARKED.secret], "key"],
    ["a private key without its padding", ["make", MARKED.secret.slice(0, -2)], "key"],
    ["a public part", ["restore", MARKED.key], "key"],
    ["a key behind an option", ["make", `--label=${MARKED.secret}`], "key"],
    ["an address", ["make", `kraken://apikey?key=x&secret=y`], "key"],
    ["64 hexadecimal digits", ["make", "--label", "0x" + "ab".repeat(32)], "key"],
    ["three words in one argument", ["restore", "abandon ability able"], "words"],
    ["three words in three arguments", ["restore", "abandon", "ability", "able"], "words"],
    ["three words by their first letters", ["restore", "aban abil able"], "words"],
    ["a label of nothing but list words", ["make", "--label", "abandon ability able"], "words"],
    [
      "a label with a row of a sheet",
      ["make", "--label=my abandon ability able about above absent"],
      "words",
    ],
    ["three Spanish words", ["restore", "ábaco abdomen abeja"], "words"],
    ["the text of a code", ["restore", "keysheet1/1/1/0123"], "code"],
  ])("%s", async (_, args, kind) => {
    await expect(refuseSecretArguments(args)).rejects.toMatchObject({
      problems: [{ code: "argument-secret", kind }],
    });
  });

  test.each([
    ["a common call", ["make", "--from", "kraken.key", "--paper", "letter", "--spare", "long"]],
    ["files named with list words", ["verify", "photo", "--against", "key"]],
    ["a label with three list words in prose", ["make", "--label", "My rather long label"]],
    ["a label with two list words", ["make", "--label", "office bot spare"]],
    ["a long path", ["restore", "/home/alice/Documents/backups/2026/kraken/photos/IMG_1234.jpg"]],
  ])("%s is taken", async (_, args) => {
    await expect(refuseSecretArguments(args)).resolves.toBeUndefined();
  });
});
