/** Attributes of a node as `graph-def.ts` writes them, read back. Field numbers are as there. */
import { type ReadField, readFields } from "./read-wire.ts";
import type { Bytes } from "./wire.ts";

/** As TensorFlow's JSON for a graph has them: 64-bit numbers as text, texts in base64. */
export type AttributeJson =
  | { readonly s: string }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: string }
  | { readonly shape: ShapeJson }
  | { readonly list: Readonly<Record<string, readonly (string | number | boolean | ShapeJson)[]>> };
interface ShapeJson {
  readonly dim: readonly { readonly size: string }[];
}

/** TensorFlow's numbers of the types that graphs here have. */
const typeNames: Readonly<Record<number, string>> = {
  ...{ 1: "DT_FLOAT", 3: "DT_INT32", 4: "DT_UINT8", 9: "DT_INT64", 10: "DT_BOOL" },
};

export function attributeJson(attribute: Bytes): AttributeJson {
  const [first] = readFields(attribute);
  if (!first) throw new Error("An attribute is empty");
  if (first.field !== 1) return oneJson(first);
  const list: Record<string, (string | number | boolean | ShapeJson)[]> = {};
  for (const field of readFields(bytesOf(first))) {
    const [[key, value] = []] = Object.entries(oneJson(field));
    if (key !== undefined) list[key] = [...(list[key] ?? []), value];
  }
  return { list };
}

function oneJson(field: ReadField): Exclude<AttributeJson, { list: unknown }> {
  switch (field.field) {
    case 2:
      return { s: Buffer.from(bytesOf(field)).toString("base64") };
    case 3:
      return { i: String(field.value) };
    case 4:
      return { f: Number(field.value) };
    case 5:
      return { b: Boolean(field.value) };
    case 6:
      return { type: typeName(Number(field.value)) };
    case 7:
      return { shape: { dim: shapeOf(bytesOf(field)).map((size) => ({ size: String(size) })) } };
    default:
      throw new Error(`An attribute of kind ${field.field} has no place in JSON`);
  }
}

export function typeName(dtype: number): string {
  const name = typeNames[dtype];
  if (name === undefined) throw new Error(`Type ${dtype} has no place in JSON`);
  return name;
}

export interface ReadTensor {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A constant's value: float32, or int32 and bool as whole numbers. */
export function tensorOf(attribute: Bytes): ReadTensor {
  const [field] = readFields(attribute);
  if (field?.field !== 8) throw new Error("A constant's value is no tensor");
  const fields = new Map(readFields(bytesOf(field)).map((one) => [one.field, one]));
  const dtype = Number(fields.get(1)?.value);
  const shape = shapeOf(bytesOf(fields.get(2)));
  const size = shape.reduce((product, side) => product * side, 1);
  const isFloat = typeName(dtype) === "DT_FLOAT";
  if (!isFloat && typeName(dtype) !== "DT_INT32") throw new Error(`A constant of type ${typeName(dtype)} is not read`);
  const content = fields.get(4);
  if (content) {
    const { buffer } = bytesOf(content).slice();
    return { dtype, shape, values: isFloat ? new Float32Array(buffer) : new Int32Array(buffer) };
  }
  // One value stands for all.
  const value = Number(fields.get(isFloat ? 5 : 7)?.value ?? 0);
  return { dtype, shape, values: (isFloat ? new Float32Array(size) : new Int32Array(size)).fill(value) };
}

function shapeOf(shape: Bytes): number[] {
  return readFields(shape).map((dimension) => Number(readFields(bytesOf(dimension))[0]?.value ?? 0));
}

function bytesOf(field: ReadField | undefined): Bytes {
  if (typeof field?.value !== "object") throw new Error("A field is no message");
  return field.value;
}
