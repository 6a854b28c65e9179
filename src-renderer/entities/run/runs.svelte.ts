/**
 * The runs that this window holds: what the engine's snapshot names, what trains, and what a page asked for, kept up to date by the engine's events. Of any
 * other run nothing is kept.
 */
import { createContext } from "svelte";
import { StrataError } from "../../../src-main/contract/errors.ts";
import type { RunMarks, RunView } from "../../../src-main/contract/run.ts";
import { mostBundleBytes } from "../../../src-main/contract/run-bundle.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { sendInParts } from "../../lib/engine/send-in-parts.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";
import { bundleTexts } from "./bundle-texts.ts";
import { deletedTexts } from "./deleted-texts.ts";
import { runListTexts } from "./run-list-texts.ts";
import { type RunsById, runsAfter } from "./runs-after.ts";

/** Runs that are asked for at once. */
const mostAsked = 1_000;

export class RunsState {
  readonly #api: Api;
  readonly #toasts: ToastsState;
  /** Null until the engine has said what there is. */
  #byId = $state.raw<RunsById | null>(null);
  readonly isLoading = $derived(this.#byId === null);
  /** What a page was answered before the engine had said what there is. */
  #early: readonly RunView[] = [];
  /** Asked for, and not there. */
  #missing = $state.raw<ReadonlySet<number>>(new Set());
  readonly #asked = new Set<number>();
  /** Rises with every change that was made here, so that what shows a part of the record asks for it again. */
  changes = $state(0);
  /** Those that are held, the latest first. */
  readonly list = $derived([...(this.#byId?.values() ?? [])].sort((a, b) => b.id - a.id));

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#toasts = toasts;
    engine.onEvent((event) => {
      const before = this.#byId;
      this.#byId = runsAfter(before, event);
      if (event.kind === "snapshot") {
        this.#putAll(this.#early.filter(({ id }) => !this.#byId?.has(id)));
        this.#early = [];
        this.#renew(before);
      }
      // Its block's other runs may wait, of which no event tells.
      if (
        event.kind === "run" &&
        event.run.experiment?.arm != null &&
        before !== this.#byId &&
        !before?.has(event.run.id)
      )
        void this.#ask([event.run.id]);
    });
  }

  /** Sees to it that these are held, with the runs of their blocks. */
  async need(runIds: readonly number[]): Promise<void> {
    if (this.#byId === null) return;
    const unknown = runIds.filter((id) => !this.#byId?.has(id) && !this.#missing.has(id) && !this.#asked.has(id));
    await this.#ask(unknown);
  }

  /** Holds what a page was answered. */
  hold(runs: readonly RunView[]): void {
    if (this.#byId === null) this.#early = runs;
    else this.#putAll(runs);
  }

  /** Whether it was asked for and is not in the record. */
  isMissing(runId: number): boolean {
    return this.#missing.has(runId);
  }

  get(runId: number): RunView | undefined {
    return this.#byId?.get(runId);
  }

  async rename(runId: number, title: string): Promise<void> {
    const wanted = title.trim();
    if (wanted === "" || wanted === this.get(runId)?.title) return;
    await this.#toasts.toldIfFailed(async () =>
      this.#changed([await this.#api.runs.rename.mutate({ runId, title: wanted })]),
    );
  }

  async annotate(runId: number, note: string): Promise<void> {
    if (note === this.get(runId)?.note) return;
    await this.#toasts.toldIfFailed(async () => this.#changed([await this.#api.runs.annotate.mutate({ runId, note })]));
  }

  /** Pins, archives and tags. */
  async mark(runIds: readonly number[], marks: RunMarks): Promise<void> {
    const { addTags, dropTags, ...flags } = marks;
    const tags = { ...(addTags && { addTags: [...addTags] }), ...(dropTags && { dropTags: [...dropTags] }) };
    await this.#toasts.toldIfFailed(async () => {
      this.#changed(await this.#api.runs.mark.mutate({ runIds: [...runIds], ...flags, ...tags }));
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
      this.#changed(await this.#api.runs.freeSpace.mutate({ runIds: [...runIds] }));
      this.#toasts.show(runListTexts.freed(before));
    });
  }

  /** Takes runs out of the record at once and offers the way back. */
  async remove(runIds: readonly number[]): Promise<void> {
    const ids = [...runIds];
    await this.#toasts.toldIfFailed(async () => {
      await this.#api.runs.remove.mutate({ runIds: ids });
      this.#byId = runsAfter(this.#byId, { kind: "runs-removed", runIds: ids });
      this.changes += 1;
      this.#toasts.show(runListTexts.removed(ids.length), {
        label: runListTexts.undo,
        run: () => void this.restore(ids),
      });
    });
  }

  /** The runs of a file that another Strata exported, under new numbers. False where it could not be done; then a toast says why. */
  importBundle(file: Blob): Promise<boolean> {
    return this.#toasts.toldIfFailed(async () => {
      if (file.size > mostBundleBytes) throw new StrataError("bundle.too-large", {});
      const bundle = await sendInParts(file, (part) => this.#api.bundles.receive.mutate(part), mostBundleBytes);
      if (bundle === null) return;
      await this.#ask(bundle.runIds);
      this.changes += 1;
      this.#toasts.show(bundleTexts.imported(bundle));
    });
  }

  /** Brings deleted runs back. False where it could not be done; then a toast says why. */
  restore(runIds: readonly number[]): Promise<boolean> {
    return this.#toasts.toldIfFailed(async () => {
      this.#changed(await this.#api.runs.restore.mutate({ runIds: [...runIds] }));
    });
  }

  /** Deletes runs for good that were deleted before. */
  forget(runIds: readonly number[]): Promise<boolean> {
    return this.#toasts.toldIfFailed(async () => {
      await this.#api.runs.forget.mutate({ runIds: [...runIds] });
      this.#toasts.show(deletedTexts.forgotten(runIds.length));
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

  async #ask(runIds: readonly number[]): Promise<void> {
    for (let first = 0; first < runIds.length; first += mostAsked) {
      const some = runIds.slice(first, first + mostAsked);
      for (const id of some) this.#asked.add(id);
      try {
        this.#putAll(await this.#api.runs.some.query({ runIds: some }));
        const gone = some.filter((id) => !this.#byId?.has(id));
        if (gone.length > 0) this.#missing = new Set([...this.#missing, ...gone]);
      } catch {
        // The link went away; whoever needs them asks again after the next snapshot.
      }
      for (const id of some) this.#asked.delete(id);
    }
  }

  /** The snapshot is the latest of what it names; the rest of what is held is asked for again, and shown meanwhile as it was. */
  #renew(before: RunsById | null): void {
    this.#missing = new Set();
    const kept = [...(before?.values() ?? [])].filter(({ id }) => !this.#byId?.has(id));
    if (kept.length === 0) return;
    this.#putAll(kept);
    const ids = kept.map(({ id }) => id);
    void this.#ask(ids).then(() => this.#drop(ids, kept));
  }

  /** Those of which no newer word came are gone. */
  #drop(runIds: readonly number[], known: readonly RunView[]): void {
    const gone = runIds.filter((id, index) => this.#byId?.get(id) === known[index]);
    this.#byId = runsAfter(this.#byId, { kind: "runs-removed", runIds: gone });
  }

  #changed(runs: readonly RunView[]): void {
    this.#putAll(runs);
    this.changes += 1;
  }

  #putAll(runs: readonly RunView[]): void {
    if (this.#byId === null || runs.length === 0) return;
    const after = new Map(this.#byId);
    for (const run of runs) after.set(run.id, run);
    this.#byId = after;
    if (runs.some(({ id }) => this.#missing.has(id)))
      this.#missing = new Set([...this.#missing].filter((id) => !after.has(id)));
  }
}

export const [runsState, provideRuns] = createContext<RunsState>();
