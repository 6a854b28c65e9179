/** Logits of a run's last look at a split, of the weights that it ended with. */

import type { SplitLogits } from "../contract/calibration.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { Database } from "./database.ts";

interface LogitsRow {
  readonly epoch: number;
  readonly classes: number;
  readonly examples: Buffer;
  readonly labels: Buffer;
  readonly logits: Buffer;
}

export type LogitRecords = ReturnType<typeof createLogitRecords>;

export function createLogitRecords(database: Database) {
  const put = database.prepare<[number, SplitName, number, number, Buffer, Buffer, Buffer]>(
    "INSERT OR REPLACE INTO logits (run_id, split, epoch, classes, examples, labels, logits) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const find = database.prepare<[number, SplitName], LogitsRow>(
    "SELECT epoch, classes, examples, labels, logits FROM logits WHERE run_id = ? AND split = ?",
  );
  return {
    put(runId: number, split: SplitName, { epoch, classes, examples, labels, logits }: SplitLogits): void {
      put.run(runId, split, epoch, classes, bytesOf(examples), bytesOf(labels), bytesOf(logits));
    },

    /** Null where none were kept, as of runs of earlier versions, and where the lists do not belong together, as after damage. */
    of(runId: number, split: SplitName): SplitLogits | null {
      const row = find.get(runId, split);
      if (row === undefined) return null;
      const { epoch, classes } = row;
      const examples = new Int32Array(ownBytes(row.examples));
      const labels = new Int32Array(ownBytes(row.labels));
      const logits = new Float32Array(ownBytes(row.logits));
      const pictures = labels.length;
      const isWhole = examples.length === pictures && logits.length === pictures * classes;
      const isLabelled = labels.every((label) => label >= 0 && label < classes);
      return isWhole && isLabelled && logits.every(Number.isFinite)
        ? { epoch, classes, examples, labels, logits }
        : null;
    },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Numbers of four bytes begin at a multiple of four, which a part of a shared buffer need not. */
function ownBytes(bytes: Buffer): ArrayBuffer {
  const own = new ArrayBuffer(bytes.length - (bytes.length % 4));
  new Uint8Array(own).set(bytes.subarray(0, own.byteLength));
  return own;
}
