/** The answer to the question that was asked last; earlier ones that come later count as nothing. */
import { type ShownError, shownError } from "./engine/errors.ts";

export class LatestAnswer<Question, Answer extends object> {
  readonly #ask: (question: Question) => Promise<Answer>;
  /** With what was asked; of the question before, until there is an answer. */
  found = $state.raw<({ readonly question: Question } & Answer) | null>(null);
  isAsking = $state(false);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(ask: (question: Question) => Promise<Answer>) {
    this.#ask = ask;
  }

  async load(question: Question): Promise<void> {
    const asked = ++this.#asked;
    this.isAsking = true;
    this.error = null;
    try {
      const answer = await this.#ask(question);
      if (asked === this.#asked) this.found = { question, ...answer };
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    } finally {
      if (asked === this.#asked) this.isAsking = false;
    }
  }
}
