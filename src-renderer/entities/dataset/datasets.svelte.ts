/** The pictures: what was scanned before, what is being scanned, and what the experiment will use. */
import { createContext } from "svelte";
import { z } from "zod";
import { type DatasetSource, type DatasetView, datasetSource } from "../../../src-main/contract/dataset.ts";
import { sourceKey } from "../../../src-main/domain/pictures/source-key.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { keptInTab } from "../../lib/kept-in-tab.ts";

/** A scan in progress. `total` is null until the files are counted. */
export interface Scan {
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
  scan = $state.raw<Scan | null>(null);
  /** Why the last scan gave nothing, and of what. */
  failure = $state.raw<{ readonly source: DatasetSource; readonly error: ShownError } | null>(null);
  /** Why the earlier data sets are not known. */
  recentError = $state.raw<ShownError | null>(null);

  #scanNumber = 0;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    engine.onEvent((event) => {
      if (event.kind === "scanning" && this.scan) this.scan = { ...this.scan, done: event.done, total: event.total };
    });
  }

  /** Asks for the earlier data sets and takes what the tab had before it was loaded again, else the latest; unless others are chosen or asked for. */
  async load(): Promise<void> {
    try {
      this.recent = await this.#api.data.recent.query();
      this.recentError = null;
      if (this.scan !== null || this.failure !== null || this.chosen !== null) return;
      const { source, isOpen } = kept.read() ?? { source: null, isOpen: true };
      const known =
        source === null ? this.recent[0] : this.recent.find((view) => sourceKey(view.source) === sourceKey(source));
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
   * Scans a source and takes what it finds. No pictures are chosen meanwhile, nor after a scan that failed: nothing is trained on the set before by
   * mistake. A later scan makes an earlier one's answer void.
   */
  async inspect(source: DatasetSource): Promise<void> {
    const number = ++this.#scanNumber;
    const isInsteadOfOther = this.scan !== null;
    this.chosen = null;
    kept.write({ source, isOpen: false });
    this.scan = { source, done: 0, total: null };
    this.failure = null;
    try {
      if (isInsteadOfOther) await this.#api.data.stopScanning.mutate();
      if (number !== this.#scanNumber) return;
      const view = await this.#api.data.inspect.mutate({ source });
      if (number !== this.#scanNumber) return;
      this.choose(view);
      this.recent = [view, ...(this.recent ?? []).filter((other) => sourceKey(other.source) !== sourceKey(source))];
    } catch (thrown) {
      if (number === this.#scanNumber) this.failure = { source, error: shownError(thrown) };
    } finally {
      if (number === this.#scanNumber) this.scan = null;
    }
  }

  /** Ends the scan that goes on, here and in the engine. Nothing is chosen by it. */
  stopScanning(): void {
    this.#scanNumber++;
    this.scan = null;
    kept.write(null);
    // Where the engine cannot be asked, the connection is gone, and what it scanned for this page with it.
    this.#api.data.stopScanning.mutate().catch(() => {});
  }
}

export const [datasetsState, provideDatasets] = createContext<DatasetsState>();
