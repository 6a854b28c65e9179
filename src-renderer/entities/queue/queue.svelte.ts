/** The engine's queue as this window knows it, and what a person does to it. */
import { createContext } from "svelte";
import type { QueueMove, QueueView } from "../../../src-main/contract/queue.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";

export class QueueState {
  readonly #api: Api;
  readonly #toasts: ToastsState;
  view = $state.raw<QueueView>({ held: null, jobs: [] });

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#toasts = toasts;
    engine.onEvent((event) => {
      if (event.kind === "snapshot" || event.kind === "queue") this.view = event.queue;
    });
  }

  /** From 1; 0 for a run that does not wait. */
  placeOf(runId: number): number {
    return this.view.jobs.findIndex((job) => job.includes(runId)) + 1;
  }

  hold(): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.queue.hold.mutate());
  }
  goOn(): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.queue.goOn.mutate());
  }
  /** The view has the move when this resolves, so that the event, which may come later, moves no row that has the focus by then. */
  move(runId: number, to: QueueMove): Promise<boolean> {
    return this.#toasts.toldIfFailed(async () => {
      await this.#api.queue.move.mutate({ runId, to });
      this.view = await this.#api.queue.get.query();
    });
  }
  pauseSweep(sweepId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.sweeps.pause.mutate({ sweepId }));
  }
  stopSweep(sweepId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.sweeps.stop.mutate({ sweepId }));
  }
  /** These runs, one an experiment, were interrupted and go on. */
  resume(runIds: readonly number[]): Promise<boolean> {
    return this.#toasts.toldIfFailed(async () => {
      for (const runId of runIds) await this.#api.training.resume.mutate({ runId });
    });
  }
  leaveInterrupted(): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.queue.leaveInterrupted.mutate());
  }
}

export const [queueState, provideQueue] = createContext<QueueState>();
