/** Experiments on record with their results, asked for anew when one of their runs changed. Made by the page that shows them. */
import type { ExperimentSummary, ExperimentView } from "../../../src-main/contract/experiment.ts";
import { mostOnPage } from "../../../src-main/contract/page.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";

/** As many again with each wish for more. */
const aTime = 20;
/** Epochs of several runs may end at once. */
const restMillis = 500;

export class RecordedExperiments {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  readonly #toasts: ToastsState;
  /** The newest of those that are more than a block by itself. */
  list = $state.raw<readonly ExperimentSummary[]>([]);
  /** How many there are beside these. */
  more = $state(0);
  #views = $state.raw<ReadonlyMap<number, ExperimentView>>(new Map());
  /** What the list said of an experiment when its rows were asked for. */
  readonly #asked = new Map<number, ExperimentSummary>();
  #most = aTime;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#engine = engine;
    this.#toasts = toasts;
  }

  /** Loads, and follows the engine's events until the returned function is called. */
  watch(): () => void {
    void this.#load();
    const unsubscribe = this.#engine.onEvent((event) => {
      const isOfExperiment = event.kind === "run" && event.run.experiment !== null;
      if (isOfExperiment || event.kind === "snapshot" || event.kind === "runs-removed")
        this.#timer ??= setTimeout(() => void this.#load(), restMillis);
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
    };
  }

  async showMore(): Promise<void> {
    this.#most += aTime;
    await this.#load();
  }

  /** With its rows, as far as it was asked for. */
  viewOf(experimentId: number): ExperimentView | undefined {
    return this.#views.get(experimentId);
  }

  /** Asks for these with their rows, once for each change that the list tells of. */
  async need(experimentIds: readonly number[]): Promise<void> {
    const changed = this.list.filter((one) => experimentIds.includes(one.id) && this.#asked.get(one.id) !== one);
    await Promise.all(
      changed.map(async (summary) => {
        this.#asked.set(summary.id, summary);
        // Without an answer what is shown stays, and the next change asks again.
        const asked = { experimentId: summary.id, most: mostOnPage };
        const view = await this.#api.experiments.get.query(asked).catch(() => null);
        if (view) this.#views = new Map([...this.#views, [view.id, view]]);
      }),
    );
  }

  goOn(experimentId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.experiments.goOn.mutate({ experimentId }));
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    try {
      const { experiments, found } = await this.#api.experiments.list.query({ leastBlocks: 2, most: this.#most });
      this.list = experiments;
      this.more = found - experiments.length;
    } catch {
      // The link went away; the next snapshot asks again.
    }
  }
}

export const [recordedExperiments, provideRecordedExperiments] = createMakerContext<RecordedExperiments>();
