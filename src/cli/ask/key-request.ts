/** What the command line says of the key that goes in: whose it is, and its parts. */
import { Refusal } from "../../core/problem.js";
import { isFieldName } from "../../core/record/field-name.js";
import type { AskedField } from "../../core/record/key-file.js";
import { providerByName, type ProviderRow } from "../../core/record/providers.js";
import type { ParsedArgs } from "../args.js";

export interface KeyRequest {
  /** Null: as the file says, or none of the table. */
  readonly provider: ProviderRow | null;
  /** What a provider that is not in the table is called on the sheet. */
  readonly title: string | null;
  readonly fields: readonly AskedField[];
  readonly isAsFile: boolean;
  /** The options that say it, for another command. */
  readonly said: readonly (readonly [option: string, value: string | null])[];
}

export const ANY_KEY: KeyRequest = {
  provider: null,
  title: null,
  fields: [],
  isAsFile: false,
  said: [],
};

/**
 * @throws Refusal options-exclude for parts of a provider that is known, or of a file as it is;
 *   option-missing where nothing says the parts
 */
export function keyRequestOf({ command, values, flags, repeated }: ParsedArgs): KeyRequest {
  const { provider: name } = values;
  const provider = name === undefined ? null : providerByName(name);
  const fields = repeated.map(({ option, value }) => ({
    name: value.normalize("NFC"),
    isSecret: option === "secret-field",
  }));
  const isAsFile = flags.has("as-file");
  const [part] = repeated;
  if (part !== undefined && (provider !== null || isAsFile)) {
    const other = isAsFile ? "--as-file" : "--provider of a provider that is known";
    throw new Refusal({ code: "options-exclude", options: [`--${part.option}`, other] });
  }
  if (isAsFile && values.from === undefined && values.against === undefined) {
    const why = "--as-file is for a file";
    const option = command === "verify" ? "--against FILE" : "--from FILE";
    throw new Refusal({ code: "option-missing", command: command ?? "make", option, why });
  }
  const isUnknown = name !== undefined && provider === null && !isAsFile;
  if (isUnknown && fields.length === 0) {
    throw new Refusal({
      code: "option-missing",
      command: command ?? "make",
      option: "--field NAME or --secret-field NAME",
      why: "keysheet does not know this provider, and they say which parts its key has (keysheet providers lists those that it knows)",
    });
  }
  const names = new Set(fields.map((field) => field.name));
  if (names.size < fields.length || fields.some((field) => !isFieldName(field.name))) {
    const expected = "different names, of at most 64 bytes each";
    throw new Refusal({ code: "option-value", command: "make", option: "--field", expected });
  }
  return {
    provider,
    title: provider === null ? (name ?? null) : null,
    fields,
    isAsFile,
    said: [
      ...(provider === null ? [] : [["--provider", provider.id] as const]),
      ...repeated.map(({ option, value }) => [`--${option}`, value] as const),
      ...(isAsFile ? [["--as-file", null] as const] : []),
    ],
  };
}
