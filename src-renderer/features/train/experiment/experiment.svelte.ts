/** The experiment being put together: the draft on the page, what it becomes, and its start. */
import { createContext } from "svelte";
import { z } from "zod";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { Preset } from "../../../../src-main/contract/configuration.ts";
import type { ExperimentRequest } from "../../../../src-main/contract/experiment.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import type { DatasetsState } from "../../../entities/dataset/datasets.svelte.ts";
import type { NetworkListState } from "../../../entities/network/network-list.svelte.ts";
import { repeatTexts } from "../../../entities/run/repeat-texts.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import { keptInTab } from "../../../lib/kept-in-tab.ts";
import type { ToastsState } from "../../../lib/toasts.svelte.ts";
import type { BeginState } from "./begin.svelte.ts";
import type { Draft } from "./draft.ts";
import {
  type DraftChanges,
  hasSize,
  isAsFilled,
  noChanges,
  onlyAsked,
  ownSettings,
  parsedValues,
  withAsked,
  withChanges,
  withEdit,
  withoutSize,
} from "./draft-changes.ts";
import { draftFromPreset, draftFromRun } from "./draft-from.ts";
import { type DraftField, type DraftOutcome, draftOutcome } from "./draft-outcome.ts";

/** What the page was filled from. */
export interface Repeated {
  /** One run, or the arms of a pair that are still on record; never empty. */
  readonly runs: readonly RunView[];
  /** The page was loaded again since: nobody needs to be led to it. */
  readonly isOld: boolean;
}

/** What the page was filled with, from what, and what a person set over it. */
interface Filling {
  readonly filled: Draft;
  readonly changes: DraftChanges;
  readonly repeated: Repeated | null;
}

/** By name: what a preset or a run fills the page with is had from the engine again. */
const kept = keptInTab(
  "experiment",
  z.object({
    modelId: z.string(),
    presetId: z.string(),
    runIds: z.array(z.int().positive()),
    values: z.unknown(),
    inputOf: z.string().nullable(),
    beginOf: z.string().nullable(),
    noiseBefore: z.string().nullable().default(null),
  }),
);

const nothingYet: DraftOutcome = { request: null, problems: {}, runs: 0, unfilled: new Set() };

/** What the experiment is put together from. */
export interface ExperimentParts {
  readonly api: Api;
  readonly toasts: ToastsState;
  readonly datasets: DatasetsState;
  readonly networkList: NetworkListState;
  readonly begin: BeginState;
}

