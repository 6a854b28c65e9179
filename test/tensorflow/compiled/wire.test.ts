import { expect, test } from "vitest";
import {
  bytesField,
  bytesOfPiece,
  floatField,
  integerField,
  lengthOf,
  mapField,
  message,
  piecesField,
  textField,
} from "../../../src-main/tensorflow/compiled/wire.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

test("an integer takes seven bits a byte, the lowest first", () => {
  // 150 = 1·128 + 22, the example of the format's own documentation.
  expect(integerField(1, 150)).toEqual(bytes(0x08, 0x96, 0x01));
});

test("a negative integer takes ten bytes, as an int64 does", () => {
  expect(integerField(1, -1)).toEqual(bytes(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
});

test("a field above 15 has a tag of two bytes", () => {
  expect(integerField(16, 0)).toEqual(bytes(0x80, 0x01, 0x00));
});

test("a float is four bytes, the lowest first", () => {
  expect(floatField(4, 1)).toEqual(bytes(0x25, 0x00, 0x00, 0x80, 0x3f));
});

test("a message in pieces is the message, and asks for its bytes when their turn comes", () => {
  const whole = bytesField(2, message(integerField(1, 5), bytesField(4, bytes(...new Array(200).fill(7)))));
  let asked = 0;
  const late = {
    length: 200,
    make() {
      asked++;
      return bytes(...new Array(200).fill(7));
    },
  };
  const pieces = piecesField(2, [integerField(1, 5), ...piecesField(4, [late])]);
  expect([lengthOf(pieces), asked]).toEqual([whole.length, 0]);
  expect(message(...pieces.map(bytesOfPiece))).toEqual(whole);
  expect(() => bytesOfPiece({ length: 3, make: () => bytes(1) })).toThrow("1 bytes were made of 3");
});

test("text is UTF-8 behind its length in bytes", () => {
  expect(textField(2, "ß")).toEqual(bytes(0x12, 0x02, 0xc3, 0x9f));
});

test("a message within a message is its bytes behind their length", () => {
  expect(bytesField(3, message(integerField(1, 150)))).toEqual(bytes(0x1a, 0x03, 0x08, 0x96, 0x01));
});

test("a map is a message of key and value an entry", () => {
  expect(mapField(5, { a: integerField(3, 7) })).toEqual(bytes(0x2a, 0x07, 0x0a, 0x01, 0x61, 0x12, 0x02, 0x18, 0x07));
});
