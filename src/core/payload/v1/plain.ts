/**
 * A record to the bytes of a plain payload and back, version 1: fixed, measured and named bodies.
 *
 * The decoder takes every well-formed choice of body and encoding; the encoder writes the one that
 * the format prescribes. What comes back is the same characters.
 */
import { concatBytes, uint16Bytes } from "../../bytes.js";
import { Refusal } from "../../problem.js";
import { FIELD_COUNT_LIMIT, isFieldName } from "../../record/field-name.js";
import { type Field, fieldText, type KeyRecord, makeField } from "../../record/key-record.js";
import {
  type FieldRow,
  providerById,
  providerByNumber,
  type ProviderRow,
} from "../../record/providers.js";
import { textFromUtf8, utf8FromText } from "../../text.js";
import { ByteReader, uvarintBytes } from "./byte-reader.js";
import { encodeValue, encodingByNumber } from "./encodings.js";

export const PLAIN_FIRST_BYTE = 0x10;
const NAMED = 0x80;
const SECRET_BIT = 0x80;

/** Where the value bytes of a field are in the payload. */
export interface ValueSpan {
  readonly isSecret: boolean;
  readonly start: number;
  readonly end: number;
}

export interface PlainContent {
  readonly record: KeyRecord;
  readonly spans: readonly ValueSpan[];
}

export function encodePlain(record: KeyRecord): Uint8Array {
  const head = [Uint8Array.of(PLAIN_FIRST_BYTE)];
  const day = uint16Bytes(record.day);
  if (record.provider === null) {
    return concatBytes([...head, Uint8Array.of(NAMED), day, ...encodeNamed(record.fields)]);
  }
  const row = providerById(record.provider);
  const fixed = encodeFixed(row, record.fields);
  if (fixed !== null) return concatBytes([...head, Uint8Array.of(row.number), day, ...fixed]);
  const measured = encodeMeasured(row, record.fields);
  return concatBytes([...head, Uint8Array.of(NAMED | row.number), day, ...measured]);
}

export function decodePlain(payload: Uint8Array): PlainContent {
  const reader = new ByteReader(payload, 1);
  const provider = reader.byte();
  if (provider === 0) reader.fail("provider-zero", 1);
  const row = providerByNumber(provider & 0x7f);
  if (row === null && provider !== NAMED) {
    throw new Refusal({ code: "provider-newer", number: provider & 0x7f });
  }
  const day = reader.uint16();
  const values =
    row === null
      ? decodeNamed(reader)
      : provider < NAMED
        ? decodeFixed(reader, row)
        : decodeMeasured(reader, row);
  reader.end();
  return {
    record: { provider: row?.id ?? null, day, fields: values.map(({ field }) => field) },
    spans: values.map(({ field, start, end }) => ({ isSecret: field.isSecret, start, end })),
  };
}

/** Version or kind, provider and day come before the fields. */
const HEAD_BYTES = 4;

/**
 * The length in bytes of a payload of the fixed form; null for another form, for a row without one and
 * for a newer provider.
 */
export function fixedLength(provider: number): number | null {
  const row = provider > 0 && provider < NAMED ? providerByNumber(provider) : null;
  if (row === null) return null;
  return row.fields.reduce<number | null>(
    (length, { lengthBytes }) =>
      length === null || lengthBytes === null ? null : length + lengthBytes,
    HEAD_BYTES,
  );
}

