/** Protocol buffers' wire format as far as a graph needs it. Each `…Field` is one field of a message, with its number in front. */

export type Bytes = Uint8Array<ArrayBuffer>;

export function message(...fields: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(fields.reduce((total, field) => total + field.length, 0));
  let end = 0;
  for (const field of fields) {
    bytes.set(field, end);
    end += field.length;
  }
  return bytes;
}

/** Any of the integer types and bool. Negative numbers take ten bytes, as int32 and int64 do. */
export function integerField(field: number, value: number): Bytes {
  return message(tag(field, 0), varint(value));
}

export function floatField(field: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message(tag(field, 5), bytes);
}

/** Bytes, or a message of its own. */
export function bytesField(field: number, bytes: Bytes): Bytes {
  return message(tag(field, 2), varint(bytes.length), bytes);
}

/** Bytes that are there, or of a known length and made when their turn comes, so that not all need be in memory at once. */
export type Piece = Bytes | { readonly length: number; readonly make: () => Bytes };

/** As `bytesField`, in pieces. */
export function piecesField(field: number, pieces: readonly Piece[]): Piece[] {
  return [message(tag(field, 2), varint(lengthOf(pieces))), ...pieces];
}

export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { length }) => total + length, 0);
}

export function bytesOfPiece(piece: Piece): Bytes {
  if (piece instanceof Uint8Array) return piece;
  const bytes = piece.make();
  if (bytes.length !== piece.length) throw new Error(`${bytes.length} bytes were made of ${piece.length}`);
  return bytes;
}

export function textField(field: number, text: string): Bytes {
  return bytesField(field, new TextEncoder().encode(text));
}

/** `map<string, Message>`. */
export function mapField(field: number, entries: Readonly<Record<string, Bytes>>): Bytes {
  return message(
    ...Object.entries(entries).map(([key, value]) =>
      bytesField(field, message(textField(1, key), bytesField(2, value))),
    ),
  );
}

function tag(field: number, wireType: number): Bytes {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. */
function varint(value: number): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) + 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
