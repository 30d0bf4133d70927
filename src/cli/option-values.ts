/** What a value of an option may be, as a shell completes it: read off the option's row. */
import type { OptionRow } from "./options.js";

export interface OptionValue {
  /** Words of which it may be one. */
  readonly choices: readonly string[];
  /** Whether it may be the name of a file. */
  readonly isFile: boolean;
  /** What the usage calls it. */
  readonly title: string;
}

const PLAIN_WORD = /^[a-z][a-z0-9-]*$/;

/** Null for an option without a value. */
export function optionValue(row: OptionRow): OptionValue | null {
  const { type, usage = "VALUE", value = usage, pattern } = row;
  if (type === "boolean") return null;
  const alternatives = usage.split("|");
  const [, listed = ""] = /^\^\(([a-z0-9|-]+)\)\$$/.exec(pattern?.source ?? "") ?? [];
  const choices = new Set([...alternatives, ...listed.split("|")].filter(isPlainWord));
  const isFile = [...alternatives, ...value.split("|")].includes("FILE");
  return { choices: [...choices], isFile, title: value };
}

function isPlainWord(text: string): boolean {
  return PLAIN_WORD.test(text);
}