interface DecodedValue {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

/** The field of each row in the row's order; null where the record has none of that name. */
function fieldsByRow(row: ProviderRow, fields: readonly Field[]): readonly (Field | null)[] {
  const found = row.fields.map(({ name }) => fields.find((field) => field.name === name) ?? null);
  const present = found.filter((field) => field !== null);
  const isHeld =
    present.length === fields.length &&
    present.every((field, index) => field === fields[index]) &&
    row.fields.every(({ isSecret }, index) => found[index]?.isSecret !== !isSecret);
  if (!isHeld) throw new RangeError("the fields of a record are not those of its provider's row");
  return found;
}

function encodeFixed(row: ProviderRow, fields: readonly Field[]): readonly Uint8Array[] | null {
  const found = fieldsByRow(row, fields);
  const values = row.fields.map((fieldRow, index) => {
    const field = found[index];
    return field ? fixedBytes(fieldRow, fieldText(field)) : null;
  });
  return values.every((bytes) => bytes !== null) ? values : null;
}

function fixedBytes(row: FieldRow, text: string): Uint8Array | null {
  if (!text.startsWith(row.prefix)) return null;
  const bytes = encodingByNumber(row.encoding)?.bytesOf(text.slice(row.prefix.length)) ?? null;
  return bytes?.length === row.lengthBytes ? bytes : null;
}

function decodeFixed(reader: ByteReader, row: ProviderRow): readonly DecodedValue[] {
  if (row.fields.some(({ lengthBytes }) => lengthBytes === null)) reader.fail("fixed-absent", 1);
  return row.fields.map((fieldRow) => {
    const start = reader.offset;
    const bytes = reader.take(fieldRow.lengthBytes as number);
    const rest = encodingByNumber(fieldRow.encoding)?.textOf(bytes);
    if (rest === null || rest === undefined) reader.fail("value-malformed", start);
    const field = makeField(fieldRow.name, fieldRow.prefix + rest, fieldRow.isSecret);
    return { field, start, end: reader.offset };
  });
}

function encodeMeasured(row: ProviderRow, fields: readonly Field[]): readonly Uint8Array[] {
  const found = fieldsByRow(row, fields);
  return row.fields.map(({ isSecret }, index) => {
    const field = found[index];
    return measuredBytes(isSecret, field ? fieldText(field) : "");
  });
}

function decodeMeasured(reader: ByteReader, row: ProviderRow): readonly DecodedValue[] {
  const values: DecodedValue[] = [];
  for (const { name, isSecret } of row.fields) {
    const start = reader.offset;
    const value = decodeValue(reader);
    if (value.isSecret !== isSecret) reader.fail("secret-bit", start);
    const field = makeField(name, value.text, isSecret);
    if (value.text !== "") values.push({ field, start: value.start, end: value.end });
  }
  return values;
}

function encodeNamed(fields: readonly Field[]): readonly Uint8Array[] {
  const names = new Set(fields.map(({ name }) => name));
  const isHeld =
    fields.length >= 1 && fields.length <= FIELD_COUNT_LIMIT && names.size === fields.length;
  if (!isHeld) throw new RangeError("a named body holds 1 to 32 fields of different names");
  const parts = fields.map((field) => {
    const name = utf8FromText(field.name);
    if (name === null || !isFieldName(field.name)) throw new RangeError("not a field name");
    return concatBytes([
      Uint8Array.of(name.length),
      name,
      measuredBytes(field.isSecret, fieldText(field)),
    ]);
  });
  return [Uint8Array.of(fields.length), ...parts];
}

function decodeNamed(reader: ByteReader): readonly DecodedValue[] {
  const countOffset = reader.offset;
  const count = reader.byte();
  if (count < 1 || count > FIELD_COUNT_LIMIT) reader.fail("field-count", countOffset);
  const names = new Set<string>();
  return Array.from({ length: count }, () => {
    const start = reader.offset;
    const bytes = reader.take(reader.byte());
    const name = textFromUtf8(bytes);
    if (name === null) reader.fail("text-not-utf8", start);
    if (!isFieldName(name)) reader.fail("name-invalid", start);
    if (names.has(name)) reader.fail("name-repeated", start);
    names.add(name);
    const value = decodeValue(reader);
    return {
      field: makeField(name, value.text, value.isSecret),
      start: value.start,
      end: value.end,
    };
  });
}

/** Form, length and bytes of one value; the mirror of `decodeValue`. */
function measuredBytes(isSecret: boolean, text: string): Uint8Array {
  const value = encodeValue(text);
  if (value === null) throw new RangeError("a lone surrogate has no bytes");
  return concatBytes([
    Uint8Array.of((isSecret ? SECRET_BIT : 0) | value.encoding),
    uvarintBytes(value.bytes.length),
    value.bytes,
  ]);
}

function decodeValue(reader: ByteReader) {
  const formOffset = reader.offset;
  const form = reader.byte();
  const encoding = encodingByNumber(form & ~SECRET_BIT);
  if (encoding === null) reader.fail("encoding-unknown", formOffset);
  const length = reader.uvarint();
  const start = reader.offset;
  const text = encoding.textOf(reader.take(length));
  if (text === null)
    reader.fail(encoding.number === 0 ? "text-not-utf8" : "value-malformed", start);
  return { isSecret: (form & SECRET_BIT) !== 0, text, start, end: reader.offset };
}

/** The payload without the value bytes of its secret fields, and whether a mark can be made of it. */
export function publicPart(payload: Uint8Array, content: PlainContent): Uint8Array | null {
  const hasPublicValue = content.spans.some(
    ({ isSecret, start, end }) => !isSecret && end - start >= MARKED_VALUE_BYTES,
  );
  if (!hasPublicValue) return null;
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { start, end } of content.spans.filter(({ isSecret }) => isSecret)) {
    parts.push(payload.subarray(offset, start));
    offset = end;
  }
  return concatBytes([...parts, payload.subarray(offset)]);
}

// A shorter public value could be guessed, and with it what else a mark tells.
const MARKED_VALUE_BYTES = 8;
