/** How long the experiment on the page would take. Asked a moment after the last change, and never while a newer question stands. */
import { createContext } from "svelte";
import type { ExperimentRequest } from "../../../../src-main/contract/experiment.ts";
import type { TrainEstimate } from "../../../../src-main/contract/run.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";

export type EstimateView =
  | { readonly state: "none" }
  | { readonly state: "measuring" }
  | { readonly state: "known"; readonly estimate: TrainEstimate }
  | { readonly state: "failed"; readonly error: ShownError };

const restMillis = 700;

export class EstimateState {
  readonly #api: Api;
  view = $state.raw<EstimateView>({ state: "none" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cancel = new AbortController();
  #key = "";

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * @param request null where the page holds no valid one
   * @param threads that a run which begins now would have
   */
  ask(request: ExperimentRequest | null, threads: number | undefined): void {
    const key = request === null ? "" : JSON.stringify([costOf(request), threads]);
    if (key === this.#key && this.view.state !== "failed") return;
    this.#key = key;
    clearTimeout(this.#timer);
    this.#cancel.abort();
    this.#cancel = new AbortController();
    if (request === null) {
      this.view = { state: "none" };
      return;
    }
    this.view = { state: "measuring" };
    const { signal } = this.#cancel;
    this.#timer = setTimeout(() => void this.#answer(request, signal), restMillis);
  }

  async #answer(request: ExperimentRequest, signal: AbortSignal): Promise<void> {
    try {
      const estimate = await this.#api.training.estimate.query(request, { signal });
      if (!signal.aborted) this.view = { state: "known", estimate };
    } catch (thrown) {
      if (!signal.aborted) this.view = { state: "failed", error: shownError(thrown) };
    }
  }
}

/** What the time hangs on; a new seed or smoothing is no reason to measure again. */
function costOf({ configuration, factors }: ExperimentRequest): unknown {
  const { dataset, model, training } = configuration;
  const { epochs, batchSize, optimizer, auxiliaryWeight, augmentation, precision, averageDecay } = training;
  const step = [batchSize, optimizer.kind, auxiliaryWeight === 0, precision, averageDecay === null];
  const ofArms = factors.map((factor) => ("setting" in factor && factor.setting !== "optimizer" ? true : factor));
  return [dataset, model, epochs, step, augmentation, ofArms];
}

export const [estimateState, provideEstimate] = createContext<EstimateState>();
