import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { hasCreatedFile, stopCreating } from "../../../src/adapters/node/created-files.js";
import { createFile } from "../../../src/adapters/node/files.js";
import { ProvedFile } from "../../../src/media/proved-file.js";

test("a process that is ending creates no file any more", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "keysheet-ending-"));
  try {
    const content = ProvedFile.proveAtOnce(Uint8Array.of(1), () => undefined);
    createFile(path.join(folder, "before"), content);
    expect(hasCreatedFile()).toBe(true);
    stopCreating();
    expect(() => {
      createFile(path.join(folder, "after"), content);
    }).toThrow("interrupted");
    expect(readdirSync(folder)).toEqual(["before"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
