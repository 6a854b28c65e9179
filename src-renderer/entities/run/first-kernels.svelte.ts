/** The first kernels of one run's network. Made by the component that shows them. */
import type { FirstKernels } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class FirstKernelsState {
  readonly #api: Api;
  /** With the run that they are of; null until the engine has answered. */
  found = $state.raw<{
    readonly runId: number;
    readonly kernels: FirstKernels;
  } | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Only the answer to the latest question counts.
   * @param runId null: of none
   * @param epoch where it is left out, what the run ended with
   */
  async load(runId: number | null, epoch?: number): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    if (runId === null) {
      this.found = null;
      return;
    }
    try {
      const kernels = await this.#api.weights.firstKernels.query({ runId, epoch });
      if (asked === this.#asked) this.found = { runId, kernels };
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.found = null;
      this.error = shownError(thrown);
    }
  }
}

export const [firstKernelsState, provideFirstKernels] = createMakerContext<FirstKernelsState>();
