/** The experiments of the record that vary the network, those that a person chose, and what their networks came to. Made by the lesson. */
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import type { RecordedExperiments } from "../../../entities/experiment/experiments.svelte.ts";
import type { RunArchitectures } from "../../../entities/run/run-architectures.ts";
import type { RunsState } from "../../../entities/run/runs.svelte.ts";
import { type OwnPoint, ownPoints, variesNetworks } from "./own-points.ts";

export class OwnNetworks {
  readonly #runs: Pick<RunsState, "get" | "need" | "isLoading">;
  readonly #architectures: RunArchitectures;
  readonly #experiments: Pick<RecordedExperiments, "list" | "viewOf" | "need">;
  /** Null until a person chose: then the latest that has a finished run. */
  #chosen = $state.raw<readonly number[] | null>(null);
  #networks = $state.raw<ReadonlyMap<string, ArchitectureView>>(new Map());

  /** The latest first. */
  readonly offered = $derived.by(() => this.#experiments.list.filter(variesNetworks).sort((a, b) => b.id - a.id));
  readonly chosenIds = $derived.by(() => {
    const first = this.offered.find(({ finished }) => finished > 0);
    return this.#chosen ?? (first ? [first.id] : []);
  });
  readonly #chosenViews = $derived.by(() =>
    this.offered
      .filter(({ id }) => this.chosenIds.includes(id))
      .flatMap(({ id }) => this.#experiments.viewOf(id) ?? []),
  );
  readonly points: readonly OwnPoint[] = $derived.by(() => {
    const runOf = (runId: number) => this.#runs.get(runId);
    const networkOf = (run: RunView) => this.#networks.get(keyOf(run));
    return this.#chosenViews.flatMap((experiment) => ownPoints(experiment, { runOf, networkOf }));
  });

  constructor(
    experiments: Pick<RecordedExperiments, "list" | "viewOf" | "need">,
    runs: Pick<RunsState, "get" | "need" | "isLoading">,
    architectures: RunArchitectures,
  ) {
    this.#experiments = experiments;
    this.#runs = runs;
    this.#architectures = architectures;
  }

  choose(experimentId: number, isChosen: boolean): void {
    const others = this.chosenIds.filter((id) => id !== experimentId);
    this.#chosen = isChosen ? [...others, experimentId] : others;
  }

  /** Asks for what the points are made of and is not known yet; called again when there is more to ask for. */
  async ask(): Promise<void> {
    if (this.#runs.isLoading) return;
    await this.#experiments.need(this.chosenIds);
    const chosen = this.#chosenViews;
    await this.#runs.need(chosen.flatMap(({ runIds }) => runIds));
    const runs = chosen.flatMap(({ rows }) => rows.flatMap(({ runIds }) => this.#runs.get(runIds[0] ?? 0) ?? []));
    for (const run of runs) {
      if (this.#networks.has(keyOf(run))) continue;
      // A network that left the shelf has no point.
      const view = await this.#architectures.of(run).catch(() => null);
      if (view) this.#networks = new Map([...this.#networks, [keyOf(run), view]]);
    }
  }
}

function keyOf({ configuration: { model }, dataset }: RunView): string {
  return JSON.stringify([model.id, model.inputPixels, model.width, dataset.classes.length]);
}
