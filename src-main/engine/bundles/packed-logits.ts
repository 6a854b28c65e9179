/** Logits of a split as a part of a bundle has them (`bundledLogits`), and back, believed in nothing. */
import { endianness } from "node:os";
import type { SplitLogits } from "../../contract/calibration.ts";
import type { SplitName } from "../../contract/dataset.ts";
import { type BundledRecord, logitBytes } from "../../contract/run-bundle.ts";

/** The form is that of the memory of every processor that Strata runs on. */
if (endianness() !== "LE") throw new Error("Logits are packed as little-endian numbers");

export function packedLogits({ examples, labels, logits }: SplitLogits): Uint8Array {
  return Buffer.concat([examples, labels, logits].map((of) => Buffer.from(of.buffer, of.byteOffset, of.byteLength)));
}

/** How many pictures logits on a split are of: those that were answered, or, as answers are recorded of one split alone, those of its last evaluation. */
export function picturesOfLogits({ answers, evaluations }: BundledRecord, split: SplitName): number {
  const answered = answers.find((one) => one.split === split)?.examples.length;
  return answered ?? evaluations.findLast((one) => one.split === split)?.pictures ?? 0;
}

/** @returns null where the bytes are no logits of so many pictures */
export function unpackedLogits(
  bytes: Uint8Array,
  { epoch, pictures, classes }: { readonly epoch: number; readonly pictures: number; readonly classes: number },
): SplitLogits | null {
  if (bytes.length !== logitBytes(pictures, classes)) return null;
  // Numbers of four bytes begin at a multiple of four.
  const { buffer } = Uint8Array.from(bytes);
  const examples = new Int32Array(buffer, 0, pictures);
  const labels = new Int32Array(buffer, 4 * pictures, pictures);
  const logits = new Float32Array(buffer, 8 * pictures);
  const areExamples = examples.every((example) => example >= 0) && new Set(examples).size === pictures;
  const areLabels = labels.every((label) => label >= 0 && label < classes);
  return areExamples && areLabels && logits.every(Number.isFinite)
    ? { epoch, classes, examples, labels, logits }
    : null;
}
