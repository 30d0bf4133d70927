/** Between the steps of long work: signals and timers that wait are heard before it goes on. */
import { setImmediate } from "node:timers/promises";

export async function hearEvents(): Promise<void> {
  await setImmediate();
}
