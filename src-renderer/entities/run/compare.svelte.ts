/** One comparison, as the engine answers it. */
import type { ComparisonView } from "../../../src-main/contract/comparison.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class ComparisonState {
  readonly #api: Api;
  view = $state.raw<ComparisonView | null>(null);
  error = $state.raw<ShownError | null>(null);
  isLoading = $state(false);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks for these runs; an older answer that comes later is dropped. */
  async load(runIds: readonly number[]): Promise<void> {
    const asked = ++this.#asked;
    this.isLoading = true;
    this.error = null;
    try {
      const view = await this.#api.runs.compare.query({ runIds: [...runIds] });
      if (asked !== this.#asked) return;
      this.view = view;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.view = null;
      this.error = shownError(thrown);
    }
    this.isLoading = false;
  }
}

export const [comparisonState, provideComparison] = createMakerContext<ComparisonState>();
