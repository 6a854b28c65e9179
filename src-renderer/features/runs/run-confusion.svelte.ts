/** The confusion matrix of one run. Made by the component that shows it. */
import type { ConfusionMatrix } from "../../../src-main/contract/run.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class RunConfusionState {
  readonly #api: Api;
  /** Null until the run has one. */
  matrix = $state.raw<ConfusionMatrix | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** An older answer that comes later is dropped. */
  async load(runId: number): Promise<void> {
    const asked = ++this.#asked;
    try {
      const matrix = await this.#api.runs.confusion.query({ runId });
      if (asked !== this.#asked) return;
      this.matrix = matrix;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    }
  }
}

export const [runConfusionState, provideRunConfusion] = createMakerContext<RunConfusionState>();
