/** The threads that this machine lends to training, as this window knows them, and their choice. */
import type { ThreadsChoice, ThreadsView } from "../../../src-main/contract/machine.ts";
import { api } from "../../lib/engine/client.ts";
import { connection } from "../../lib/engine/connection.svelte.ts";
import { toasts } from "../../lib/toasts.svelte.ts";

class ThreadsState {
  /** Null until the engine has said. */
  view = $state.raw<ThreadsView | null>(null);

  constructor() {
    connection.onEvent((event) => {
      if (event.kind === "snapshot" || event.kind === "threads") this.view = event.threads;
    });
  }

  /** Shown at once; taken back, with a toast that says why, where it could not be recorded. */
  async choose(choice: ThreadsChoice): Promise<void> {
    const before = this.view;
    if (before === null) return;
    this.view = { ...before, choice };
    try {
      await api.chooseThreads.mutate({ choice });
    } catch (thrown) {
      this.view = before;
      toasts.showError(thrown);
    }
  }
}

export const threads = new ThreadsState();
