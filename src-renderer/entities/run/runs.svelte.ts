/** The record of runs as this window knows it: the engine's snapshot, kept up to date by its events. */
import { createContext } from "svelte";
import type { RunMarks, RunView } from "../../../src-main/contract/run.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";
import { runListTexts } from "./run-list-texts.ts";
import { type RunsById, runsAfter } from "./runs-after.ts";

export class RunsState {
  readonly #api: Api;
  readonly #toasts: ToastsState;
  /** Null until the engine has said what there is. */
  #byId = $state.raw<RunsById | null>(null);
  readonly isLoading = $derived(this.#byId === null);
  /** The latest first. */
  readonly list = $derived([...(this.#byId?.values() ?? [])].sort((a, b) => b.id - a.id));

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#toasts = toasts;
    engine.onEvent((event) => {
      this.#byId = runsAfter(this.#byId, event);
    });
  }

  get(runId: number): RunView | undefined {
    return this.#byId?.get(runId);
  }

  async rename(runId: number, title: string): Promise<void> {
    const wanted = title.trim();
    if (wanted === "" || wanted === this.get(runId)?.title) return;
    await this.#toasts.toldIfFailed(async () =>
      this.#put(await this.#api.runs.rename.mutate({ runId, title: wanted })),
    );
  }

  async annotate(runId: number, note: string): Promise<void> {
    if (note === this.get(runId)?.note) return;
    await this.#toasts.toldIfFailed(async () => this.#put(await this.#api.runs.annotate.mutate({ runId, note })));
  }

  /** Pins, archives and tags. */
  async mark(runIds: readonly number[], marks: RunMarks): Promise<void> {
    const { addTags, dropTags, ...flags } = marks;
    const tags = { ...(addTags && { addTags: [...addTags] }), ...(dropTags && { dropTags: [...dropTags] }) };
    await this.#toasts.toldIfFailed(async () => {
      this.#putAll(await this.#api.runs.mark.mutate({ runIds: [...runIds], ...flags, ...tags }));
    });
  }

  /** Archives or brings back, and offers the way back. */
  async archive(runIds: readonly number[], isArchived: boolean): Promise<void> {
    await this.mark(runIds, { isArchived });
    const words = isArchived ? runListTexts.archived(runIds.length) : runListTexts.broughtBack(runIds.length);
    this.#toasts.show(words, {
      label: runListTexts.undo,
      run: () => void this.mark(runIds, { isArchived: !isArchived }),
    });
  }

  /** Deletes weights and checkpoints for good. */
  async freeSpace(runIds: readonly number[]): Promise<void> {
    const before = runIds.reduce((sum, runId) => sum + (this.get(runId)?.diskBytes ?? 0), 0);
    await this.#toasts.toldIfFailed(async () => {
      this.#putAll(await this.#api.runs.freeSpace.mutate({ runIds: [...runIds] }));
      this.#toasts.show(runListTexts.freed(before));
    });
  }

  /** Takes runs out of the record at once and offers the way back. */
  async remove(runIds: readonly number[]): Promise<void> {
    const ids = [...runIds];
    await this.#toasts.toldIfFailed(async () => {
      await this.#api.runs.remove.mutate({ runIds: ids });
      this.#byId = runsAfter(this.#byId, { kind: "runs-removed", runIds: ids });
      this.#toasts.show(runListTexts.removed(ids.length), {
        label: runListTexts.undo,
        run: () => void this.#restore(ids),
      });
    });
  }

  /** Trains on from the last saved state. False where it could not be done; then a toast says why. */
  resume(runId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.training.resume.mutate({ runId }));
  }
  /** Ends the run's job for now: it can go on later. */
  pause(runId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.training.pause.mutate({ runId }));
  }
  /** Ends the run's job for good, also one that waits. */
  stop(runId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.training.stop.mutate({ runId }));
  }

  async #restore(runIds: number[]): Promise<void> {
    await this.#toasts.toldIfFailed(async () => {
      this.#putAll(await this.#api.runs.restore.mutate({ runIds }));
    });
  }

  #putAll(runs: readonly RunView[]): void {
    if (this.#byId === null) return;
    const after = new Map(this.#byId);
    for (const run of runs) after.set(run.id, run);
    this.#byId = after;
  }

  #put(run: RunView): void {
    this.#byId = runsAfter(this.#byId, { kind: "run", run });
  }
}

export const [runsState, provideRuns] = createContext<RunsState>();
