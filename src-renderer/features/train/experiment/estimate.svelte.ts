/**
 * How long the experiment on the page would take, and what each of its networks would train with. Asked a moment after the last change, and never while a newer
 * question stands.
 */
import { createContext } from "svelte";
import type { TrainEstimate } from "../../../../src-main/contract/estimate.ts";
import type { ExperimentRequest, Factor } from "../../../../src-main/contract/experiment.ts";
import { countBlocks } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { type NetworkTable, networkTable } from "../../../../src-main/domain/networks/network-presets.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";

export type EstimateView =
  | { readonly state: "none" }
  | { readonly state: "measuring" }
  /** Seconds of all of it; the rest of its first block. */
  | { readonly state: "known"; readonly estimate: TrainEstimate }
  | { readonly state: "failed"; readonly error: ShownError };

const restMillis = 700;

export class EstimateState {
  readonly #api: Api;
  view = $state.raw<EstimateView>({ state: "none" });
  /** What each network trains with that varies; the one before until the new one is there, null where none varies. */
  networks = $state.raw<NetworkTable | null>(null);
  /** What was asked, with what its networks bring by the table that is shown. */
  #resolved: { readonly of: string; readonly request: ExperimentRequest } | null = null;
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
    this.#resolved = null;
    clearTimeout(this.#timer);
    this.#cancel.abort();
    this.#cancel = new AbortController();
    if (request?.networks === undefined) this.networks = null;
    if (request === null) {
      this.view = { state: "none" };
      return;
    }
    this.view = { state: "measuring" };
    const { signal } = this.#cancel;
    this.#timer = setTimeout(() => void this.#answer(request, signal), restMillis);
  }

  /** The request as its networks were told of; as it is where that is not known. */
  readonly asTold = (request: ExperimentRequest): ExperimentRequest =>
    this.#resolved?.of === JSON.stringify(request) ? this.#resolved.request : request;

  async #estimate(request: ExperimentRequest, signal: AbortSignal): Promise<TrainEstimate> {
    const first = await this.#api.training.estimate.query(request, { signal });
    if (countBlocks(request) === 1 || !first.memory.doesFit || signal.aborted) return first;
    const { seconds } = await this.#api.experiments.estimate.mutate(request, { signal });
    return { ...first, seconds };
  }

  async #answer(request: ExperimentRequest, signal: AbortSignal): Promise<void> {
    try {
      if (request.networks !== undefined) {
        const resolved = await this.#api.experiments.resolve.query(request, { signal });
        if (signal.aborted) return;
        this.#resolved = { of: JSON.stringify(request), request: resolved };
        this.networks = networkTable(resolved);
      }
      const estimate = await this.#estimate(this.asTold(request), signal);
      if (!signal.aborted) this.view = { state: "known", estimate };
    } catch (thrown) {
      if (!signal.aborted) this.view = { state: "failed", error: shownError(thrown) };
    }
  }
}

/** What the time hangs on; a new seed or smoothing is no reason to measure again. Presets of networks say what they are held equal in, so that anything counts. */
function costOf(request: ExperimentRequest): unknown {
  if (request.networks !== undefined) return request;
  const { configuration, factors, seeds, halving } = request;
  const { dataset, model, training } = configuration;
  const { epochs, batchSize, optimizer, auxiliaryWeight, augmentation, precision, averageDecay } = training;
  const step = [batchSize, optimizer.kind, auxiliaryWeight === 0, precision, averageDecay === null];
  const isCheap = (factor: Factor) => factor.isBlocked && "setting" in factor && factor.setting !== "optimizer";
  const ofFactors = factors.map((factor) => (isCheap(factor) ? true : factor));
  return [dataset, model, epochs, step, augmentation, ofFactors, seeds.length, halving];
}

export const [estimateState, provideEstimate] = createContext<EstimateState>();
