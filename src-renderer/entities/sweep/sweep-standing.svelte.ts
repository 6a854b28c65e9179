/** How far the sweep is that a page shows, asked for anew when one of its runs changed. Made by the page. */
import type { SweepProgress } from "../../../src-main/domain/sweep-progress.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

const restMillis = 1_000;

export class SweepStanding {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  progress = $state.raw<SweepProgress | null>(null);
  #sweepId: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    this.#engine = engine;
  }

  /** Follows the engine's events until the returned function is called. */
  watch(): () => void {
    const unsubscribe = this.#engine.onEvent((event) => {
      const isOfSweep = event.kind === "run" && event.run.sweepId !== null && event.run.sweepId === this.#sweepId;
      if (isOfSweep || event.kind === "snapshot" || event.kind === "progress")
        this.#timer ??= setTimeout(() => void this.#load(), restMillis);
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** @param sweepId null where the page shows none */
  show(sweepId: number | null): void {
    if (sweepId === this.#sweepId) return;
    this.#sweepId = sweepId;
    this.progress = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sweepId = this.#sweepId;
    if (sweepId === null) return;
    try {
      const progress = await this.#api.runs.sweepProgress.query({ sweepId });
      if (sweepId === this.#sweepId) this.progress = progress;
    } catch {
      // The link went away; the next snapshot asks again.
    }
  }
}

export const [sweepStanding, provideSweepStanding] = createMakerContext<SweepStanding>();
