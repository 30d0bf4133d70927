import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { inParallel } from "../../src/cli/in-parallel.js";

test("results are in the order of the items, whichever job ends first", async () => {
  const ended: number[] = [];
  const results = await inParallel([40, 1, 20], 3, async (ms) => {
    await pause(ms);
    ended.push(ms);
    return ms;
  });
  expect(results).toEqual([40, 1, 20]);
  expect(ended).toEqual([1, 20, 40]);
});

test("no more jobs than the limit are under way, and as many as it allows", async () => {
  let [now, most] = [0, 0];
  await inParallel([...Array(9).keys()], 3, async () => {
    most = Math.max(most, ++now);
    await pause(1);
    now -= 1;
  });
  expect(most).toBe(3);
});

test("an error of one job is the error of all", async () => {
  const job = (item: number) => (item === 2 ? Promise.reject(new Error("two")) : pause(1));
  await expect(inParallel([1, 2, 3], 2, job)).rejects.toThrow("two");
  expect(await inParallel([], 2, job)).toEqual([]);
});
