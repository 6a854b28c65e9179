/** The engine's queue as this window knows it, and what a person does to it. */
import { createContext } from "svelte";
import { type QueueMove, type QueueView, toldJobs } from "../../../src-main/contract/queue.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import type { ToastsState } from "../../lib/toasts.svelte.ts";

export class QueueState {
  readonly #api: Api;
  readonly #toasts: ToastsState;
  view = $state.raw<QueueView>({ held: null, jobs: [], waiting: 0, experimentIds: [] });
  /** Jobs that are shown at most. */
  #most = toldJobs;

  constructor(api: Api, engine: EngineEvents, toasts: ToastsState) {
    this.#api = api;
    this.#toasts = toasts;
    engine.onEvent((event) => {
      if (event.kind === "snapshot" || event.kind === "queue") this.#told(event.queue);
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
      await this.#ask();
    });
  }
  /** Of a long queue so many jobs more than are shown now. */
  showMore(jobs: number): Promise<boolean> {
    this.#most += jobs;
    return this.#toasts.toldIfFailed(() => this.#ask());
  }
  pauseExperiment(experimentId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.experiments.pause.mutate({ experimentId }));
  }
  stopExperiment(experimentId: number): Promise<boolean> {
    return this.#toasts.toldIfFailed(() => this.#api.experiments.stop.mutate({ experimentId }));
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

  /** The engine tells of the first jobs alone: those behind them stand as they did until it has answered. */
  #told(queue: QueueView): void {
    const isWhole = queue.jobs.length >= Math.min(this.#most, queue.waiting);
    this.view = isWhole ? queue : { ...queue, jobs: this.view.jobs };
    // Where the link goes away meanwhile, the next snapshot asks again.
    if (!isWhole) this.#ask().catch(() => undefined);
  }

  async #ask(): Promise<void> {
    this.view = await this.#api.queue.get.query({ most: this.#most });
  }
}

export const [queueState, provideQueue] = createContext<QueueState>();
