/** A message whose largest fields are made when their turn to be written comes, so that not all of it need be in memory at once. */
import type { DescField } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Bytes } from "./read-message.ts";

/** Bytes that are there, or of a known length and made late. */
export type Piece = Bytes | { readonly length: number; readonly make: () => Bytes };

/** Bytes, a text or a message as a field of another, in front of which stand its number and its length. */
export function fieldPieces({ number }: Pick<DescField, "number">, content: readonly Piece[]): Piece[] {
  const begin = new BinaryWriter().tag(number, WireType.LengthDelimited).uint64(lengthOf(content));
  return [begin.finish(), ...content];
}

/** In bytes. */
export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { length }) => total + length, 0);
}

/** @throws Error where other bytes were made than were announced */
export function bytesOfPiece(piece: Piece): Bytes {
  if (piece instanceof Uint8Array) return piece;
  const bytes = piece.make();
  if (bytes.length !== piece.length) throw new Error(`${bytes.length} bytes were made of ${piece.length}`);
  return bytes;
}
