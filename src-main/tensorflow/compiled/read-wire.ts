/** Protocol buffers' wire format, read back. Messages come from files, too: what does not add up throws, and nothing is read beyond the end. */
import type { Bytes } from "./wire.ts";

export interface ReadField {
  readonly field: number;
  /** A bigint for integers (as 64 bits with a sign) and what is 64 bits wide, a number for 32-bit floats, bytes for texts and messages. */
  readonly value: bigint | number | Bytes;
  /** The bits of a field of 32 bits, which may also be a whole number. */
  readonly bits?: number;
}

const mostVarintBytes = 10;

let fieldsLeft = Number.POSITIVE_INFINITY;

/** More fields were read than the file may have. */
export class FieldLimitError extends Error {}

/** Runs work that may read so many fields in all: two bytes of a file are a field, which takes a hundred times as much memory. @throws FieldLimitError */
export function withFieldLimit<T>(mostFields: number, work: () => T): T {
  const before = fieldsLeft;
  fieldsLeft = mostFields;
  try {
    return work();
  } finally {
    fieldsLeft = before;
  }
}

/** @throws Error for a message that is cut short, and for groups, which nobody writes any more */
export function readFields(bytes: Bytes): ReadField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: ReadField[] = [];
  let at = 0;
  function varint(): bigint {
    let value = 0n;
    for (let count = 0; count < mostVarintBytes; count++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("A message ends within a number");
      value |= BigInt(byte & 0x7f) << BigInt(7 * count);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new Error("A message has a number without an end");
  }
  /** Where so many more bytes begin. */
  function pass(count: number): number {
    if (!(count >= 0 && count <= bytes.length - at)) throw new Error("A message ends within a field");
    at += count;
    return at - count;
  }
  while (at < bytes.length) {
    if (fieldsLeft-- <= 0) throw new FieldLimitError("It has more fields than any model");
    const tag = Number(varint());
    const field = Math.floor(tag / 8);
    switch (tag & 7) {
      case 0:
        fields.push({ field, value: varint() });
        break;
      case 1:
        fields.push({ field, value: view.getBigInt64(pass(8), true) });
        break;
      case 5: {
        const begin = pass(4);
        fields.push({ field, value: view.getFloat32(begin, true), bits: view.getUint32(begin, true) });
        break;
      }
      case 2: {
        const length = Number(varint());
        const begin = pass(length);
        fields.push({ field, value: bytes.subarray(begin, begin + length) });
        break;
      }
      default:
        throw new Error(`A message has a field of the unknown kind ${tag & 7}`);
    }
  }
  return fields;
}

/** The bytes of a text or message; empty where the field is left out, as an empty one is. @throws Error for any other field */
export function bytesIn(fields: readonly ReadField[], number: number): Bytes {
  const value = fields.findLast(({ field }) => field === number)?.value ?? new Uint8Array();
  if (typeof value !== "object") throw new Error("A field is no message");
  return value;
}

export function textIn(fields: readonly ReadField[], number: number): string {
  return new TextDecoder().decode(bytesIn(fields, number));
}

/** 0 where the field is left out, as a 0 is. @throws Error for text, and for what a number here cannot hold */
export function wholeIn(fields: readonly ReadField[], number: number): number {
  const value = Number(fields.findLast(({ field }) => field === number)?.value ?? 0);
  if (!Number.isSafeInteger(value)) throw new Error("A field is no whole number");
  return value;
}

/** Every message of a repeated field. @throws Error where one is none */
export function messagesIn(fields: readonly ReadField[], number: number): ReadField[][] {
  return fields
    .filter(({ field }) => field === number)
    .map(({ value }) => {
      if (typeof value !== "object") throw new Error("A field is no message");
      return readFields(value);
    });
}
