/**
 * Reads TensorFlow's messages out of files, which may be anybody's. Two bytes of a file can be a message, which takes some hundreds in memory, and the
 * library's reader takes a field for what its schema says, whatever the file says that it is. So a file is gone through once before anything is made
 * of it: its fields are of the kinds and lengths that they state, and their number is bounded.
 */
import { type DescField, type DescMessage, fromBinary, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

export type Bytes = Uint8Array<ArrayBuffer>;

let valuesLeft = Number.POSITIVE_INFINITY;

/** More values were read than the file may have. */
export class ValueLimitError extends Error {}

/** Runs work that may read so many values in all, each field and each number of a list being one. @throws ValueLimitError */
export function withValueLimit<T>(mostValues: number, work: () => T): T {
  const before = valuesLeft;
  valuesLeft = mostValues;
  try {
    return work();
  } finally {
    valuesLeft = before;
  }
}

/** Fields that the schema does not have are passed by. @throws Error for a message that is cut short or no such one; ValueLimitError */
export function readMessage<D extends DescMessage>(schema: D, bytes: Bytes): MessageShape<D> {
  const reader = new BinaryReader(bytes);
  checkMessage(schema, reader, bytes, bytes.length);
  return fromBinary(schema, bytes, { readUnknownFields: false });
}

/** @throws Error for what a number here cannot hold */
export function wholeOf(value: bigint): number {
  const whole = Number(value);
  if (!Number.isSafeInteger(whole)) throw new Error("A field is no whole number");
  return whole;
}

function checkMessage(schema: DescMessage, reader: BinaryReader, bytes: Bytes, end: number): void {
  const fields = fieldsOf(schema);
  while (reader.pos < end) {
    takeValues(1);
    const [number, wireType] = reader.tag();
    const field = fields.get(number);
    if (field === undefined) reader.skip(wireType, number);
    else if (wireType === WireType.LengthDelimited) checkContent(field, reader, bytes);
    else if (wireType === wireTypeOf(field)) reader.skip(wireType, number);
    else throw new Error(`A message has ${field.name} in another form`);
  }
  if (reader.pos !== end) throw new Error("A message ends within a field");
}

/** Of a message, text, or list of numbers. */
function checkContent(field: DescField, reader: BinaryReader, bytes: Bytes): void {
  const end = reader.uint32() + reader.pos;
  if (field.fieldKind === "map") checkEntry(field, reader, bytes, end);
  else if (field.message) checkMessage(field.message, reader, bytes, end);
  else if (wireTypeOf(field) !== WireType.LengthDelimited) checkNumbers(field, bytes.subarray(reader.pos, end));
  reader.pos = end;
}

/** Key and value of a map: both are texts or messages in all of TensorFlow's maps that are read here. */
function checkEntry(field: DescField & { fieldKind: "map" }, reader: BinaryReader, bytes: Bytes, end: number): void {
  while (reader.pos < end) {
    takeValues(1);
    const [number, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited) throw new Error(`A message has ${field.name} in another form`);
    const inside = reader.uint32() + reader.pos;
    if (number === 2 && field.message) checkMessage(field.message, reader, bytes, inside);
    reader.pos = inside;
  }
  if (reader.pos !== end) throw new Error("A message ends within a field");
}

/** Numbers end to end; the last one must end where the list does. */
function checkNumbers(field: DescField, packed: Bytes): void {
  const wireType = wireTypeOf(field);
  if (field.fieldKind !== "list") throw new Error(`A message has ${field.name} in another form`);
  const width = wireType === WireType.Bit32 ? 4 : wireType === WireType.Bit64 ? 8 : 1;
  takeValues(packed.length / width);
  const last = packed.at(-1) ?? 0;
  if (packed.length % width !== 0 || (wireType === WireType.Varint && last >= 0x80))
    throw new Error("A message ends within a number");
}

function takeValues(count: number): void {
  valuesLeft -= count;
  if (valuesLeft < 0) throw new ValueLimitError("It has more fields than any model");
}

const fieldsBySchema = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

function fieldsOf(schema: DescMessage): ReadonlyMap<number, DescField> {
  const known = fieldsBySchema.get(schema) ?? new Map(schema.fields.map((field) => [field.number, field]));
  fieldsBySchema.set(schema, known);
  return known;
}

const fixedTypes: Readonly<Partial<Record<ScalarType, WireType>>> = {
  ...{
    [ScalarType.FLOAT]: WireType.Bit32,
    [ScalarType.FIXED32]: WireType.Bit32,
    [ScalarType.SFIXED32]: WireType.Bit32,
  },
  ...{
    [ScalarType.DOUBLE]: WireType.Bit64,
    [ScalarType.FIXED64]: WireType.Bit64,
    [ScalarType.SFIXED64]: WireType.Bit64,
  },
  ...{ [ScalarType.STRING]: WireType.LengthDelimited, [ScalarType.BYTES]: WireType.LengthDelimited },
};

/** Of one value, whether it stands alone or in a list. */
function wireTypeOf(field: DescField): WireType {
  if (field.message || field.fieldKind === "map") return WireType.LengthDelimited;
  return (field.scalar === undefined ? undefined : fixedTypes[field.scalar]) ?? WireType.Varint;
}
