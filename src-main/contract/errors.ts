/**
 * Everything that a person or a machine can cause has a code; its words are made once, from the code and its details. A broken invariant has none: it
 * throws a plain Error.
 */
import { errorTexts } from "./error-texts.ts";

export type ErrorCode = keyof typeof errorTexts;
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof errorTexts)[C]>[0];

/** An error as it crosses a process or is stored with a run: plain data, already in words. */
export interface CodedError {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly remedy: string;
}

/** A problem that a person can understand and mend. `message` is the whole sentence with its remedy. */
export class StrataError<C extends ErrorCode = ErrorCode> extends Error implements CodedError {
  override readonly name = "StrataError";
  readonly code: C;
  readonly problem: string;
  readonly remedy: string;

  constructor(code: C, details: ErrorDetails<C>, options?: ErrorOptions) {
    // The table's value type for a generic key is a union of functions; the details were checked against this very code above.
    const say = errorTexts[code] as (d: ErrorDetails<C>) => readonly [string, string];
    const [problem, remedy] = say(details);
    super(`${problem} ${remedy}`, options);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  toJSON(): CodedError {
    return { code: this.code, problem: this.problem, remedy: this.remedy };
  }
}
