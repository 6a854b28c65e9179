/** TensorBoard's files of events: records of a length, its checksum, a message and its checksum (TFRecord), the first of which names the version. */
import { create, toBinary } from "@bufbuild/protobuf";
import { maskedCrc32c } from "../platform/crc32c.ts";
import { EventSchema, Summary_ValueSchema, SummarySchema } from "./protobuf/generated/tensorflow_pb.js";

/** A value at a step, of the curve that its tag names. */
export interface Scalar {
  readonly tag: string;
  readonly step: number;
  /** Rounded to float32, which is all that the format has. */
  readonly value: number;
  /** When it was recorded, since 1970. */
  readonly wallSeconds: number;
}

/** @param wallSeconds when the run began, since 1970 */
export function eventFile(scalars: Iterable<Scalar>, wallSeconds: number): Uint8Array {
  const version = create(EventSchema, {
    wallTime: wallSeconds,
    what: { case: "fileVersion", value: "brain.Event:2" },
  });
  const records = [recordOf(toBinary(EventSchema, version))];
  for (const { tag, step, value, wallSeconds: at } of scalars) {
    const one = create(Summary_ValueSchema, { tag, value: { case: "simpleValue", value } });
    const event = create(EventSchema, {
      wallTime: at,
      step: BigInt(step),
      what: { case: "summary", value: create(SummarySchema, { value: [one] }) },
    });
    records.push(recordOf(toBinary(EventSchema, event)));
  }
  return Buffer.concat(records);
}

function recordOf(message: Uint8Array): Buffer {
  const record = Buffer.alloc(message.length + 16);
  record.writeBigUInt64LE(BigInt(message.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(message, 12);
  record.writeUInt32LE(maskedCrc32c(message), 12 + message.length);
  return record;
}
