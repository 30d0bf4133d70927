/** With --json standard output has one object and standard error nothing, however a command ends. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ENGLISH, listWords } from "../../src/core/words/word-lists.js";
import { seededRandom } from "../seeded-random.mjs";
import { Story, type Told, type TellOptions } from "./story.js";

const WORDS = listWords(ENGLISH);

let story: Story;
beforeEach(() => {
  story = new Story();
});
afterEach(() => {
  story.end();
});

async function objectOf(args: readonly string[], options: TellOptions = {}) {
  const told = await story.tell([...args, "--json"], options);
  expect(told.stderr).toBe("");
  return { told, object: JSON.parse(told.stdout) as Record<string, unknown> };
}

/** Words of no sheet, on which it works for seconds. */
function longWork(): string {
  const random = seededRandom("json ends");
  return Array.from({ length: 2046 }, () => WORDS[random(WORDS.length)] ?? "").join(" ");
}

describe("one object", () => {
  test.each([[["--version"]], [["--help"]], [["make", "--help"]], [["help", "protect"]]])(
    "is what %j prints",
    async (args) => {
      const { told, object } = await objectOf(args);
      expect(told.exitCode).toBe(0);
      expect(object.status).toBe("done");
      expect(Object.keys(object)).toHaveLength(2);
    },
  );

  test.each([
    [64, ["restor"]],
    [64, ["restore", "--no-such-option"]],
    [66, ["restore", "nothing.png"]],
    [64, ["make"]],
  ])("is printed with exit code %i", async (exitCode, args) => {
    const { told, object } = await objectOf(args);
    expect(told.exitCode).toBe(exitCode);
    expect(object).toMatchObject({ status: "refused", exitCode });
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "is printed when %s comes in the middle of work, at once",
    async (signal) => {
      const { writeFileSync } = await import("node:fs");
      writeFileSync(story.path("long.txt"), longWork());
      let sent = 0;
      const { told, object } = await objectOf(["restore", "long.txt"], {
        onStart: (child) => {
          setTimeout(() => {
            sent = performance.now();
            child.kill(signal);
          }, 2000);
        },
      });
      expect(performance.now() - sent).toBeLessThan(1000);
      expect(told.exitCode).toBe(130);
      expect(object).toMatchObject({ exitCode: 130, problems: [{ code: "interrupted" }] });
    },
  );

  test("is printed where no further file may be opened", async () => {
    const ends: Told[] = [];
    for (const count of [20, 22, 24, 28]) {
      ends.push(
        await story.tell(["restore", "none.txt", "--json"], {
          shell: `ulimit -n ${String(count)}; exec "$@"`,
        }),
      );
    }
    const failed = ends.filter(({ exitCode }) => exitCode === 70);
    expect(failed.length).toBeGreaterThan(0);
    for (const { stdout, stderr } of ends) {
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toHaveProperty("status");
    }
  });
});
