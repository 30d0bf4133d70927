import { expect } from "vitest";
import { testWith } from "../programs.js";
import { run } from "./network.mjs";

testWith("strace")(
  "no command reaches for a network, and a control that does is seen",
  async () => {
    const [row] = await run();
    expect(row).toMatchObject({ failed: 0 });
  },
);
