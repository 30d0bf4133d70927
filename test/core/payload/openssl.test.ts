/** The program of FORMAT.md that opens a sealed payload with nothing but OpenSSL 3, exactly as it stands there. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { hasProgram, testWith } from "../../programs.js";
import { VECTORS } from "../vector.js";
import { bytesOfHex, hexOf } from "../vector-record.js";
import { FENCES } from "./format-document.js";

const PROGRAM = FENCES.find(({ words }) => words.join(" ") === "sh openssl")?.text ?? "";

/** Vectors that say what they open to, with a passphrase that is in NFKD as it stands. */
const OPENED = VECTORS.flatMap(({ file, vector }) => {
  if (!("opens" in vector) || "generated" in vector) return [];
  const { payload, passphrase, opens } = vector;
  return passphrase.normalize("NFKD") === passphrase && !/[\r\n]/.test(passphrase)
    ? [{ file, payload, passphrase, opens }]
    : [];
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-openssl-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(payload: string, passphrase: string, shell = "sh") {
  writeFileSync(path.join(folder, "sealed.bin"), bytesOfHex(payload));
  writeFileSync(path.join(folder, "passphrase.txt"), `${passphrase}\n`);
  return spawnSync(shell, ["-c", PROGRAM], { cwd: folder, encoding: "utf8" });
}

describe("OpenSSL alone", () => {
  testWith("openssl")("opens every sealed vector", () => {
    expect(hasProgram("openssl")).toBe(true);
    expect(OPENED.length).toBeGreaterThan(10);
    for (const { file, payload, passphrase, opens } of OPENED) {
      const { stderr, status } = run(payload, passphrase);
      expect({ file, stderr, status }).toEqual({ file, stderr: "", status: 0 });
      expect(hexOf(readFileSync(path.join(folder, "payload.bin"))), file).toBe(opens);
    }
  });

  testWith("openssl")("refuses another passphrase and a changed sheet, and gives nothing", () => {
    const [vector] = OPENED;
    if (vector === undefined) throw new Error("no sealed vector");
    const { payload, passphrase } = vector;
    const changed = `${payload.slice(0, 40)}${payload[40] === "0" ? "1" : "0"}${payload.slice(41)}`;
    for (const [sealed, typed] of [
      [payload, "another"],
      [changed, passphrase],
    ] as const) {
      const { stderr, status } = run(sealed, typed);
      expect(status).toBe(1);
      expect(stderr).toBe("wrong passphrase, or a changed sheet\n");
      expect(existsSync(path.join(folder, "payload.bin"))).toBe(false);
    }
  });
});
