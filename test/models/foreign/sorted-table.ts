/** A test's own writer of what is read: a sorted table of one block, and a checkpoint with it. Made small, and by hand, so that it can be damaged. */
import { writeFileSync } from "node:fs";
import { maskedCrc32c } from "../../../src-main/platform/crc32c.ts";
import { bytesField, integerField, message, textField } from "./wire-fields.ts";

export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
const u32 = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)];

/** Keys share what they have in common with the one before, as LevelDB writes them. */
function block(entries: readonly (readonly [key: string, value: Uint8Array])[]): number[] {
  let before = "";
  const written = entries.flatMap(([key, value]) => {
    let shared = 0;
    while (shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++;
    before = key;
    const own = [...Buffer.from(key.slice(shared))];
    return [...varint(shared), ...varint(own.length), ...varint(value.length), ...own, ...value];
  });
  return [...written, ...u32(0), ...u32(1)];
}

function withTrailer(bytes: readonly number[]): number[] {
  return [...bytes, 0, ...u32(maskedCrc32c(Uint8Array.from(bytes), Uint8Array.of(0)))];
}

export function sortedTable(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  return tableOf(block(entries));
}

/** @param timesNamed how often the list of blocks names the one of entries */
export function tableOf(data: readonly number[], timesNamed = 1): Uint8Array<ArrayBuffer> {
  const empty = block([]);
  const handle = (offset: number, size: number) => [...varint(offset), ...varint(size)];
  const named = [String(0), Uint8Array.from(handle(0, data.length))] as const;
  const index = block(Array.from({ length: timesNamed }, () => named));
  const blocks = [data, empty, index].map(withTrailer);
  const emptyAt = blocks[0]!.length;
  const indexAt = emptyAt + blocks[1]!.length;
  const handles = [...handle(emptyAt, empty.length), ...handle(indexAt, index.length)];
  const footer = [...handles, ...new Array(40 - handles.length).fill(0), ...u32(0x8b80fb57), ...u32(0xdb477524)];
  return Uint8Array.from([...blocks.flat(), ...footer]);
}

export interface Variable {
  readonly key: string;
  /** As the program that wrote it called it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  /** What the index says instead of the truth. */
  readonly lies?: { readonly shape?: readonly number[]; readonly offset?: number; readonly size?: number };
}

/** Writes `<prefix>.index` and its one file of values. */
export function writeBundle(prefix: string, variables: readonly Variable[]): void {
  const values = Buffer.concat(variables.map((variable) => Buffer.from(variable.values.buffer)));
  const graph = message(
    ...variables.map(({ key, name }) =>
      bytesField(1, bytesField(2, message(textField(1, "VARIABLE_VALUE"), textField(2, name), textField(3, key)))),
    ),
  );
  const text = Buffer.from([...varint(graph.length), 0, 0, 0, 0, ...graph]);
  let offset = 0;
  const entries = variables.map(({ key, shape, values: own, lies = {} }): [string, Uint8Array] => {
    const bytes = new Uint8Array(own.buffer);
    const sides = (lies.shape ?? shape).map((side) => bytesField(2, integerField(1, side)));
    const entry = message(
      integerField(1, 1),
      bytesField(2, message(...sides)),
      integerField(4, lies.offset ?? offset),
      integerField(5, lies.size ?? bytes.length),
      Uint8Array.from([6 * 8 + 5, ...u32(maskedCrc32c(bytes))]),
    );
    offset += bytes.length;
    return [key, entry];
  });
  const graphEntry = message(integerField(1, 7), integerField(4, values.length), integerField(5, text.length));
  const header: [string, Uint8Array] = ["", message(integerField(1, 1))];
  const all: [string, Uint8Array][] = [...entries, ["_CHECKPOINTABLE_OBJECT_GRAPH", graphEntry]];
  const inOrder = all.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(`${prefix}.index`, sortedTable([header, ...inOrder]));
  writeFileSync(`${prefix}.data-00000-of-00001`, Buffer.concat([values, text]));
}
