import { expect } from "vitest";
import { testWith } from "../programs.js";
import { run } from "./kill.mjs";

testWith("strace")(
  "what is killed at any moment leaves its output absent or whole, and a part that the next run names",
  async () => {
    const rows = await run({ full: false });
    const names = rows.map(({ name }) => name);
    expect(names).toContain("kill -9 at a system call");
    expect(names).toContain("kill -9 between the files of a set, and without links");
    for (const row of rows) expect(row).toMatchObject({ failed: 0 });
  },
  600_000,
);
