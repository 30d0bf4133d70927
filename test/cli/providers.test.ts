/** Keys of other providers than Kraken, from the files where people have them and back into them. */
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fieldText } from "../../src/core/record/key-record.js";
import { type ProviderId, PROVIDERS } from "../../src/core/record/providers.js";
import { keysOf, runsOf } from "../core/record/sample-keys.js";
import { onTerminal, Story } from "./story.js";
import { testWith } from "../programs.js";

let story: Story;

beforeEach(() => {
  story = new Story();
});

afterEach(() => {
  story.end();
});

function textsOf(id: ProviderId): readonly string[] {
  const [record] = fc.sample(keysOf(id), { ...runsOf(id), numRuns: 1 });
  return record?.fields.map(fieldText) ?? [];
}

const [binanceKey = "", binanceSecret = ""] = textsOf("binance");
const [okxKey = "", okxSecret = ""] = textsOf("okx");
const BINANCE = `BINANCE_API_KEY="${binanceKey}"\nBINANCE_API_SECRET="${binanceSecret}"\n`;
const OKX = `OKX_API_KEY="${okxKey}"\nOKX_SECRET_KEY="${okxSecret}"\nOKX_PASSPHRASE="not real"\n`;

describe("a key of another provider", () => {
  test("from variables is a sheet, the same variables, and freqtrade's settings", async () => {
    writeFileSync(story.path(".env"), BINANCE);
    const made = await story.tell(["make", "--from", ".env"]);
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toContain("provider      Binance");
    const shown = await story.tell(["restore", "sheet.pdf", "--show"]);
    expect(shown.stdout).toBe(BINANCE);
    const told = await story.tell([
      ...["restore", "sheet.pdf", "--to", "freqtrade", "--out", "b.json"],
    ]);
    expect(told.stdout).toContain("another --config");
    const same = await story.tell(["verify", "sheet.pdf", "--against", "b.json"]);
    expect(same.exitCode).toBe(0);
    expect(same.stdout).toMatch(/API key +the same\n +secret key +the same/);
  });

  test("is chosen among several; without a choice they are named, and nothing is shown", async () => {
    writeFileSync(story.path(".env"), BINANCE + OKX);
    const refused = await story.tell(["make", "--from", ".env"]);
    expect(refused.exitCode).toBe(65);
    expect(refused.said.replace(/\s+/g, " ")).toContain(
      "say which with --provider, as --provider binance or okx.",
    );
    for (const text of [binanceKey, binanceSecret, okxKey, okxSecret, "not real"]) {
      expect(refused.said).not.toContain(text);
    }
    const made = await story.tell(["make", "--from", ".env", "--provider", "OKX"]);
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toContain("--against .env --provider okx");
    const shown = await story.tell(["restore", "sheet.pdf", "--show"]);
    expect(shown.stdout).toBe(OKX);
    const same = await story.tell([
      "verify",
      "sheet.pdf",
      "--against",
      ".env",
      "--provider",
      "okx",
    ]);
    expect(same.exitCode).toBe(0);
  });

  test("in UTF-16, as PowerShell writes files, is read", async () => {
    const wide = Buffer.from(`\uFEFF${BINANCE.replaceAll("\n", "\r\n")}`, "utf16le");
    writeFileSync(story.path("keys.txt"), wide);
    const made = await story.tell(["make", "--from", "keys.txt"]);
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toContain("provider      Binance");
  });

  test("that is not in the table has the parts that are named, and its title on the sheet", async () => {
    writeFileSync(story.path("bank.env"), "ID=abc-1\nTOKEN=zz99-secret\nPORT=80\n");
    const asked = await story.tell(["make", "--from", "bank.env", "--provider", "My bank"]);
    expect(asked.exitCode).toBe(64);
    expect(asked.said).toContain("--field NAME or --secret-field NAME");
    const parts = ["--provider", "My bank", "--field", "ID", "--secret-field", "TOKEN"];
    const made = await story.tell(["make", "--from", "bank.env", ...parts]);
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toContain("provider      My bank");
    const shown = await story.tell(["restore", "sheet.pdf", "--show"]);
    expect(shown.stdout).toMatch(
      /"fields":\[\["ID","abc-1",false\],\["TOKEN","zz99-secret",true\]\]/,
    );
    const same = await story.tell([
      "verify",
      "sheet.pdf",
      "--against",
      "bank.env",
      ...parts.slice(2),
    ]);
    expect(same.exitCode).toBe(0);
  });

  testWith("script")("is asked for part by part, hidden, by the row of its provider", async () => {
    const [key = "", secret = ""] = textsOf("binance");
    const told = await onTerminal(
      story,
      ["make", "--provider", "binance"],
      [
        ["API key (64 characters): ", `${key.slice(1)}\r`],
        ["API key (64 characters): ", `${key}\r`],
        ["Secret key (64 characters): ", `BINANCE_SECRET=${secret}\r`],
      ],
    );
    expect(told.exitCode, told.said).toBe(0);
    expect(told.said).toContain("63 characters; it should have 64");
    expect(told.said.replace(/\s+/g, " ")).toContain("with a name and = in front");
    expect(told.said).not.toContain(key.slice(1, 40));
    expect(told.said).not.toContain(secret.slice(0, 40));
    const shown = await story.tell(["restore", "sheet.pdf", "--show"]);
    expect(shown.stdout).toBe(BINANCE);
  });
});

