import { StrataError } from "../contract/errors.ts";

const problems: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  EROFS: "the folder cannot be written",
  EACCES: "the folder may not be written",
  EPERM: "the folder may not be written",
};

/** What the file system said as the coded error for what was being written; what anything else threw, as it is. */
export function codedWriteError(
  thrown: unknown,
  path: string,
  code: "weights.not-written" | "checkpoint.not-written" = "weights.not-written",
): unknown {
  // Only calls of the system carry this.
  if (!(thrown instanceof Error && "syscall" in thrown && "code" in thrown)) return thrown;
  const problem = problems[String(thrown.code)] ?? thrown.message;
  return new StrataError(code, { problem, path }, { cause: thrown });
}
