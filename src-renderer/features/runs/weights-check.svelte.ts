/** Whether the weights of a run are fit to be handed on. Made by the component that exports them. */
import type { CodedError } from "../../../src-main/contract/errors.ts";
import type { KeptEpoch } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class WeightsCheckState {
  readonly #api: Api;
  /** Null where nothing is wrong with them, or that is not known yet. */
  warning = $state.raw<CodedError | ShownError | null>(null);
  isChecking = $state(false);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** An older answer that comes later is dropped. */
  async check(runId: number, which: KeptEpoch): Promise<void> {
    const asked = ++this.#asked;
    this.isChecking = true;
    this.warning = null;
    const found = await this.#api.weights.check.query({ runId, which }).catch(shownError);
    if (asked !== this.#asked) return;
    this.warning = found;
    this.isChecking = false;
  }
}

export const [weightsCheckState, provideWeightsCheck] = createMakerContext<WeightsCheckState>();
