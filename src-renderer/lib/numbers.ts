/** What is wrong with a typed number, in a few words. */
import type { z } from "zod";
import { plain } from "./format.ts";

/** @param scale what one unit of the contract is on the page: 100 where a share is typed in percent */
export function numberProblem(issue: z.core.$ZodIssue, scale = 1): string {
  switch (issue.code) {
    case "too_small": {
      const least = plain(Number(issue.minimum) * scale);
      return issue.inclusive ? `At least ${least}.` : `More than ${least}.`;
    }
    case "too_big": {
      const most = plain(Number(issue.maximum) * scale);
      return issue.inclusive ? `At most ${most}.` : `Less than ${most}.`;
    }
    case "invalid_type":
      return issue.expected === "int" ? "A whole number." : "A number, such as 0.1.";
    case "custom":
      return sentenceOf(issue.message);
    default:
      return "Not a value that can be used here.";
  }
}

/** A problem as it stands alone. */
export const sentenceOf = (problem: string): string => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