export class ExperimentState {
  readonly #parts: ExperimentParts;
  #filling = $state.raw<Filling | null>(null);
  /** Null until there is a network to begin from. */
  readonly draft = $derived.by(() => {
    if (this.#filling === null) return null;
    const { filled, changes } = this.#filling;
    return withChanges(filled, changes, this.#parts.networkList.get(filled.modelId)?.smallestInputPixels ?? 0);
  });
  /** Until a preset or a network is chosen instead. */
  readonly repeated = $derived(this.#filling?.repeated ?? null);
  /** How many settings are otherwise than the preset or the recorded run has them. */
  readonly ownSettings = $derived(
    this.draft && this.#filling ? ownSettings(this.draft, this.#filling.filled).length : 0,
  );
  readonly isAsFilled = $derived(
    this.draft !== null && this.#filling !== null && isAsFilled(this.draft, this.#filling.filled),
  );
  isStarting = $state(false);
  /** Where nothing stood when a start was last asked for: that is wrong, and not just not filled in yet. */
  #missed = $state.raw<ReadonlySet<DraftField>>(new Set());
  startError = $state.raw<ShownError | null>(null);

  readonly outcome: DraftOutcome = $derived.by(() => {
    if (this.draft === null) return nothingYet;
    // Numbers are judged before pictures are chosen, too.
    const { chosen } = this.#parts.datasets;
    const source = chosen?.source ?? {
      kind: "drawn",
      pictures: 1000,
      pixels: 32,
      difficulty: 0,
      seed: 0,
    };
    const found = this.draft.begin.kind === "seed" ? null : this.#parts.begin.initialWeights(this.draft.begin);
    const network = this.#parts.networkList.get(this.draft.modelId);
    return draftOutcome(this.draft, source, found, network, chosen?.classes ?? null);
  });
  /** What can be sent: a valid draft and pictures to train on. */
  readonly request = $derived.by(() => (this.#parts.datasets.chosen === null ? null : this.outcome.request));

  constructor(parts: ExperimentParts) {
    this.#parts = parts;
  }

  problem(field: DraftField): string | null {
    if (this.outcome.unfilled.has(field) && !this.#missed.has(field)) return null;
    return this.outcome.problems?.[field] ?? null;
  }

  /** A start was asked for: fields are wrong from now on in which nothing stands. */
  showUnfilled(): void {
    this.#missed = this.outcome.unfilled;
  }

  edit(edit: Partial<Draft>): void {
    if (this.#filling === null || this.draft === null) return;
    this.#take({ ...this.#filling, changes: withEdit(this.#filling.changes, edit, this.draft) });
  }

  /** A size of the network: settings that a person made stay, but for a size of their own. */
  takePreset(preset: Preset): void {
    this.#fill(preset, withoutSize);
  }

  /** Another network, from its first preset, or from the same size of preset as before where it has one. Settings that a person made stay. */
  takeNetwork(network: ArchitectureView, presetId: string | null): void {
    const preset = network.presets.find((other) => other.id === presetId) ?? network.presets[0];
    if (preset) this.#fill(preset, (changes) => changes);
  }

  /** Everything as it was recorded, but for the pictures, which may have gone. */
  takeRun(run: RunView, job: readonly RunView[]): void {
    const before = this.#filling;
    const repeated = { runs: job.length > 0 ? job : [run], isOld: false };
    this.#take({ filled: draftFromRun(run, job), changes: noChanges, repeated });
    // What came from the record and was left as it is can be had from there again.
    if (before && Object.keys(before.changes.values).length > 0) this.#offerBack(repeatTexts.replacedByRun, before);
  }

  /** Settings as the preset or the recorded run has them; what the experiment asks stays. */
  dropOwnSettings(): void {
    const before = this.#filling;
    if (before === null) return;
    this.#take({ ...before, changes: onlyAsked(before.changes) });
    this.#offerBack(repeatTexts.dropped, before);
  }

  /** As the tab had it before it was loaded again, else from the preset of a network. Called once the networkList is there. */
  async begin(first: ArchitectureView): Promise<void> {
    const filling = await this.#keptFilling();
    // A person may have come with a run to repeat meanwhile.
    if (this.#filling !== null) return;
    if (filling === null) this.takeNetwork(first, null);
    else this.#take(filling);
  }

  async #keptFilling(): Promise<Filling | null> {
    const found = kept.read();
    if (found === null) return null;
    const { modelId, presetId, runIds, values, inputOf, beginOf, noiseBefore } = found;
    const looked = await Promise.all(
      runIds.map((runId) => this.#parts.api.runs.get.query({ runId }).catch(() => null)),
    );
    const runs = looked.filter((run) => run !== null);
    const [run] = runs;
    const preset =
      this.#parts.networkList.get(modelId)?.presets.find(({ id }) => id === presetId) ??
      this.#parts.networkList.get(modelId)?.presets[0];
    if (!run && !preset) return null;
    const filled = run ? draftFromRun(run, runs) : preset && draftFromPreset(preset, null);
    if (!filled) return null;
    const changes = { values: parsedValues(values, filled), inputOf, beginOf, noiseBefore };
    return { filled, changes, repeated: run ? { runs, isOld: true } : null };
  }

  #fill(preset: Preset, remaining: (changes: DraftChanges) => DraftChanges): void {
    const { draft } = this;
    const before = this.#filling;
    const filled = draftFromPreset(preset, draft);
    const changes = remaining(before?.changes ?? noChanges);
    this.#take({ filled, changes: before?.repeated && draft ? withAsked(changes, draft) : changes, repeated: null });
    const hasLost = before !== null && (before.repeated !== null || hasSize(before.changes) !== hasSize(changes));
    if (hasLost) this.#offerBack(repeatTexts.replacedByPreset, before);
  }

  #take(filling: Filling): void {
    this.#filling = filling;
    this.startError = null;
    const { filled, changes, repeated } = filling;
    const runIds = repeated?.runs.map(({ id }) => id) ?? [];
    kept.write({ modelId: filled.modelId, presetId: filled.presetId, runIds, ...changes });
  }

  /** What a person set can be had back. */
  #offerBack(words: string, before: Filling): void {
    this.#parts.toasts.show(words, { label: repeatTexts.undo, run: () => this.#take(before) });
  }

  /**
   * Sends the experiment to the engine; true once it is recorded there.
   * @param asTold what was said of the request before the start
   */
  async start(asTold = (request: ExperimentRequest) => request): Promise<boolean> {
    if (this.request === null || this.isStarting) return false;
    this.isStarting = true;
    this.startError = null;
    try {
      await this.#parts.api.training.start.mutate(asTold(this.request));
      return true;
    } catch (thrown) {
      this.startError = shownError(thrown);
      return false;
    } finally {
      this.isStarting = false;
    }
  }
}

export const [experimentState, provideExperiment] = createContext<ExperimentState>();
