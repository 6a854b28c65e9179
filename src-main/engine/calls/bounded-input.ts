/** An input is bounded before it is looked at: each wrong value would be a sentence of the answer. */
import { StrataError } from "../../contract/errors.ts";

/** The longest that is meant is a list of ten thousand runs. */
const mostValues = 11_000;

/** @throws StrataError `request.invalid` for more values than any request has */
export function refuseLargeInput(input: unknown): void {
  const waiting: unknown[] = [input];
  let values = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    for (const part of Object.values(value)) {
      if (++values > mostValues)
        throw new StrataError("request.invalid", { problem: `it holds more than ${mostValues} values` });
      waiting.push(part);
    }
  }
}