describe("a file that is kept as it is", () => {
  const [, pem = ""] = textsOf("coinbase-cdp");

  test("a private key comes back as the same bytes, and its name is told", async () => {
    writeFileSync(story.path("ec.pem"), pem);
    expect((await story.tell(["make", "--from", "ec.pem"])).exitCode).toBe(0);
    const told = await story.tell(["restore", "sheet.pdf", "--out", "again.pem"]);
    expect(told.stdout).toMatch(/file +ec\.pem/);
    expect(story.read("again.pem").toString()).toBe(pem);
    const same = await story.tell(["verify", "sheet.pdf", "--against", "again.pem"]);
    expect(same.exitCode).toBe(0);
  });

  test("any bytes come back when that is asked for", async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    writeFileSync(story.path("key.bin"), bytes);
    const refused = await story.tell(["make", "--from", "key.bin"]);
    expect(refused.exitCode).toBe(65);
    expect((await story.tell(["make", "--from", "key.bin", "--as-file"])).exitCode).toBe(0);
    await story.tell(["restore", "sheet.pdf", "--out", "again.bin"]);
    expect(story.read("again.bin").equals(bytes)).toBe(true);
  });

  test("a file of 10 MB, and one above 4 KB as it is, are refused with what to do", async () => {
    writeFileSync(story.path("big.env"), Buffer.alloc(10_000_000, "x"));
    const large = await story.tell(["make", "--from", "big.env"]);
    expect(large.exitCode).toBe(66);
    expect(large.said).toContain("it is larger than 256 KB");
    writeFileSync(story.path("long.txt"), "x".repeat(4097));
    const long = await story.tell(["make", "--from", "long.txt", "--as-file"]);
    expect(long.exitCode).toBe(65);
    expect(long.said).toContain("too long for paper");
  });
});

describe("keysheet providers", () => {
  test("lists all of them, with what a backup does not hold and how to revoke", async () => {
    const { stdout, exitCode } = await story.tell(["providers"]);
    expect(exitCode).toBe(0);
    const flat = stdout.replace(/\s+/g, " ");
    for (const { title, id } of PROVIDERS) expect(flat).toContain(`${title} (--provider ${id})`);
    expect(stdout.match(/to revoke it/g)).toHaveLength(PROVIDERS.length);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("tells one of them as JSON", async () => {
    const { stdout } = await story.tell(["providers", "--provider", "aws", "--json"]);
    const { providers } = JSON.parse(stdout) as {
      providers: { id: string; variables: string[] }[];
    };
    expect(providers.map(({ id }) => id)).toEqual(["aws"]);
    expect(providers[0]?.variables).toEqual(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
  });
});
