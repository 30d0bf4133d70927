import { expect, test } from "vitest";
import { Work } from "../../src/core/work.js";

test("what a part spends is spent of the whole, and a whole that is over ends its parts", () => {
  const whole = new Work(100);
  const [first, second] = [whole.part(60), whole.part(60)];
  first.spend(61);
  expect([first.isOver, second.isOver, whole.isOver]).toEqual([true, false, false]);
  second.spend(40);
  expect(whole.spent).toBe(101);
  expect([second.isOver, whole.isOver]).toEqual([true, true]);
  expect(whole.part(60).isOver).toBe(true);
});

test("each hundredth that is done is told once, and no more than all", () => {
  const told: number[] = [];
  const work = new Work(1000, (part) => told.push(part));
  for (const units of [4, 4, 4, 500, 5, 5000]) work.spend(units);
  expect(told).toEqual([0.01, 0.51, 1]);
});
