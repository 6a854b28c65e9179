/** What the machine throws, as a coded error; null for what is a fault of ours. */
import type { RunConfiguration } from "../contract/configuration.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import { codedHomeError, diskTroubleOf } from "../platform/disk-trouble.ts";
import { freeMemoryBytes, memoryOfProcess } from "../platform/memory.ts";
import { type LearnedData, smallerBatch } from "./measuring/predict-memory.ts";

/** TensorFlow's and the allocators' own words; they carry no code. */
const outOfMemory =
  /\bOOM\b|resource ?exhausted|failed to allocate|allocation of .* exceeds|bad_alloc|cannot allocate memory|array buffer allocation failed|invalid typed array length|out of memory/i;

/** Whether these words say that memory ran out. */
export function tellsOutOfMemory(words: string): boolean {
  return outOfMemory.test(words);
}

/** What was being done: where it wrote, and with what batches of which networks. */
export interface Doing extends LearnedData {
  readonly arms: readonly RunConfiguration[];
  readonly path: string;
}

export function codedErrorOf(thrown: unknown, about: Doing): CodedError | null {
  if (thrown instanceof StrataError) return thrown.toJSON();
  if (!(thrown instanceof Error)) return null;
  const code = "code" in thrown ? thrown.code : undefined;
  const path = "path" in thrown && typeof thrown.path === "string" ? thrown.path : about.path;
  // That something is not there, or is no folder, is said of what was to be read, too.
  if (diskTroubleOf(thrown) !== "no-folder") {
    const coded = codedHomeError(thrown, path);
    if (coded instanceof StrataError) return coded.toJSON();
  }
  if (code === "ENOMEM" || code === "ERR_MEMORY_ALLOCATION_FAILED" || tellsOutOfMemory(thrown.message)) {
    const held = memoryOfProcess(process.pid)?.residentBytes ?? 0;
    return outOfMemoryError(about, freeMemoryBytes() + held, null);
  }
  return null;
}

/**
 * @param availableBytes what a training process could take in all
 * @param killedAtBytes what it held when the system ended it; null where an allocation failed
 */
export function outOfMemoryError(
  { arms, ...data }: Omit<Doing, "path">,
  availableBytes: number,
  killedAtBytes: number | null,
): CodedError {
  return new StrataError("training.out-of-memory", {
    batchSize: arms[0]?.training.batchSize ?? 1,
    smallerBatch: smallerBatch(arms, data, availableBytes),
    killedAtBytes,
  }).toJSON();
}
