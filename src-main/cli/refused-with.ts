import { type ErrorCode, StrataError } from "../contract/errors.ts";

/** Whether an endpoint of the engine refused with this code. */
export function isRefusedWith(thrown: unknown, code: ErrorCode): boolean {
  return thrown instanceof Error && thrown.cause instanceof StrataError && thrown.cause.code === code;
}
