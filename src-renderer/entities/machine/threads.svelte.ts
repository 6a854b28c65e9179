/** The threads that this machine lends to training, as this window knows them, and their choice. */
import { createContext } from "svelte";
import type { RunsAtOnce, ThreadsChoice, ThreadsView } from "../../../src-main/contract/machine.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";

export class ThreadsState {
  readonly #api: Api;
  readonly #toasts: ToastsState;
  /** Null until the engine has said. */
  view = $state.raw<ThreadsView | null>(null);

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#toasts = toasts;
    engine.onEvent((event) => {
      if (event.kind === "snapshot" || event.kind === "threads") this.view = event.threads;
    });
  }

  /** Shown at once; taken back, with a toast that says why, where it could not be recorded. */
  choose(choice: ThreadsChoice): Promise<void> {
    return this.#change({ choice }, () => this.#api.chooseThreads.mutate({ choice }));
  }

  /** As `choose`. */
  chooseRunsAtOnce(choice: RunsAtOnce): Promise<void> {
    const runsAtOnce = { choice, fixed: this.view?.runsAtOnce.fixed ?? null };
    return this.#change({ runsAtOnce }, () => this.#api.chooseRunsAtOnce.mutate({ choice }));
  }

  async #change(change: Partial<ThreadsView>, record: () => Promise<unknown>): Promise<void> {
    const before = this.view;
    if (before === null) return;
    this.view = { ...before, ...change };
    if (!(await this.#toasts.toldIfFailed(record))) this.view = before;
  }
}

export const [threadsState, provideThreads] = createContext<ThreadsState>();
