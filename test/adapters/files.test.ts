import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { spawnSync } from "node:child_process";
import {
  checkOutput,
  createFile,
  findParts,
  readFileBytes,
  readFileHead,
  readStreamBytes,
} from "../../src/adapters/files.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-files-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const BYTES = Buffer.from("some bytes");

describe("a new file", () => {
  test("is whole, readable by its owner alone, and nothing else is left", () => {
    const file = path.join(folder, "a.pdf");
    createFile(file, BYTES);
    expect(readFileSync(file)).toEqual(BYTES);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["a.pdf"]);
  });

  test("is never written over another, nor through a link to nowhere", async () => {
    const file = path.join(folder, "a.pdf");
    writeFileSync(file, "kept");
    expect(() => {
      createFile(file, BYTES);
    }).toThrow("output-exists");
    await expect(checkOutput(file)).rejects.toThrow("output-exists");
    const dangling = path.join(folder, "dangling");
    symlinkSync(path.join(folder, "elsewhere"), dangling);
    expect(() => {
      createFile(dangling, BYTES);
    }).toThrow("output-exists");
    expect(readFileSync(file, "utf8")).toBe("kept");
    expect(readdirSync(folder).sort()).toEqual(["a.pdf", "dangling"]);
  });

  test("is refused where its folder is missing or is no folder", async () => {
    writeFileSync(path.join(folder, "file"), "");
    for (const name of ["missing/a.pdf", "file/a.pdf"]) {
      const file = path.join(folder, name);
      expect(() => {
        createFile(file, BYTES);
      }).toThrow("output-folder-missing");
      await expect(checkOutput(file)).rejects.toThrow("output-folder-missing");
    }
  });
});

describe("a part that a killed process left", () => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const write = (name: string, modified = new Date()) => {
    writeFileSync(path.join(folder, name), "part");
    utimesSync(path.join(folder, name), modified, modified);
    return path.join(folder, name);
  };

  test("is found by its name, and nothing else is", async () => {
    const left = write(`.a.pdf.${String(dead)}.keysheet-part`);
    write(`a.pdf.${String(dead)}.keysheet-part`);
    write(`.a.pdf.${String(dead)}.part`);
    symlinkSync(left, path.join(folder, `.b.pdf.${String(dead)}.keysheet-part`));
    expect(await findParts(folder, new Date())).toEqual([left]);
    expect(await findParts(path.join(folder, "missing"), new Date())).toEqual([]);
  });

  test("is none while another process writes it, but after some minutes whoever has the number", async () => {
    const now = new Date();
    const written = write(`.a.pdf.${String(process.ppid)}.keysheet-part`, now);
    expect(await findParts(folder, now)).toEqual([]);
    for (const minutes of [11, -11]) {
      const later = new Date(now.getTime() + minutes * 60_000);
      expect(await findParts(folder, later)).toEqual([written]);
    }
  });

  test("with our own number is found, stands in no way, and is not touched", async () => {
    const left = write(`.a.pdf.${String(process.pid)}.keysheet-part`);
    expect(await findParts(folder, new Date())).toEqual([left]);
    createFile(path.join(folder, "a.pdf"), BYTES);
    expect(readFileSync(path.join(folder, "a.pdf"))).toEqual(BYTES);
    expect(readdirSync(folder).sort()).toEqual([path.basename(left), "a.pdf"]);
    expect(readFileSync(left, "utf8")).toBe("part");
  });

  test("fits beside a file with the longest name that there can be", () => {
    const name = `${"ä".repeat(125)}.pdf`;
    createFile(path.join(folder, name), BYTES);
    expect(readdirSync(folder)).toEqual([name]);
  });
});

describe("a file that is read", () => {
  test("comes whole, within its limit", async () => {
    const file = path.join(folder, "a");
    writeFileSync(file, BYTES);
    expect(Buffer.from(await readFileBytes(file, "a", 10))).toEqual(BYTES);
    await expect(readFileBytes(file, "a", 9)).rejects.toThrow("file-too-large");
  });

  test("is refused by name when it is missing, empty or a folder", async () => {
    writeFileSync(path.join(folder, "empty"), "");
    await expect(readFileBytes(path.join(folder, "no"), "no", 9)).rejects.toThrow("file-missing");
    await expect(readFileBytes(path.join(folder, "empty"), "e", 9)).rejects.toThrow("file-empty");
    await expect(readFileBytes(folder, "folder", 1e9)).rejects.toMatchObject({
      problems: [{ code: "file-unreadable", source: "folder", reason: "EISDIR" }],
    });
  });

  test("is read to its end though it says that it has none, and to the limit though it grows", async () => {
    expect(Buffer.from(await readFileBytes("/proc/self/status", "s", 1e6)).toString()).toMatch(
      /^Name:[^]+\n$/,
    );
    const file = path.join(folder, "growing");
    writeFileSync(file, BYTES);
    const limit = 200_000;
    const growing = setInterval(() => {
      appendFileSync(file, Buffer.alloc(limit));
    }, 0);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        readFileBytes(file, "g", limit).then(
          ({ length }) => length,
          (error: unknown) => String(error),
        ),
      ),
    );
    clearInterval(growing);
    for (const outcome of outcomes) {
      if (typeof outcome === "number") expect(outcome).toBeLessThanOrEqual(limit);
      else expect(outcome).toContain("file-too-large");
    }
  });

  test.each([1, 100, 65_536, 65_537, 200_000])(
    "of a device comes up to %i bytes",
    async (limit) => {
      await expect(readFileBytes("/dev/zero", "zero", limit)).rejects.toMatchObject({
        problems: [{ code: "file-too-large", source: "zero", limitBytes: limit }],
      });
    },
  );

  test("comes as long as it is at any length about a chunk's, and its head no longer than asked for", async () => {
    const file = path.join(folder, "a");
    for (const length of [1, 65_535, 65_536, 65_537, 131_073]) {
      const bytes = Buffer.alloc(length).map((_, index) => index % 251);
      writeFileSync(file, bytes);
      expect(Buffer.from(await readFileBytes(file, "a", 1e6)).equals(bytes)).toBe(true);
      expect(Buffer.from(await readFileBytes(file, "a", length)).equals(bytes)).toBe(true);
      await expect(readFileBytes(file, "a", length - 1)).rejects.toThrow("file-too-large");
      const head = Buffer.from(await readFileHead(file, 100));
      expect(head.equals(bytes.subarray(0, 100))).toBe(true);
    }
  });

  test("has no head where it is a pipe or a device, which might have to be waited for", async () => {
    spawnSync("mkfifo", [path.join(folder, "pipe")]);
    for (const file of [path.join(folder, "pipe"), "/dev/zero", folder, path.join(folder, "no")]) {
      expect(await readFileHead(file, 10)).toHaveLength(0);
    }
  });

  test("from a stream that breaks off is unreadable", async () => {
    async function* broken() {
      yield await Promise.resolve(Buffer.alloc(10));
      throw Object.assign(new Error("read"), { code: "EIO" });
    }
    await expect(readStreamBytes(broken(), "stdin", 5000)).rejects.toMatchObject({
      problems: [{ code: "file-unreadable", source: "stdin", reason: "EIO" }],
    });
  });

  test("from a stream ends at the limit", async () => {
    async function* endless() {
      for (;;) yield await Promise.resolve(Buffer.alloc(1000));
    }
    await expect(readStreamBytes(endless(), "stdin", 5000)).rejects.toThrow("file-too-large");
  });
});
