/** What a sheet is, without its secret. */
import { FORMAT_VERSION } from "../payload/payload.js";
import { formatDay } from "../record/day.js";
import type { ProviderId } from "../record/providers.js";
import { nameOfSet } from "../shares/split.js";
import type { CarrierReport, ReadSheet } from "./read-carriers.js";

/** A secret field has no value here. */
export interface FieldFacts {
  readonly name: string;
  readonly isSecret: boolean;
  readonly value?: string;
}

interface OfEverySheet {
  /** As printed on the sheet; null where it has none. */
  readonly mark: string | null;
  readonly formatVersion: number;
  readonly lengthBytes: number;
  readonly reports: readonly CarrierReport[];
}

export type SheetFacts = OfEverySheet &
  (
    | {
        readonly kind: "plain";
        readonly provider: ProviderId | null;
        /** YYYY-MM-DD */
        readonly day: string;
        readonly fields: readonly FieldFacts[];
      }
    /** `cost`: scrypt's N is 2 to the power of it. */
    | { readonly kind: "sealed"; readonly cost: number }
    | {
        readonly kind: "share";
        readonly set: string;
        readonly number: number;
        readonly count: number;
        readonly threshold: number;
      }
  );

export function sheetFacts({ content, mark, payload, reports }: ReadSheet): SheetFacts {
  const common = { mark, formatVersion: FORMAT_VERSION, lengthBytes: payload.length, reports };
  switch (content.kind) {
    case "plain": {
      const { provider, day, fields } = content.record;
      return {
        kind: "plain",
        ...common,
        provider,
        day: formatDay(day),
        fields: fields.map((field) => ({
          name: field.name,
          isSecret: field.isSecret,
          ...(field.isSecret ? {} : { value: field.value }),
        })),
      };
    }
    case "sealed":
      return { kind: "sealed", ...common, cost: content.cost };
    case "share": {
      const { number, count, threshold } = content;
      return { kind: "share", ...common, set: nameOfSet(content), number, count, threshold };
    }
  }
}
