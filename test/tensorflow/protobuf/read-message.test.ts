/** Bytes that are no message, or would become far larger: written by hand, since no library would. */
import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  AttrValue_ListValueSchema,
  AttrValueSchema,
  BundleEntryProtoSchema,
  GraphDefSchema,
  NodeDefSchema,
} from "../../../src-main/tensorflow/protobuf/generated/tensorflow_pb.js";
import {
  readMessage,
  ValueLimitError,
  wholeOf,
  withValueLimit,
} from "../../../src-main/tensorflow/protobuf/read-message.ts";
import { bytesField, integerField, mapField, message, textField } from "../../models/foreign/wire-fields.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const nodes = (count: number) => message(...Array.from({ length: count }, () => bytesField(1, textField(1, "n"))));

describe("a message", () => {
  test("is read with its maps and lists, and without what nobody here asks for", () => {
    const window = create(AttrValue_ListValueSchema, { i: [1n, 300n, -1n] });
    const strides = create(AttrValueSchema, { value: { case: "list", value: window } });
    const node = toBinary(NodeDefSchema, create(NodeDefSchema, { name: "a", op: "Conv2D", attr: { strides } }));
    // 4 is the device of a node.
    const read = readMessage(GraphDefSchema, bytesField(1, message(node, textField(4, "/cpu"))));
    expect(read.node[0]).toMatchObject({
      name: "a",
      op: "Conv2D",
      attr: { strides: { value: { value: { i: window.i } } } },
    });
    expect(read.node[0]).not.toHaveProperty("$unknown");
  });

  test("reads a list of numbers that are not packed, too", () => {
    const list = readMessage(AttrValue_ListValueSchema, message(integerField(3, 1), integerField(3, 2)));
    expect(list.i).toEqual([1n, 2n]);
  });
});

describe("is refused in words:", () => {
  const field = "A message ends within a field";
  test.each([
    ["a message cut short", NodeDefSchema, textField(1, "name").slice(0, -1), field],
    ["a field that is longer than the message around it", GraphDefSchema, bytes(0x0a, 2, 0x0a, 2, 97, 97), field],
    ["a value that is longer than its map's entry", NodeDefSchema, bytes(0x2a, 2, 0x12, 2, 0x18, 1), field],
    ["a message in a place for a number", BundleEntryProtoSchema, textField(1, "a"), "dtype in another form"],
    // Kind 0 says a number. A reader that goes by the schema alone takes what comes for a message's length.
    ["a number in a place for a message", GraphDefSchema, bytes(0x08, 2, 0x0a, 0), "node in another form"],
    ["a number for a message of a map", NodeDefSchema, bytesField(5, bytes(0x10, 2, 0x0a, 0)), "attr in another form"],
    ["64 bits in a place for 32", BundleEntryProtoSchema, bytes(0x31, ...new Array(8)), "crc32c in another form"],
    ["a list whose last number goes on behind it", AttrValue_ListValueSchema, bytes(0x1a, 2, 1, 0x80, 1), "a number"],
    ["a list of floats that is cut", AttrValue_ListValueSchema, bytesField(4, bytes(0, 0, 0)), "a number"],
    ["a field without a number", NodeDefSchema, bytes(0x00, 0), "illegal tag"],
    ["groups within groups", NodeDefSchema, bytes(...new Array(1_000).fill(0x73)), "maximum recursion depth"],
  ] as const)("%s", (_, schema, content, problem) => {
    expect(() => readMessage(schema, content)).toThrow(problem);
  });

  test("more values than are allowed, before any of them is made, over all messages that are read", () => {
    const read = (...all: readonly Uint8Array<ArrayBuffer>[]) =>
      withValueLimit(10, () => all.map((one) => readMessage(GraphDefSchema, one)));
    // A node and its name are two.
    expect(read(nodes(5))[0]?.node).toHaveLength(5);
    expect(() => read(nodes(6))).toThrow(ValueLimitError);
    expect(() => read(nodes(3), nodes(3))).toThrow(ValueLimitError);
  });

  test.each([
    ["numbers of a list", AttrValue_ListValueSchema, bytesField(3, new Uint8Array(20))],
    [
      "entries of a map",
      NodeDefSchema,
      mapField(5, Object.fromEntries("abcdefgh".split("").map((key) => [key, bytes()]))),
    ],
    ["fields that nobody asks for", NodeDefSchema, message(...new Array(11).fill(integerField(99, 1)))],
  ] as const)("more %s", (_, schema, content) => {
    expect(() => withValueLimit(10, () => readMessage(schema, content))).toThrow(ValueLimitError);
  });
});

test("a whole number is one that JavaScript holds", () => {
  expect([wholeOf(-1n), wholeOf(2n ** 53n - 1n)]).toEqual([-1, 2 ** 53 - 1]);
  expect(() => wholeOf(2n ** 53n)).toThrow("A field is no whole number");
});
