/**
 * Whose key it is that goes on paper, in plain words: the name of a provider, or the key itself, or a part of
 * it whose shape says so. Nothing that is typed or pasted here is shown.
 */
import type { Terminal } from "../../adapters/node/terminal.js";
import { listed } from "../../core/listed.js";
import { Refusal } from "../../core/problem.js";
import { hasShape } from "../../core/record/check-fields.js";
import { isFieldName } from "../../core/record/field-name.js";
import { type ParsedKey, parseKeyFile } from "../../core/record/key-file.js";
import {
  providerByName,
  type ProviderRow,
  PROVIDERS,
  providerTitle,
} from "../../core/record/providers.js";
import { type RecognisedPart, recognisedParts } from "../../core/record/recognised.js";
import { wrapped } from "../../wording/messages.js";
import type { GivenKey } from "../commands/make.js";
import { nearName } from "../near-name.js";
import type { World } from "../world.js";
import { ANY_KEY } from "./key-request.js";
import { accepted, askBehind, askByRow, askFields, askKey, PROMPT_SOURCE } from "./read-key.js";

const QUESTION = "Provider, or key: ";
const BEGINNING = `\
Whose key is it? Type the name of its provider, as kraken; or paste the key, or
its first part. Nothing of what you type or paste is shown. Enter lists the names.
`;

/** As long as a name may be; what is longer is a key. */
const LONGEST_NAME = 24;

export async function askWhoseKey(terminal: Terminal, world: World): Promise<GivenKey> {
  terminal.print(BEGINNING);
  // What may be of several providers waits for the name of one.
  let waiting: string | null = null;
  for (;;) {
    const text = await terminal.askHidden(QUESTION, "count");
    if (text === null) throw new Refusal({ code: "answer-missing", asked: "whose key it is" });
    const typed = text.trim();
    if (typed === "") {
      terminal.print(wrapped("", PROVIDERS.map(({ title }) => title).join(", "), ""));
      continue;
    }
    const provider = providerNamed(typed);
    if (provider !== null) return ofProvider(provider, waiting, terminal, world);
    if (isWhole(typed)) {
      const key = accepted(terminal, () => parseKeyFile(text, PROMPT_SOURCE));
      if (key === null) continue;
      const whose = key.provider === null ? "" : ` of ${providerTitle(key.provider)}`;
      terminal.print(`That is a whole key${whose}, and nothing more is asked for.\n`);
      return { key, title: null };
    }
    const parts = recognisedParts(typed);
    const [only, ...others] = parts;
    if (only !== undefined && others.length === 0) {
      terminal.print(`That is the ${only.field.title} of ${only.provider.title}.\n`);
      return ofProvider(only.provider, typed, terminal, world);
    }
    if (parts.length > 0 && parts.every(isOfTwoLines)) {
      terminal.print("That is the API key; its private key says whose it is.\n");
      return { key: await askBehind(terminal, typed), title: null };
    }
    if (only !== undefined) {
      waiting = typed;
      const titles = parts.map(({ provider: { title } }) => title);
      const said = `That may be a part of a key of ${listed(titles, "or")}: type whose it is.`;
      terminal.print(wrapped("", said, ""));
      continue;
    }
    const other = await ofAnother(terminal);
    if (other !== null) return other;
  }
}

/** By the name that was typed, or the one that was probably meant. */
function providerNamed(typed: string): ProviderRow | null {
  if (typed.length > LONGEST_NAME) return null;
  const known = providerByName(typed);
  if (known !== null) return known;
  const names = PROVIDERS.flatMap(({ id, title, words }) =>
    [id, title, ...words].map((name) => name.toLowerCase()),
  );
  const near = /\d/.test(typed) ? null : nearName(typed, [...new Set(names)]);
  return near === null ? null : providerByName(near);
}

/** Of kinds that their secrets tell apart, the part that is none. */
function isOfTwoLines({ provider, field }: RecognisedPart): boolean {
  return provider.ownForm === "two-line" && !field.isSecret;
}

/** On several lines, an address, JSON, or a name and a value. */
function isWhole(typed: string): boolean {
  return /\S[\r\n]+\s*\S|^[{[]|^[a-z]+:\/\/|^user:|^(export\s+)?[A-Z][A-Z0-9_]*=/.test(typed);
}

async function ofProvider(
  provider: ProviderRow,
  part: string | null,
  terminal: Terminal,
  world: World,
): Promise<GivenKey> {
  terminal.print(`A key of ${provider.title}.\n`);
  const field = provider.fields.find((row) => part !== null && hasShape(row, part));
  const known = field === undefined || part === null ? null : { name: field.name, text: part };
  const ask = (): Promise<ParsedKey> =>
    known === null
      ? askKey(world, "--from", { ...ANY_KEY, provider })
      : askByRow(terminal, provider, known);
  return { key: await ask(), title: null };
}

/** A key of a provider that is not in the table, by the names of its parts; null where it is of none. */
async function ofAnother(terminal: Terminal): Promise<GivenKey | null> {
  terminal.print("That is no provider that keysheet knows, and no key of one.\n");
  const answer = await terminal.ask("Is it a key of another provider? (y/N) ");
  if (!isYes(answer)) return null;
  const title = await askName(
    terminal,
    "The provider's name, as it is printed on the sheet: ",
    false,
  );
  const name = await askName(
    terminal,
    "What its public part is called (Enter: it has none): ",
    true,
  );
  const secret = await askName(terminal, "What its secret part is called (Enter: secret): ", true);
  const asked = [
    ...(name === "" ? [] : [{ name, isSecret: false }]),
    { name: secret === "" || secret === name ? "secret" : secret, isSecret: true },
  ];
  return { key: await askFields(terminal, asked), title };
}

async function askName(terminal: Terminal, question: string, mayBeEmpty: boolean): Promise<string> {
  for (;;) {
    const answer = await terminal.ask(question);
    if (answer === null) throw new Refusal({ code: "answer-missing", asked: "a name" });
    const name = answer.trim().normalize("NFC");
    if ((name === "" && mayBeEmpty) || isFieldName(name)) return name;
    terminal.print("Type a name of at most 64 letters.\n");
  }
}

export function isYes(answer: string | null): boolean {
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}
