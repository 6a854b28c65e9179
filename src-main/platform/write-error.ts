import { StrataError } from "../contract/errors.ts";
import { diskTroubleOf, troubleInWords } from "./disk-trouble.ts";

/** What the file system said as the coded error for what was being written; what anything else threw, as it is. */
export function codedWriteError(
  thrown: unknown,
  path: string,
  code: "weights.not-written" | "checkpoint.not-written" = "weights.not-written",
): unknown {
  // Only calls of the system carry this.
  if (!(thrown instanceof Error && "syscall" in thrown && "code" in thrown)) return thrown;
  const trouble = diskTroubleOf(thrown);
  const problem = trouble === null ? thrown.message : troubleInWords[trouble];
  return new StrataError(code, { problem, path }, { cause: thrown });
}

/** The same for the home and what lies in it. */
export function codedHomeError(thrown: unknown, path: string): unknown {
  const trouble = diskTroubleOf(thrown);
  if (trouble === null) return thrown;
  return new StrataError(trouble === "full" ? "disk.full" : "disk.read-only", { path }, { cause: thrown });
}
