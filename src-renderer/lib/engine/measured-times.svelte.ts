/** What was measured on this machine, as far as it was asked: each question's latest answer. */
import { type ShownError, shownError } from "./errors.ts";

export type TimesView<Times> =
  | { readonly state: "none" | "timing" }
  | { readonly state: "known"; readonly times: Times }
  | { readonly state: "failed"; readonly error: ShownError };

export class MeasuredTimes<Question, Times> {
  readonly #measure: (question: Question) => Promise<Times>;
  #views = $state.raw<ReadonlyMap<string, TimesView<Times>>>(new Map());

  constructor(measure: (question: Question) => Promise<Times>) {
    this.#measure = measure;
  }

  of(question: Question): TimesView<Times> {
    return this.#views.get(JSON.stringify(question)) ?? { state: "none" };
  }

  /** Measures anew, whatever was known before; once at a time. */
  async time(question: Question): Promise<void> {
    if (this.of(question).state === "timing") return;
    this.#set(question, { state: "timing" });
    try {
      this.#set(question, { state: "known", times: await this.#measure(question) });
    } catch (thrown) {
      this.#set(question, { state: "failed", error: shownError(thrown) });
    }
  }

  #set(question: Question, view: TimesView<Times>): void {
    this.#views = new Map(this.#views).set(JSON.stringify(question), view);
  }
}
