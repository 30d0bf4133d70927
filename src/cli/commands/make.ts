/**
 * `keysheet make`: a key in, a proved sheet out.
 *
 * Every choice is checked and the place of the file looked at before a key is asked for; the file
 * appears only after the finished page was read back.
 */
import path from "node:path";
import { checkOutput, createFiles } from "../../adapters/node/files.js";
import { proveSheets } from "../../adapters/node/proof.js";
import { findTemplate } from "../../adapters/node/templates.js";
import { carryKey, protectKey, type ProtectedKey } from "../../core/backup.js";
import { type Problem, Refusal } from "../../core/problem.js";
import { dayFromDate } from "../../core/record/day.js";
import type { ParsedKey } from "../../core/record/key-file.js";
import { DRAWN_WORDS_DEFAULT } from "../../core/passphrase/passphrase.js";
import { unlessRefusedLater } from "../../core/unless-refused.js";
import type { ListRow } from "../../core/words/word-lists.js";
import type { Level } from "../../core/words/words.js";
import { type ParsedArgs, STANDARD_INPUT } from "../args.js";
import { labelNotices, madeOutcome } from "./made-outcome.js";
import { type MakeOptions, optionsOf, type SealChoice } from "./make-options.js";
import type { Outcome } from "../outcome.js";
import { newPassphrase } from "../ask/passphrase.js";
import { agreeToPages, printAll, sizeNotices } from "./print-sheets.js";
import { ANY_KEY, keyRequestOf } from "../ask/key-request.js";
import { askKey, readKeyFile } from "../ask/read-key.js";
import { WorkLine } from "../ask/work-line.js";
import type { World } from "../world.js";

/** A key that was asked for before, and what its provider is called where the table does not say. */
export interface GivenKey {
  readonly key: ParsedKey;
  readonly title: string | null;
}

export async function make(
  args: ParsedArgs,
  world: World,
  given: GivenKey | null = null,
): Promise<Outcome> {
  const options = optionsOf(args);
  const wantedKey = given === null ? keyRequestOf(args) : { ...ANY_KEY, title: given.title };
  const { seal, split, level, list, copies } = options;
  const outs = outsOf(options);
  await refuseAll(outs.map((out) => () => checkOutput(path.resolve(out))));
  const loaded = await findTemplate(options.template);
  const { from } = args.values;
  // Before a key is asked for, a clock that is out of range is found; a file may have its own day.
  const askedDay = options.day ?? (from === undefined ? dayOf(world) : null);
  const key =
    given?.key ??
    (from === undefined
      ? await askKey(world, "--from", wantedKey)
      : await readKeyFile(from, world, "--from", wantedKey));

  const day = askedDay ?? key.day ?? dayOf(world);
  const record = { provider: key.provider, day, fields: key.fields };
  const drawn = seal === null ? null : await passphraseFor(seal, list, world);
  const request =
    drawn === null || seal === null
      ? null
      : { passphrase: drawn.passphrase, cost: seal.cost, kdf: world.kdf };
  const { random } = world;
  const wanted = options.isWithoutWords ? null : level;
  const line = new WorkLine(args.isJson ? null : await world.openTerminal());
  let held: ProtectedKey | null = null;
  const print = (chosen: Level | null) =>
    line.during("Making the sheet ...", async () => {
      // Once, so that another answer makes no other shares.
      held ??= await protectKey(record, { seal: request, split, random });
      const { title } = wantedKey;
      return printAll(carryKey(held, { level: chosen, list }), loaded, { ...options, title });
    });
  let batch = await print(wanted);
  const agreed = await agreeToPages(batch, world);
  if (agreed === "without words") batch = await print(null);
  const { printed } = batch;
  const proved = await line.during("Reading it back ...", (tell) =>
    proveSheets(printed, { copyCount: copies, seal: request, onPart: tell }),
  );
  await drawn?.confirm();
  createFiles(
    proved.map((content, index) => ({ file: path.resolve(outs[index] as string), content })),
  );
  const notices = [
    ...key.notices,
    ...(drawn?.notices ?? []),
    ...labelNotices(options.label),
    ...sizeNotices(batch, wanted, agreed),
  ];
  const keyFile = from === undefined || from === STANDARD_INPUT ? null : from;
  return madeOutcome({
    ...batch,
    outs,
    notices,
    options,
    template: loaded.template,
    from: keyFile,
    request: wantedKey,
  });
}

function passphraseFor({ file, words }: SealChoice, list: ListRow, world: World) {
  return newPassphrase({ file, words, wordsDefault: DRAWN_WORDS_DEFAULT, list }, world);
}

/** `sheet.pdf`, or `sheet-1-of-3.pdf` and so on for shares. */
export function outsOf({ out, split }: Pick<MakeOptions, "out" | "split">): readonly string[] {
  if (split === null) return [out];
  const { dir, name, ext } = path.parse(out);
  return Array.from({ length: split.count }, (_, index) =>
    path.join(dir, `${name}-${String(index + 1)}-of-${String(split.count)}${ext}`),
  );
}

/** Runs every check, and throws with what all of them refused. */
async function refuseAll(checks: readonly (() => Promise<void>)[]): Promise<void> {
  const problems: Problem[] = [];
  for (const check of checks) {
    await unlessRefusedLater(check, (refusal) => {
      problems.push(...refusal.problems);
    });
  }
  if (problems.length > 0) throw new Refusal(...problems);
}

/** The maker's local calendar day; under SOURCE_DATE_EPOCH, in seconds, its UTC day. */
function dayOf(world: World): number {
  const epoch = world.env.SOURCE_DATE_EPOCH;
  if (epoch !== undefined && epoch !== "") {
    const date = new Date(/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : NaN);
    if (Number.isNaN(date.getTime())) {
      const expected = "a number of seconds";
      const option = "SOURCE_DATE_EPOCH";
      throw new Refusal({ code: "option-value", command: "make", option, expected });
    }
    return dayFromDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  const now = world.now();
  return dayFromDate(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
