/** What was read, joined and opened to one confirmed key, or everything that stands against it. */
import { readCarriersInTime } from "../adapters/read-carriers-in-time.js";
import { type Confirmed, type Refused, restoreRead } from "../core/restore.js";
import type { ParsedArgs } from "./args.js";
import { gatherCarriers } from "./gather.js";
import { openSheet } from "./passphrase.js";
import type { World } from "./world.js";

export async function confirmKey(args: ParsedArgs, world: World): Promise<Confirmed | Refused> {
  const gathered = await gatherCarriers(args, world);
  const read = restoreRead(await readCarriersInTime(gathered.carriers));
  const restored = read.status === "sealed" ? await openSheet(read, args, world) : read;
  if (restored.status === "confirmed") {
    const remarks = [...gathered.problems, ...restored.remarks, ...gathered.remarks];
    return { ...restored, remarks };
  }
  // Where files gave nothing, why they did not is all there is to say.
  const problems = restored.problems.filter(({ code }) => code !== "carriers-missing");
  const all = [...gathered.problems, ...problems];
  const told = all.length > 0 ? all : restored.problems;
  return { status: "refused", problems: [...told, ...gathered.remarks] };
}
