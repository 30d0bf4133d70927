/** A key as the text of a file, in every form that can hold it; null where the form cannot. */
import { fieldText, type KeyRecord } from "../key-record.js";
import { type FieldRow, providerById, type ProviderRow } from "../providers.js";
import { lineAssignments } from "./assignments.js";
import { keptFileOf } from "./kept-file.js";

export type WrittenForm = "two-line" | "dotenv" | "uri" | "freqtrade" | "aws" | "coinbase" | "file";

interface HeldField {
  readonly row: FieldRow;
  readonly text: string;
  readonly variable: string;
}

/** The fields of a provider's key with their rows, in order. */
function heldFields(record: KeyRecord, provider: ProviderRow): readonly HeldField[] {
  return provider.fields.flatMap((row, index) => {
    const field = record.fields.find(({ name }) => name === row.name);
    const variable = provider.variables[index] ?? "";
    return field === undefined ? [] : [{ row, text: fieldText(field), variable }];
  });
}

export function writtenKey(record: KeyRecord, form: WrittenForm): string | null {
  if (form === "file") {
    const kept = keptFileOf(record);
    return kept === null || kept.isBase64 ? null : kept.content;
  }
  if (record.provider === null) return null;
  const provider = providerById(record.provider);
  const fields = heldFields(record, provider);
  switch (form) {
    case "two-line":
      return areLines(fields) ? `${fields.map(({ text }) => text).join("\n")}\n` : null;
    case "dotenv":
      return dotenv(fields);
    case "uri":
      return provider.ownForm === "two-line" && areLines(fields) ? uri(fields) : null;
    case "freqtrade":
      return freqtrade(provider, fields);
    case "aws":
      return provider.ownForm === "aws" && areLines(fields) ? aws(fields) : null;
    case "coinbase":
      return provider.ownForm === "coinbase" ? coinbase(fields) : null;
  }
}

/** A key and a secret, each of characters that need no quotes. */
function areLines(fields: readonly HeldField[]): boolean {
  const roles = fields.map(({ row }) => row.role).join();
  return roles === "key,secret" && fields.every(({ text }) => /^[A-Za-z0-9+/=_-]+$/.test(text));
}

function dotenv(fields: readonly HeldField[]): string | null {
  const lines = fields.map(({ variable, text }) => {
    const isPlain = /^[^"\\\r$`]*$/.test(text);
    return isPlain ? `${variable}="${text.replaceAll("\n", "\\n")}"` : `${variable}='${text}'`;
  });
  const written = `${lines.join("\n")}\n`;
  const read = lineAssignments(written).map(({ value }) => value);
  const isHeld = read.length === fields.length && fields.every(({ text }, i) => read[i] === text);
  return isHeld ? written : null;
}

function uri([key, secret]: readonly HeldField[]): string {
  return `kraken://apikey?key=${key?.text ?? ""}&secret=${secret?.text ?? ""}\n`;
}

const FREQTRADE_NAMES: Partial<Record<FieldRow["role"], string>> = {
  key: "key",
  secret: "secret",
  passphrase: "password",
  address: "walletAddress",
};

/** The part of freqtrade's settings that holds the key. */
function freqtrade(provider: ProviderRow, fields: readonly HeldField[]): string | null {
  const hasAddress = fields.some(({ row }) => row.role === "address");
  const members = fields.map(({ row, text }) => {
    const name = row.role === "secret" && hasAddress ? "privateKey" : FREQTRADE_NAMES[row.role];
    return [name, text] as const;
  });
  if (fields.length < 2 || members.some(([name]) => name === undefined)) return null;
  const [word = ""] = provider.words;
  const name = [word, ...provider.kindWords].join("").toLowerCase();
  const exchange = { name, ...(Object.fromEntries(members) as Readonly<Record<string, string>>) };
  return `${JSON.stringify({ exchange }, null, 2)}\n`;
}

function aws(fields: readonly HeldField[]): string {
  const lines = fields.map(({ variable, text }) => `${variable.toLowerCase()} = ${text}`);
  return `[default]\n${lines.join("\n")}\n`;
}

function coinbase(fields: readonly HeldField[]): string {
  const members = fields.map(({ row, text }) => [row.name, text] as const);
  return `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`;
}

/** The values that a file of a form holds, in the order of the fields: the mirror of `writtenKey`. */
export function writtenValues(text: string, form: WrittenForm): readonly unknown[] {
  switch (form) {
    case "file":
      return [text];
    case "two-line":
      return text.split("\n").slice(0, -1);
    case "uri":
      return /^kraken:\/\/apikey\?key=([^&]*)&secret=([^&]*)\n$/.exec(text)?.slice(1) ?? [];
    case "dotenv":
    case "aws":
      return lineAssignments(text).map(({ value }) => value);
    case "freqtrade": {
      const { exchange } = JSON.parse(text) as {
        readonly exchange: Readonly<Record<string, unknown>>;
      };
      return Object.entries(exchange).flatMap(([name, value]) => (name === "name" ? [] : [value]));
    }
    case "coinbase":
      return Object.values(JSON.parse(text) as Readonly<Record<string, unknown>>);
  }
}
