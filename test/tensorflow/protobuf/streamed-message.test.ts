import { create, fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { TensorProtoSchema } from "../../../src-main/tensorflow/protobuf/generated/tensorflow_pb.js";
import { bytesOfPiece, fieldPieces, lengthOf } from "../../../src-main/tensorflow/protobuf/streamed-message.ts";

test("a field in pieces is read as the field, and asks for its bytes when their turn comes", () => {
  let asked = 0;
  const late = {
    length: 200,
    make() {
      asked++;
      return new Uint8Array(200).fill(7);
    },
  };
  const pieces = fieldPieces(TensorProtoSchema.field.tensorContent, [new Uint8Array(100), late]);
  // A number of one byte and a length of two stand in front of 300 bytes.
  expect([lengthOf(pieces), asked]).toEqual([303, 0]);
  const whole = Buffer.concat(pieces.map(bytesOfPiece));
  const tensorContent = Uint8Array.from([...new Array(100).fill(0), ...new Array(200).fill(7)]);
  expect({ ...fromBinary(TensorProtoSchema, Uint8Array.from(whole)) }).toEqual({
    ...create(TensorProtoSchema, { tensorContent }),
  });
  expect(asked).toBe(1);
});

test("other bytes than were announced are no piece", () => {
  expect(() => bytesOfPiece({ length: 3, make: () => Uint8Array.of(1) })).toThrow("1 bytes were made of 3");
});
