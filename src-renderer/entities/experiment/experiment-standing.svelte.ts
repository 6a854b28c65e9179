/** How far the experiment is that a page shows, asked for anew when one of its runs changed. Made by the page. */
import type { ExperimentProgress } from "../../../src-main/domain/experiments/experiment-progress.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

const restMillis = 1_000;

export class ExperimentStanding {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  progress = $state.raw<ExperimentProgress | null>(null);
  #experimentId: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    this.#engine = engine;
  }

  /** Follows the engine's events until the returned function is called. */
  watch(): () => void {
    const unsubscribe = this.#engine.onEvent((event) => {
      const isOfIt =
        event.kind === "run" && event.run.experiment !== null && event.run.experiment.id === this.#experimentId;
      if (isOfIt || event.kind === "snapshot" || event.kind === "progress")
        this.#timer ??= setTimeout(() => void this.#load(), restMillis);
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** @param experimentId null where the page shows none */
  show(experimentId: number | null): void {
    if (experimentId === this.#experimentId) return;
    this.#experimentId = experimentId;
    this.progress = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const experimentId = this.#experimentId;
    if (experimentId === null) return;
    try {
      const progress = await this.#api.experiments.progress.query({ experimentId });
      if (experimentId === this.#experimentId) this.progress = progress;
    } catch {
      // The link went away; the next snapshot asks again.
    }
  }
}

export const [experimentStanding, provideExperimentStanding] = createMakerContext<ExperimentStanding>();
