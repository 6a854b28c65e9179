/** What the machine throws, as a coded error; null for what is a fault of ours. */
import { type CodedError, StrataError } from "../contract/errors.ts";

/** TensorFlow's and the allocators' own words; they carry no code. */
const outOfMemory =
  /\bOOM\b|resource ?exhausted|failed to allocate|allocation of .* exceeds|bad_alloc|cannot allocate memory|array buffer allocation failed|invalid typed array length|out of memory/i;

export function codedErrorOf(thrown: unknown, about: { batchSize: number; path: string }): CodedError | null {
  if (thrown instanceof StrataError) return thrown.toJSON();
  if (!(thrown instanceof Error)) return null;
  const code = "code" in thrown ? thrown.code : undefined;
  const path = "path" in thrown && typeof thrown.path === "string" ? thrown.path : about.path;
  if (code === "ENOSPC" || code === "EDQUOT") return new StrataError("disk.full", { path }).toJSON();
  if (code === "EROFS" || code === "EACCES" || code === "EPERM")
    return new StrataError("disk.read-only", { path }).toJSON();
  if (code === "ENOMEM" || code === "ERR_MEMORY_ALLOCATION_FAILED" || outOfMemory.test(thrown.message))
    return new StrataError("training.out-of-memory", { batchSize: about.batchSize }).toJSON();
  return null;
}
