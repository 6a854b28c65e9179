/** The pictures: what was looked at before, what is being looked at, and what the experiment will use. */
import type { DatasetSource, DatasetView } from "../../src-main/contract/dataset.ts";
import { api } from "../api/client.ts";
import { type ShownError, shownError } from "../api/errors.ts";
import { connection } from "./connection.svelte.ts";
import { isSameSource } from "./dataset-source.ts";

/** A look in progress. `total` is null until the files are counted. */
export interface Look {
  readonly source: DatasetSource;
  readonly done: number;
  readonly total: number | null;
}

class DatasetsState {
  /** Null until the engine has answered. */
  recent = $state.raw<readonly DatasetView[] | null>(null);
  chosen = $state.raw<DatasetView | null>(null);
  look = $state.raw<Look | null>(null);
  /** Why the last look gave nothing, and at what. */
  failure = $state.raw<{ readonly source: DatasetSource; readonly error: ShownError } | null>(null);
  /** Why the earlier data sets are not known. */
  recentError = $state.raw<ShownError | null>(null);

  #lookNumber = 0;

  constructor() {
    connection.onEvent((event) => {
      if (event.kind === "looking" && this.look) this.look = { ...this.look, done: event.done, total: event.total };
    });
  }

  /** Asks for the earlier data sets and takes the latest, unless others are chosen or asked for. */
  async load(): Promise<void> {
    try {
      this.recent = await api.data.recent.query();
      this.recentError = null;
      if (this.look === null && this.failure === null) this.chosen ??= this.recent[0] ?? null;
    } catch (thrown) {
      this.recentError = shownError(thrown);
    }
  }

  choose(view: DatasetView): void {
    this.chosen = view;
    this.failure = null;
  }

  /** Looks at a source and has none in its stead, so that nothing is trained on other pictures by mistake. */
  async reopen(source: DatasetSource): Promise<void> {
    this.chosen = null;
    await this.inspect(source);
  }

  /** Looks at a source and takes what it finds. A later look makes an earlier one's answer void. */
  async inspect(source: DatasetSource): Promise<void> {
    const number = ++this.#lookNumber;
    this.look = { source, done: 0, total: null };
    this.failure = null;
    try {
      const view = await api.data.inspect.mutate({ source });
      if (number !== this.#lookNumber) return;
      this.choose(view);
      this.recent = [view, ...(this.recent ?? []).filter((other) => !isSameSource(other.source, source))];
    } catch (thrown) {
      if (number === this.#lookNumber) this.failure = { source, error: shownError(thrown) };
    } finally {
      if (number === this.#lookNumber) this.look = null;
    }
  }
}

export const datasets = new DatasetsState();
