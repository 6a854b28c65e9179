/** The page of the list of runs that is shown, asked for anew when the record changes. Made by the page that shows it. */
import type { RunGroupPlace, RunListPage, StateFilter } from "../../../src-main/contract/run-list.ts";
import type { RunsState } from "../../entities/run/runs.svelte.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import type { ColumnSort } from "../../ui/sort-order.ts";

/** What trains changes several times a second. */
const restMillis = 1_000;

export interface ListQuestion {
  readonly text: string;
  readonly state: StateFilter;
  readonly sort: ColumnSort;
  readonly most: number;
  /** Where the page before ends. */
  readonly behind: RunGroupPlace | null;
}

export class RunListState {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  readonly #runs: Pick<RunsState, "hold">;
  /** Null until the engine has answered. */
  page = $state.raw<RunListPage | null>(null);
  error = $state.raw<ShownError | null>(null);
  #question: ListQuestion | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, engine: EngineEvents, runs: Pick<RunsState, "hold">) {
    this.#api = api;
    this.#engine = engine;
    this.#runs = runs;
  }

  /** Follows the engine's events until the returned function is called. */
  watch(): () => void {
    const unsubscribe = this.#engine.onEvent(({ kind }) => {
      if (kind === "snapshot" || kind === "run" || kind === "runs-removed" || kind === "queue")
        this.#timer ??= setTimeout(() => void this.#load(), restMillis);
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** The page before stays until the answer is there. */
  ask(question: ListQuestion): Promise<void> {
    this.#question = question;
    return this.#load();
  }

  /** Every run that is found, on whatever page. */
  async ids(): Promise<readonly number[]> {
    return this.#question === null ? [] : this.#api.runs.ids.query(this.#question);
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#question === null) return;
    const asked = ++this.#asked;
    try {
      const page = await this.#api.runs.page.query(this.#question);
      if (asked !== this.#asked) return;
      this.#runs.hold(page.groups.flatMap(({ runs }) => runs));
      this.page = page;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    }
  }
}

export const [runListState, provideRunList] = createMakerContext<RunListState>();
