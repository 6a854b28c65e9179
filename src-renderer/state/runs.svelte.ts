/** The record of runs as this window knows it: the engine's snapshot, kept up to date by its events. */
import type { RunView } from "../../src-main/contract/run.ts";
import { api } from "../api/client.ts";
import { shownError } from "../api/errors.ts";
import { runListTexts } from "../text/run-list.ts";
import { connection } from "./connection.svelte.ts";
import { type RunsById, runsAfter } from "./runs-after.ts";
import { toasts } from "./toasts.svelte.ts";

class RunsState {
  /** Null until the engine has said what there is. */
  #byId = $state.raw<RunsById | null>(null);
  readonly isLoading = $derived(this.#byId === null);
  /** The latest first. */
  readonly list = $derived([...(this.#byId?.values() ?? [])].sort((a, b) => b.id - a.id));

  constructor() {
    connection.onEvent((event) => {
      this.#byId = runsAfter(this.#byId, event);
    });
  }

  get(runId: number): RunView | undefined {
    return this.#byId?.get(runId);
  }

  async rename(runId: number, title: string): Promise<void> {
    const wanted = title.trim();
    if (wanted === "" || wanted === this.get(runId)?.title) return;
    await this.#change(async () => this.#put(await api.runs.rename.mutate({ runId, title: wanted })));
  }

  async annotate(runId: number, note: string): Promise<void> {
    if (note === this.get(runId)?.note) return;
    await this.#change(async () => this.#put(await api.runs.annotate.mutate({ runId, note })));
  }

  /** Takes runs out of the record at once and offers the way back. */
  async remove(runIds: readonly number[]): Promise<void> {
    const ids = [...runIds];
    await this.#change(async () => {
      await api.runs.remove.mutate({ runIds: ids });
      this.#byId = runsAfter(this.#byId, { kind: "runs-removed", runIds: ids });
      toasts.show(runListTexts.removed(ids.length), {
        label: runListTexts.undo,
        run: () => void this.#restore(ids),
      });
    });
  }

  async #restore(runIds: number[]): Promise<void> {
    await this.#change(async () => {
      for (const run of await api.runs.restore.mutate({ runIds })) this.#put(run);
    });
  }

  #put(run: RunView): void {
    this.#byId = runsAfter(this.#byId, { kind: "run", run });
  }

  async #change(deed: () => Promise<void>): Promise<void> {
    try {
      await deed();
    } catch (thrown) {
      const { problem, remedy } = shownError(thrown);
      toasts.show(`${problem} ${remedy}`);
    }
  }
}

export const runs = new RunsState();
