/**
 * A sheet is the same bytes for the same key, day, random bytes and options, whatever changed in the
 * program: printed again years later it is the same paper. The digests are those of keysheet 0.1.0.
 *
 * The modules make every kind in this process, with random bytes that are given; the program as it is
 * installed makes those that take no random bytes.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../../dist/cli/run.js";
import { nodeKdf } from "../../src/adapters/node/scrypt-node.js";
import { seededBytes } from "../seeded-random.mjs";
import { Story } from "./story.js";

const DAY = ["--date", "2026-11-23"];
const KEY = readFileSync("fixtures/keys/kraken-spot.key", "utf8");

interface Kind {
  readonly name: string;
  readonly args: readonly string[];
  readonly digests: readonly string[];
}

const PLAIN: readonly Kind[] = [
  {
    name: "standard",
    args: [],
    digests: ["903b93439984b71dce5fa5adf5335f73f5dfa6d67305e5aee9505222653ab8cd"],
  },
  {
    name: "card",
    args: ["--template", "card"],
    digests: ["90f3d758174e4d24ca83bf676fbe21540434e07d6e0c4e6174a6bf83a453037a"],
  },
  {
    name: "large",
    args: ["--template", "large"],
    digests: ["92240f3041ab807a1309760898bd1b0385765020c5489a429738db119e4e8ece"],
  },
  {
    name: "French, on Letter, with a label in two scripts",
    args: ["--language", "french", "--paper", "letter", "--label", "Café fifty № Вклад ☂"],
    digests: ["98af6885ff33817417416caa8e9ab74eaacf8921205b2c29c085764f7c0d02c0"],
  },
  {
    name: "Czech, for long keeping, two copies",
    args: ["--language", "czech", "--spare", "long", "--copies", "2"],
    digests: ["b9fda26f1714ec10deb22c4510f98add1641b15fa81e2fd92fdd139ddc3ac01f"],
  },
];

const RANDOM: readonly Kind[] = [
  {
    name: "sealed",
    args: ["--passphrase-file", "pass.txt", "--kdf-cost", "14"],
    digests: ["99874997671a77746cec94cf6212f53cfdc9a97b9890fa52167c2574cc677f19"],
  },
  {
    name: "shares",
    args: ["--shares", "2-of-3"],
    digests: [
      "9146a9fdc5a75ea6c57e75a51690277a0e4253356492cf178646c51da87a372f",
      "142ec3e478ed295b8948e2ce0951cca631df60fc106c6f2143d892b5ff30c451",
      "8b9966e4de25bd4701dcc70ed46ea5eea7381cee57ce61e1be67da152637a00a",
    ],
  },
];

const folder = mkdtempSync(path.join(tmpdir(), "keysheet-bytes-"));
writeFileSync(path.join(folder, "pass.txt"), "a passphrase for these sheets\n");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function digestOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Of the files of a name that begins so, in their order. */
function digestsOf(place: string, begin: string): readonly string[] {
  const names = readdirSync(place).filter((name) => name.startsWith(begin));
  return names.sort().map((name) => digestOf(path.join(place, name)));
}

async function makeInProcess(args: readonly string[], name: string): Promise<void> {
  const random = seededBytes("sheet bytes");
  let stderr = "";
  const inFolder = args.map((arg) => (arg === "pass.txt" ? path.join(folder, arg) : arg));
  const out = path.join(folder, `${name}.pdf`);
  const exitCode = await run({
    args: ["make", "--from", "fixtures/keys/kraken-spot.key", ...DAY, "--out", out, ...inFolder],
    env: {},
    // eslint-disable-next-line @typescript-eslint/require-await -- standard input that has ended
    stdin: (async function* () {
      yield new Uint8Array();
    })(),
    isStdinTerminal: false,
    isStdoutTerminal: false,
    stdout: () => undefined,
    stderr: (text) => (stderr += text),
    openTerminal: () => Promise.resolve(null),
    now: () => new Date("2026-11-23T12:00:00Z"),
    random,
    kdf: nodeKdf,
  });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

describe("the same bytes as ever, by the modules", () => {
  test.each([...PLAIN, ...RANDOM])("$name", async ({ name, args, digests }) => {
    await makeInProcess(args, `modules ${name}`);
    expect(digestsOf(folder, `modules ${name}`)).toEqual(digests);
  });
});

describe("the same bytes as ever, by the program", () => {
  test.each(PLAIN)("$name", async ({ args, digests }) => {
    const story = new Story();
    writeFileSync(story.path("some.key"), KEY);
    const told = await story.tell([
      "make",
      "--from",
      "some.key",
      ...DAY,
      "--out",
      "it.pdf",
      ...args,
    ]);
    expect(told).toMatchObject({ exitCode: 0 });
    expect(digestsOf(story.folder, "it")).toEqual(digests);
    story.end();
  });
});
