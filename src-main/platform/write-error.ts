import { StrataError } from "../contract/errors.ts";

const problems: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  EROFS: "the folder cannot be written",
  EACCES: "the folder may not be written",
  EPERM: "the folder may not be written",
};

/** What the file system said while weights were written, as a coded error; what anything else threw, as it is. */
export function codedWriteError(thrown: unknown, path: string): unknown {
  // Only calls of the system carry this.
  if (!(thrown instanceof Error && "syscall" in thrown && "code" in thrown)) return thrown;
  const problem = problems[String(thrown.code)] ?? thrown.message;
  return new StrataError("weights.not-written", { problem, path }, { cause: thrown });
}
