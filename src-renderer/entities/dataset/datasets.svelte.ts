/** The pictures: what was looked at before, what is being looked at, and what the experiment will use. */
import { createContext } from "svelte";
import { z } from "zod";
import { type DatasetSource, type DatasetView, datasetSource } from "../../../src-main/contract/dataset.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { keptInTab } from "../../lib/kept-in-tab.ts";
import { isSameSource } from "./dataset-source.ts";

/** A look in progress. `total` is null until the files are counted. */
export interface Look {
  readonly source: DatasetSource;
  readonly done: number;
  readonly total: number | null;
}

/** The pictures that were asked for last, be it in vain. */
const kept = keptInTab("pictures", z.object({ source: datasetSource, isOpen: z.boolean() }));

export class DatasetsState {
  readonly #api: Api;
  /** Null until the engine has answered. */
  recent = $state.raw<readonly DatasetView[] | null>(null);
  chosen = $state.raw<DatasetView | null>(null);
  look = $state.raw<Look | null>(null);
  /** Why the last look gave nothing, and at what. */
  failure = $state.raw<{ readonly source: DatasetSource; readonly error: ShownError } | null>(null);
  /** Why the earlier data sets are not known. */
  recentError = $state.raw<ShownError | null>(null);

  #lookNumber = 0;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    engine.onEvent((event) => {
      if (event.kind === "looking" && this.look) this.look = { ...this.look, done: event.done, total: event.total };
    });
  }

  /** Asks for the earlier data sets and takes what the tab had before it was loaded again, else the latest; unless others are chosen or asked for. */
  async load(): Promise<void> {
    try {
      this.recent = await this.#api.data.recent.query();
      this.recentError = null;
      if (this.look !== null || this.failure !== null || this.chosen !== null) return;
      const { source, isOpen } = kept.read() ?? { source: null, isOpen: true };
      const known = source === null ? this.recent[0] : this.recent.find((view) => isSameSource(view.source, source));
      if (known && isOpen) this.choose(known);
      else if (source !== null) void this.inspect(source);
    } catch (thrown) {
      this.recentError = shownError(thrown);
    }
  }

  choose(view: DatasetView): void {
    this.chosen = view;
    this.failure = null;
    kept.write({ source: view.source, isOpen: true });
  }

  /**
   * Looks at a source and takes what it finds. No pictures are chosen meanwhile, nor after a look that failed: nothing is trained on the set before by
   * mistake. A later look makes an earlier one's answer void.
   */
  async inspect(source: DatasetSource): Promise<void> {
    const number = ++this.#lookNumber;
    const isInsteadOfOther = this.look !== null;
    this.chosen = null;
    kept.write({ source, isOpen: false });
    this.look = { source, done: 0, total: null };
    this.failure = null;
    try {
      if (isInsteadOfOther) await this.#api.data.stopLooking.mutate();
      if (number !== this.#lookNumber) return;
      const view = await this.#api.data.inspect.mutate({ source });
      if (number !== this.#lookNumber) return;
      this.choose(view);
      this.recent = [view, ...(this.recent ?? []).filter((other) => !isSameSource(other.source, source))];
    } catch (thrown) {
      if (number === this.#lookNumber) this.failure = { source, error: shownError(thrown) };
    } finally {
      if (number === this.#lookNumber) this.look = null;
    }
  }

  /** Ends the look that goes on, here and in the engine. Nothing is chosen by it. */
  stopLooking(): void {
    this.#lookNumber++;
    this.look = null;
    kept.write(null);
    // Where the engine cannot be asked, the connection is gone, and what it looked at for this page with it.
    this.#api.data.stopLooking.mutate().catch(() => {});
  }
}

export const [datasetsState, provideDatasets] = createContext<DatasetsState>();
