/** What was read, joined and opened to one confirmed key, or everything that stands against it. */
import type { Restoration } from "../../core/restore/restoration.js";
import type { Confirmed, Refused, Sealed } from "../../core/restore/restore.js";
import type { ParsedArgs } from "../args.js";
import { bySeverity, withoutWordsOfCodes } from "../../core/restore/by-severity.js";
import { gatherCarriers, typeSheets } from "../gather.js";
import { openSheet } from "../ask/passphrase.js";
import type { World } from "../world.js";

export async function confirmKey(args: ParsedArgs, world: World): Promise<Confirmed | Refused> {
  const gathered = await gatherCarriers(args, world);
  const read = await completed(gathered.restoration, args, world);
  const restored = read.status === "sealed" ? await openSheet(read, args, world) : read;
  if (restored.status === "confirmed") {
    const remarks = [...gathered.problems, ...restored.remarks, ...gathered.remarks];
    return { ...restored, remarks };
  }
  // Where files gave nothing, why they did not is all there is to say.
  const problems = restored.problems.filter(({ code }) => code !== "carriers-missing");
  const all = bySeverity(withoutWordsOfCodes([...gathered.problems, ...problems]));
  const told = all.length > 0 ? all : restored.problems;
  return { status: "refused", problems: [...told, ...gathered.remarks] };
}

/** Of shares that are too few, the next ones are asked for where somebody can answer. */
async function completed(
  restoration: Restoration,
  args: ParsedArgs,
  world: World,
): Promise<Confirmed | Sealed | Refused> {
  const hasFiles = args.files.length > 0 || args.values.words !== undefined;
  const canAsk = hasFiles && !args.isJson && !restoration.isEmpty;
  if (canAsk && (await restoration.needs()).kind === "shares") {
    if ((await world.openTerminal()) !== null) await typeSheets(args, world, restoration);
  }
  return restoration.result();
}
