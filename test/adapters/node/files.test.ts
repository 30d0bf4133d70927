import {
  appendFileSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
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
  createFiles,
  readFileBytes,
  readFileHead,
  readStreamBytes,
} from "../../../src/adapters/node/files.js";
import { ProvedFile } from "../../../src/media/proved-file.js";
import { findUnfinished } from "../../../src/adapters/node/parts.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keysheet-files-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const BYTES = Buffer.from("some bytes");
/** Read back by a proof that finds nothing wrong. */
const proved = (bytes: Uint8Array) => ProvedFile.proveAtOnce(bytes, () => undefined);
const CONTENT = proved(BYTES);

describe("a new file", () => {
  test("is whole, readable by its owner alone, and nothing else is left", () => {
    const file = path.join(folder, "a.pdf");
    createFile(file, CONTENT);
    expect(readFileSync(file)).toEqual(BYTES);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["a.pdf"]);
  });

  test("is never written over another, nor through a link to nowhere", async () => {
    const file = path.join(folder, "a.pdf");
    writeFileSync(file, "kept");
    expect(() => {
      createFile(file, CONTENT);
    }).toThrow("output-exists");
    await expect(checkOutput(file)).rejects.toThrow("output-exists");
    const dangling = path.join(folder, "dangling");
    symlinkSync(path.join(folder, "elsewhere"), dangling);
    expect(() => {
      createFile(dangling, CONTENT);
    }).toThrow("output-exists");
    expect(readFileSync(file, "utf8")).toBe("kept");
    expect(readdirSync(folder).sort()).toEqual(["a.pdf", "dangling"]);
  });

  test("is refused where its folder is missing or is no folder", async () => {
    writeFileSync(path.join(folder, "file"), "");
    for (const name of ["missing/a.pdf", "file/a.pdf"]) {
      const file = path.join(folder, name);
      expect(() => {
        createFile(file, CONTENT);
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

  const partsIn = async (now: Date) => (await findUnfinished(folder, now)).parts;

  test("is found by its name, and nothing else is", async () => {
    const left = write(`.a.pdf.${String(dead)}.keysheet-part`);
    write(`a.pdf.${String(dead)}.keysheet-part`);
    write(`.a.pdf.${String(dead)}.part`);
    symlinkSync(left, path.join(folder, `.b.pdf.${String(dead)}.keysheet-part`));
    expect(await partsIn(new Date())).toEqual([left]);
    expect((await findUnfinished(path.join(folder, "missing"), new Date())).parts).toEqual([]);
  });

  test("is none while another process writes it, but after some minutes whoever has the number", async () => {
    const now = new Date();
    const written = write(`.a.pdf.${String(process.ppid)}.keysheet-part`, now);
    expect(await partsIn(now)).toEqual([]);
    for (const minutes of [11, -11]) {
      const later = new Date(now.getTime() + minutes * 60_000);
      expect(await partsIn(later)).toEqual([written]);
    }
  });

  test("with our own number is found, stands in no way, and is not touched", async () => {
    const left = write(`.a.pdf.${String(process.pid)}.keysheet-part`);
    expect(await partsIn(new Date())).toEqual([left]);
    createFile(path.join(folder, "a.pdf"), CONTENT);
    expect(readFileSync(path.join(folder, "a.pdf"))).toEqual(BYTES);
    expect(readdirSync(folder).sort()).toEqual([path.basename(left), "a.pdf"]);
    expect(readFileSync(left, "utf8")).toBe("part");
  });

  test("fits beside a file with the longest name that there can be", () => {
    const name = `${"ä".repeat(125)}.pdf`;
    createFile(path.join(folder, name), CONTENT);
    expect(readdirSync(folder)).toEqual([name]);
  });
});

describe("files that a killed process did not finish", () => {
  const dead = String(spawnSync(process.execPath, ["--version"]).pid);
  const put = (name: string, content: string | Buffer = BYTES) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const linked = (part: string, name: string) => {
    linkSync(part, path.join(folder, name));
    return path.join(folder, name);
  };
  const shares = () =>
    [1, 2, 3].map((n) => put(`.s-${String(n)}-of-3.pdf.${String(n)}-of-3.${dead}.keysheet-part`));

  test("are those of a set whose last one is not in its place", async () => {
    const parts = shares();
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs: [] });
    const outputs = [1, 2].map((n) => linked(parts[n - 1] ?? "", `s-${String(n)}-of-3.pdf`));
    put("other.pdf");
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs });
    linked(parts[2] ?? "", "s-3-of-3.pdf");
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs: [] });
    unlinkSync(parts[0] ?? "");
    const rest = { parts: parts.slice(1), outputs: [] };
    expect(await findUnfinished(folder, new Date())).toEqual(rest);
  });

  test("are found by what is in them, where there are no links", async () => {
    const parts = shares();
    const outputs = [put("s-1-of-3.pdf"), put("s-2-of-3.pdf", BYTES.subarray(0, 3))];
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs });
    put("s-2-of-3.pdf", "");
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs });
    put("s-2-of-3.pdf");
    put("s-3-of-3.pdf");
    expect(await findUnfinished(folder, new Date())).toEqual({ parts, outputs: [] });
  });

  test("are none that have the name and something else in them", async () => {
    const part = put(`.a.pdf.${dead}.keysheet-part`);
    for (const content of ["soma", `${BYTES.toString()}.`, "another file of somebody"]) {
      put("a.pdf", content);
      expect(await findUnfinished(folder, new Date())).toEqual({ parts: [part], outputs: [] });
    }
    const output = put("a.pdf", "some");
    expect(await findUnfinished(folder, new Date())).toEqual({ parts: [part], outputs: [output] });
  });
});

describe("new files that belong together", () => {
  const files = () =>
    ["a", "b", "c"].map((name) => ({
      file: path.join(folder, name),
      content: proved(Buffer.from(name)),
    }));

  test("are all there, and nothing else", () => {
    createFiles(files());
    expect(readdirSync(folder)).toEqual(["a", "b", "c"]);
    expect(readFileSync(path.join(folder, "b"), "utf8")).toBe("b");
  });

  test.each(["a", "b", "c"])("are none of them where %s is there already", (name) => {
    writeFileSync(path.join(folder, name), "kept");
    expect(() => {
      createFiles(files());
    }).toThrow("output-exists");
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(path.join(folder, name), "utf8")).toBe("kept");
  });

  test.each([0o777, 0o277, 0o077, 0])("have mode 0600 under a umask of %o", (mask) => {
    const before = process.umask(mask);
    try {
      createFiles(files());
    } finally {
      process.umask(before);
    }
    for (const name of ["a", "b", "c"]) {
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    }
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
