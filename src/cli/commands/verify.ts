/** `keysheet verify`: does a sheet hold the key that the user still has? Shows neither. */
import { Refusal } from "../../core/problem.js";
import type { FieldComparison } from "../../core/record/key-record.js";
import type { ParsedKey } from "../../core/record/key-file.js";
import { fieldTitle, providerTitle } from "../../core/record/providers.js";
import { verify as compareKeys } from "../../core/restore/verify.js";
import type { ParsedArgs } from "../args.js";
import { confirmKey } from "./confirm.js";
import { formatNotices, formatProblems } from "../../wording/messages.js";
import { type Outcome } from "../outcome.js";
import { EXIT } from "../../wording/exit-codes.js";
import { refusedOutcome } from "../outcome-of-problems.js";
import { keyRequestOf } from "../ask/key-request.js";
import { askKey, readKeyFile } from "../ask/read-key.js";
import { carrierLines, confirmedJson, factLines, markFacts } from "../../wording/report.js";
import type { World } from "../world.js";

const RESULTS: Readonly<Record<FieldComparison["result"], string>> = {
  same: "the same",
  different: "DIFFERENT",
  "only-on-sheet": "only on the sheet",
  "only-in-key": "only in the key",
};

/** From its file; without one its parts are asked for, where there is a terminal. */
async function keyToCompare(args: ParsedArgs, world: World): Promise<ParsedKey> {
  const { against } = args.values;
  const request = keyRequestOf(args);
  if (against !== undefined) return readKeyFile(against, world, "--against", request);
  if ((await world.openTerminal()) !== null) return askKey(world, "--against", request);
  const why = "it names the key to compare with";
  throw new Refusal({ code: "option-missing", command: "verify", option: "--against FILE", why });
}

export async function verify(args: ParsedArgs, world: World): Promise<Outcome> {
  return verifyAgainst(await keyToCompare(args, world), args, world);
}

/** The sheet in the files of a call, or as it is typed, against a key. */
export async function verifyAgainst(
  key: ParsedKey,
  args: ParsedArgs,
  world: World,
): Promise<Outcome> {
  const confirmed = await confirmKey(args, world);
  if (confirmed.status === "refused") return refusedOutcome(confirmed.problems);
  const { record, reports } = confirmed;
  const { isSame, isSameProvider, fields } = compareKeys(confirmed, key);
  const facts = [
    [
      "provider",
      isSameProvider
        ? providerTitle(record.provider)
        : `DIFFERENT: ${providerTitle(record.provider)} on the sheet, ${providerTitle(key.provider)} in the key`,
    ] as const,
    ...fields.map(
      ({ name, result }) => [fieldTitle(record.provider, name), RESULTS[result]] as const,
    ),
  ];
  const head = isSame
    ? "The sheet holds this key."
    : "The sheet does NOT hold this key. It was read without a fault; it is another key's.";
  return {
    exitCode: isSame ? EXIT.done : EXIT.different,
    text: `${head}\n\n${factLines(facts)}${factLines(markFacts(confirmed))}${carrierLines(reports)}`,
    remarks: formatNotices(key.notices) + formatProblems(confirmed.remarks),
    json: {
      ...confirmedJson(confirmed),
      status: isSame ? "same" : "different",
      fields,
      notices: key.notices,
    },
  };
}
