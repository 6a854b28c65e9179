/** The one experiment that a page shows: asked for anew when one of its runs changed, and what a person does with it. Made by the page. */
import { untrack } from "svelte";
import type { z } from "zod";
import type { ExperimentEstimate, ExperimentView, experimentQuestion } from "../../../src-main/contract/experiment.ts";
import type { ExperimentGrowth } from "../../../src-main/contract/experiment-growth.ts";
import type { ExperimentVerdict } from "../../../src-main/contract/verdict.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";

/** Epochs of several runs may end at once. */
const restMillis = 500;
/** As many again with each wish for more. */
export const rowsATime = 100;

/** What a person chose of what is shown. */
export type ExperimentChoice = Omit<z.input<typeof experimentQuestion>, "skip" | "most">;

export class OpenedExperiment {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  readonly #toasts: ToastsState;
  view = $state.raw<ExperimentView | null>(null);
  /** Why there is nothing to show. */
  error = $state.raw<ShownError | null>(null);
  /** What can be told of its rows; null until it is known. */
  verdict = $state.raw<ExperimentVerdict | null>(null);
  /** While it is worked out: of many rows and pictures that takes seconds. */
  isJudging = $state(false);
  choice = $state.raw<ExperimentChoice>({});
  #most = rowsATime;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#engine = engine;
    this.#toasts = toasts;
  }

  /** Loads it, and follows the engine's events until the returned function is called. */
  watch(experimentId: number): () => void {
    // What watches does not begin anew with each choice.
    untrack(() => {
      this.choice = {};
      this.verdict = null;
      this.#most = rowsATime;
      void this.#load(experimentId);
    });
    const unsubscribe = this.#engine.onEvent((event) => {
      const isOfIt = event.kind === "run" && event.run.experiment?.id === experimentId;
      if (isOfIt || event.kind === "snapshot" || event.kind === "runs-removed")
        this.#timer ??= setTimeout(() => void this.#load(experimentId), restMillis);
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Shows it by another choice, or more of it. */
  async choose(experimentId: number, choice: ExperimentChoice): Promise<void> {
    this.choice = { ...this.choice, ...choice };
    await this.#load(experimentId);
  }

  async showMore(experimentId: number): Promise<void> {
    this.#most += rowsATime;
    await this.#load(experimentId);
  }

  async showMoreDecisions(experimentId: number): Promise<void> {
    await this.choose(experimentId, { mostDecisions: (this.view?.decisions.length ?? 0) + rowsATime });
  }

  /** Works out anew what can be told of its rows: asked when another of its runs is finished. */
  async judge(experimentId: number): Promise<void> {
    this.isJudging = true;
    const verdict = await this.#api.experiments.verdict.query({ experimentId }).catch(() => null);
    this.isJudging = false;
    // What is shown stays while the link is lost; another experiment has a verdict of its own.
    if (verdict !== null && this.view?.id === experimentId) this.verdict = verdict;
  }

  goOn(experimentId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.experiments.goOn.mutate({ experimentId }));
  }

  /** Of what would be added alone. Throws what the engine refuses. */
  estimateGrowth(experimentId: number, growth: ExperimentGrowth): Promise<ExperimentEstimate> {
    return this.#api.experiments.estimateGrowth.mutate({ experimentId, growth });
  }

  /** Throws what the engine refuses. */
  async grow(experimentId: number, growth: ExperimentGrowth): Promise<void> {
    await this.#api.experiments.grow.mutate({ experimentId, growth });
    await this.#load(experimentId);
  }

  async #load(experimentId: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const asked = ++this.#asked;
    try {
      const view = await this.#api.experiments.get.query({ experimentId, ...this.choice, most: this.#most });
      // A newer question has another answer.
      if (asked !== this.#asked) return;
      this.view = view;
      this.error = null;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      // What is shown stays while the link is lost; the next snapshot asks again.
      if (this.view === null) this.error = shownError(thrown);
    }
  }
}

export const [openedExperiment, provideOpenedExperiment] = createMakerContext<OpenedExperiment>();
