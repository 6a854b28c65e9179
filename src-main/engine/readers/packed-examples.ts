/**
 * Pictures of a data set on the way between two processes: a column each in place of an object a picture, which of a hundred thousand would hold up the engine
 * for a third of a second.
 */
import { setImmediate as othersTurn } from "node:timers/promises";
import { splitNames } from "../../contract/dataset.ts";
import type { Example } from "../../datasets/example.ts";

export interface PackedExamples {
  /** One after another; no name holds a NUL. */
  readonly names: string;
  readonly labels: Int32Array;
  /** Positions in `splitNames`. */
  readonly splits: Uint8Array;
  /** SHA-256, 32 bytes each. */
  readonly hashes: Uint8Array;
}

/** What has examples, with these packed. */
export type Packed<T extends { readonly examples: readonly Example[] }> = Omit<T, "examples"> & {
  readonly examples: PackedExamples;
};

const hashBytes = 32;
const picturesAPiece = 10_000;

/** In the order of their index, from 0 on. */
export async function packExamples(examples: readonly Example[]): Promise<PackedExamples> {
  const names: string[] = [];
  const labels = new Int32Array(examples.length);
  const splits = new Uint8Array(examples.length);
  const hashes = Buffer.alloc(examples.length * hashBytes);
  for (const { index, name, label, split, contentHash } of examples) {
    if (index % picturesAPiece === picturesAPiece - 1) await othersTurn();
    names.push(name);
    labels[index] = label;
    splits[index] = splitNames.indexOf(split);
    hashes.write(contentHash, index * hashBytes, "hex");
  }
  return { names: names.join("\0"), labels, splits, hashes };
}

export async function unpackExamples({ names, labels, splits, hashes }: PackedExamples): Promise<readonly Example[]> {
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  const examples: Example[] = [];
  if (labels.length === 0) return examples;
  for (const [index, name] of names.split("\0").entries()) {
    if (index % picturesAPiece === picturesAPiece - 1) await othersTurn();
    const contentHash = bytes.toString("hex", index * hashBytes, (index + 1) * hashBytes);
    // One label and one split a name: all three were packed together.
    examples.push({ index, name, label: labels[index]!, split: splitNames[splits[index]!]!, contentHash });
  }
  return examples;
}
