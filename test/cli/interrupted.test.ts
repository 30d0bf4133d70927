/** "Interrupted" is said, with its exit code, where something was, and nowhere else. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";

/** As work that Node waits for, which a command has left behind. */
const SOMETHING_LEFT = "data:text/javascript,setTimeout(() => undefined, 60_000)";

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sends the signal as soon as something is printed. */
async function signalledAfterAnswer(
  signal: NodeJS.Signals,
  ...args: readonly string[]
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", SOMETHING_LEFT, "dist/cli/main.js", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    timer ??= setTimeout(() => child.kill(signal), 500);
  };
  child.stdout.on("data", (piece) => {
    stdout += String(piece);
    send();
  });
  child.stderr.on("data", (piece) => {
    stderr += String(piece);
    send();
  });
  const [exitCode, endedBy] = (await once(child, "close")) as [
    number | null,
    NodeJS.Signals | null,
  ];
  return { exitCode, signal: endedBy, stdout, stderr };
}

describe("a signal to a command that has said all", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it as it was", async (signal) => {
    const told = await signalledAfterAnswer(signal, "--version");
    expect(told).toMatchObject({ exitCode: 0, signal: null, stderr: "" });
    expect(told.stdout).toMatch(/^keysheet \d/);
  });

  test("leaves a refusal its own exit code, also as JSON", async () => {
    const told = await signalledAfterAnswer("SIGINT", "restore", "no-such-file.png");
    expect(told.exitCode).toBe(66);
    expect(told.stderr).not.toMatch(/interrupted/i);
    const json = await signalledAfterAnswer("SIGINT", "restore", "no-such-file.png", "--json");
    expect(json.exitCode).toBe(66);
    expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 66 });
  });
});
