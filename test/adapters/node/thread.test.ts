/** Threads of the built program, with small programs of their own that misbehave. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { runInThread } from "../../../src/adapters/node/thread.js";
import { isNativeWorkRunning } from "../../../src/adapters/node/native-work.js";
import { Refusal } from "../../../src/core/problem.js";

function scriptOf(program: string): URL {
  return new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from "node:worker_threads";\n${program}`)}`,
  );
}

function run(program: string, { seconds = 20, heapMb = 64 } = {}): Promise<unknown> {
  const script = scriptOf(program);
  return runInThread({ script, input: 7, source: "a.txt", limits: { seconds, heapMb } });
}

async function refusalOf(answer: Promise<unknown>) {
  const reason: unknown = await answer.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof Refusal)) throw new Error("not refused");
  return reason.problems;
}

test("a thread that answers is heard, and what it keeps until then", async () => {
  const news: unknown[] = [];
  const answer = await runInThread({
    script: scriptOf(`
      parentPort.postMessage({ status: "news", news: 1 });
      parentPort.postMessage({ status: "done", answer: workerData + 1 });`),
    input: 7,
    source: "a.txt",
    limits: { seconds: 20, heapMb: 64 },
    onNews: (each) => news.push(each),
  });
  expect(answer).toBe(8);
  expect(news).toEqual([1]);
  expect(isNativeWorkRunning()).toBe(false);
});

test("what takes too much memory is refused, and the process goes on", async () => {
  const grown = "const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));";
  expect(await refusalOf(run(grown))).toEqual([
    { code: "reading-memory", source: "a.txt", limitMb: 64 },
  ]);
});

test("what takes too long is refused where it stands", async () => {
  const started = performance.now();
  expect(await refusalOf(run("for (;;) {}", { seconds: 0.5 }))).toEqual([
    { code: "reading-time", source: "a.txt", limitSeconds: 0.5 },
  ]);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(isNativeWorkRunning()).toBe(false);
});

test("a refusal of the thread is the caller's, and any other error ends it", async () => {
  const refused = `parentPort.postMessage({ status: "refused", problems: [{ code: "interrupted" }] });`;
  expect(await refusalOf(run(refused))).toEqual([{ code: "interrupted" }]);
  await expect(run("throw new TypeError('a');")).rejects.toThrow(TypeError);
  await expect(run("")).rejects.toThrow("without an answer");
});

test("what a library prints in a thread is not printed", () => {
  const module = new URL("../../../dist/adapters/node/thread.js", import.meta.url).href;
  const script = scriptOf(`
    console.log("printed"); console.error("printed");
    parentPort.postMessage({ status: "done", answer: 1 });`);
  const program = `
    const { runInThread } = await import(${JSON.stringify(module)});
    const limits = { seconds: 20, heapMb: 64 };
    const script = new URL(${JSON.stringify(script.href)});
    process.stdout.write(String(await runInThread({ script, input: 0, source: "", limits })));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  expect(printed).toBe("1");
});
