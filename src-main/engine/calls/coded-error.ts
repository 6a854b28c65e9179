/** What a caller is told of what was thrown. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { type CodedError, StrataError } from "../../contract/errors.ts";
import { mostCalls } from "./call-limit.ts";

/** Longer than any path that a system takes. */
const mostCharacters = 5_000;

/** Of what a client sent, an answer repeats no more. */
export const brief = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;

/** The coded error inside anything thrown, in so many words; null for a broken invariant, which is logged and not explained. */
export function codedErrorFrom(thrown: unknown): CodedError | null {
  const coded = wholeErrorFrom(thrown);
  return coded && { ...coded, problem: brief(coded.problem), remedy: brief(coded.remedy) };
}

function wholeErrorFrom(thrown: unknown): CodedError | null {
  // The library refuses it before a procedure is known, and has no code for it but these words.
  if (thrown instanceof TRPCError && thrown.message === "Batch call exceeds maximum size")
    return new StrataError("server.too-many-calls", { most: mostCalls }).toJSON();
  if (thrown instanceof TRPCError) {
    const coded = thrown.cause ? wholeErrorFrom(thrown.cause) : null;
    // No JSON, no such procedure, another method: the client's doing, whatever the library calls it.
    if (coded !== null || thrown.code === "INTERNAL_SERVER_ERROR") return coded;
    return new StrataError("request.invalid", { problem: thrown.message }).toJSON();
  }
  if (thrown instanceof StrataError) return thrown.toJSON();
  if (thrown instanceof z.ZodError) {
    const issue = thrown.issues[0];
    return new StrataError("settings.invalid", {
      setting: issue?.path.join(".") || "request",
      problem: issue?.message ?? "not understood",
    }).toJSON();
  }
  return null;
}
