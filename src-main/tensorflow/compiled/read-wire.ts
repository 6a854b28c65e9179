/** Protocol buffers' wire format, read back as far as a graph of our own making needs it. */
import type { Bytes } from "./wire.ts";

export interface ReadField {
  readonly field: number;
  /** A bigint for integers (as 64 bits with a sign), a number for 32-bit floats, bytes for texts and messages. */
  readonly value: bigint | number | Bytes;
}

/** @throws Error for what `wire.ts` does not write */
export function readFields(bytes: Bytes): ReadField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: ReadField[] = [];
  let at = 0;
  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("A message ends within a number");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
  }
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = tag >> 3;
    if ((tag & 7) === 0) fields.push({ field, value: varint() });
    else if ((tag & 7) === 5) {
      fields.push({ field, value: view.getFloat32(at, true) });
      at += 4;
    } else if ((tag & 7) === 2) {
      const end = Number(varint()) + at;
      fields.push({ field, value: bytes.subarray(at, end) });
      at = end;
    } else throw new Error(`A message has a field of the unknown kind ${tag & 7}`);
  }
  return fields;
}
