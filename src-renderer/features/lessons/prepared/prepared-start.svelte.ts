/** An experiment of a lesson about to be started: how long it would take, and its start. Made by the form. */
import type { ExperimentEstimate, ExperimentRequest } from "../../../../src-main/contract/experiment.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../lib/maker-context.ts";

export class PreparedStart {
  readonly #api: Api;
  estimate = $state.raw<ExperimentEstimate | null>(null);
  error = $state.raw<ShownError | null>(null);
  isStarting = $state(false);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Only the latest question is answered. */
  async ask(request: ExperimentRequest): Promise<void> {
    const asked = ++this.#asked;
    this.estimate = null;
    this.error = null;
    try {
      const estimate = await this.#api.experiments.estimate.mutate(request);
      if (asked === this.#asked) this.estimate = estimate;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    }
  }

  /** True once it is recorded. */
  async start(request: ExperimentRequest): Promise<boolean> {
    if (this.isStarting) return false;
    this.isStarting = true;
    try {
      await this.#api.training.start.mutate(request);
      return true;
    } catch (thrown) {
      this.error = shownError(thrown);
      return false;
    } finally {
      this.isStarting = false;
    }
  }
}

export const [preparedStart, providePreparedStart] = createMakerContext<PreparedStart>();
