/** Protocol buffers' wire format by hand, so that tests can write what no library would. Each `…Field` is one field, with its number in front. */
import { varint } from "./sorted-table.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export function message(...fields: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(Buffer.concat(fields));
}

/** Any of the integer types and bool. Negative numbers take ten bytes: all but the last have seven bits, and say that there are more. */
export function integerField(field: number, value: number): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) + 128);
  return Uint8Array.from([...varint(field * 8), ...bytes, Number(rest)]);
}

/** Bytes, or a message of its own. */
export function bytesField(field: number, bytes: Uint8Array): Bytes {
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes);
}

export function textField(field: number, text: string): Bytes {
  return bytesField(field, new TextEncoder().encode(text));
}

/** `map<string, Message>`. */
export function mapField(field: number, entries: Readonly<Record<string, Uint8Array>>): Bytes {
  return message(
    ...Object.entries(entries).map(([key, value]) =>
      bytesField(field, message(textField(1, key), bytesField(2, value))),
    ),
  );
}
