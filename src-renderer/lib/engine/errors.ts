/** What went wrong, in words, from whatever was thrown by a call. */
import { isTRPCClientError } from "@trpc/client";
import { z } from "zod";
import type { CodedError } from "../../../src-main/contract/errors.ts";

/** A problem as the window shows it. `code` is null where the engine had no words for it. */
export interface ShownError {
  readonly code: CodedError["code"] | null;
  readonly problem: string;
  readonly remedy: string;
}

const carried = z.object({ strata: z.object({ code: z.string(), problem: z.string(), remedy: z.string() }) });

/** The engine's own words where it sent some; else an honest general sentence. */
export function shownError(thrown: unknown): ShownError {
  if (isTRPCClientError(thrown)) {
    const data = carried.safeParse(thrown.data);
    // The code is one of the engine's own: both sides are built from the same contract.
    if (data.success) return data.data.strata as CodedError;
    if (thrown.data === undefined || thrown.data === null) {
      return {
        code: null,
        problem: "The engine did not answer.",
        remedy: "Nothing recorded is lost. Try again once it is connected.",
      };
    }
  }
  return {
    code: null,
    problem: "Something went wrong inside Strata.",
    remedy: "It is written in the engine's log. Try again; what is recorded is kept.",
  };
}
