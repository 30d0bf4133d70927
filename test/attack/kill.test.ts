import { expect } from "vitest";
import { testWith } from "../programs.js";
import { run } from "./kill.mjs";

testWith("strace")(
  "what is killed at any moment leaves its output absent or whole, and a part that the next run names",
  async () => {
    const rows = await run({ full: false });
    expect(rows.map(({ name }) => name)).toContain("kill -9 at a system call");
    for (const row of rows) expect(row).toMatchObject({ failed: 0 });
  },
);
