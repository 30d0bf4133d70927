/** `keysheet providers`: whose keys are known, what a backup of one does not hold, how to revoke it. */
import {
  type Alphabet,
  providerByName,
  type ProviderRow,
  PROVIDERS,
} from "../../core/record/providers.js";
import { listed } from "../../core/listed.js";
import { Refusal } from "../../core/problem.js";
import type { ParsedArgs } from "../args.js";
import { helpColumns } from "../help-columns.js";
import type { Outcome } from "../outcome.js";
import { EXIT } from "../../wording/exit-codes.js";

const LOOKS: Readonly<Record<Alphabet, string>> = {
  base64: "letters, digits, + / and =",
  base64url: "letters, digits, - and _",
  base62: "letters and digits",
  base32: "capitals and 2 to 7",
  hex: "0 to 9 and a to f",
  "upper-hex": "0 to 9 and A to F",
  "0x-hex": "0x, then 0 to 9 and a to f",
  uuid: "groups of 0 to 9 and a to f",
  groups: "groups of letters and digits",
  pem: "lines, from BEGIN to END",
  any: "chosen by you",
};

export function providers({ values }: ParsedArgs): Promise<Outcome> {
  const { provider } = values;
  const one = provider === undefined ? null : providerByName(provider);
  if (provider !== undefined && one === null) {
    throw new Refusal({ code: "provider-unknown", known: PROVIDERS.map(({ id }) => id) });
  }
  const rows = one === null ? PROVIDERS : [one];
  return Promise.resolve({
    exitCode: EXIT.done,
    text: rows.map((row) => `${helpColumns(factsOf(row))}\n`).join("\n"),
    remarks: "",
    json: { status: "done", providers: rows.map(asJson) },
  });
}

function factsOf(row: ProviderRow): readonly (readonly [string, string])[] {
  return [
    ["provider", `${row.title} (--provider ${row.id})`],
    ...row.fields.map((field) => {
      const begins = field.prefix === "" ? "" : `, mostly ${field.prefix}...`;
      const lengths =
        field.lengths.length === 0 ? "" : `${listed(field.lengths, "or")} characters, `;
      const secret = field.isSecret ? "secret; " : "";
      const optional = field.isOptional ? "; not every key has it" : "";
      const looks = field.alphabet === "any" && begins !== "" ? "text" : LOOKS[field.alphabet];
      return [field.title, `${secret}${lengths}${looks}${begins}${optional}`] as const;
    }),
    ["its page shows", row.shown],
    ["not on a sheet", row.notHeld],
    ["to revoke it", row.revoke],
  ];
}

function asJson({ id, title, fields, variables, shown, notHeld, revoke }: ProviderRow) {
  return {
    id,
    title,
    fields: fields.map((field) => ({
      name: field.name,
      title: field.title,
      isSecret: field.isSecret,
      isOptional: field.isOptional,
      prefix: field.prefix,
      lengths: field.lengths,
      isSure: field.isSure,
    })),
    variables,
    shown,
    notHeld,
    revoke,
  };
}
