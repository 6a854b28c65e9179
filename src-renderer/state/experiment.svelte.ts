/** The experiment being put together: the draft on the page, what it becomes, and its start. */

import type { ArchitectureView } from "../../src-main/contract/architecture.ts";
import type { Preset } from "../../src-main/contract/configuration.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { api } from "../api/client.ts";
import { type ShownError, shownError } from "../api/errors.ts";
import { repeatTexts } from "../text/repeat.ts";
import { begin } from "./begin.svelte.ts";
import { datasets } from "./datasets.svelte.ts";
import type { Draft } from "./draft.ts";
import { draftFromConfiguration, draftFromPreset } from "./draft-from.ts";
import { type DraftField, type DraftOutcome, draftOutcome } from "./draft-outcome.ts";
import { toasts } from "./toasts.svelte.ts";

/** What outlives a change of preset; every other field is replaced by it. */
const lasting: readonly string[] = ["differs", "arms", "seed"] satisfies (keyof Draft)[];

/** What the page was filled from, and with what. */
export interface Repeated {
  /** One run, or the arms of a pair that are still on record; never empty. */
  readonly runs: readonly RunView[];
  readonly draft: Draft;
}

const noPictures: DraftOutcome = { request: null, problems: {} };

class ExperimentState {
  /** Null until there is a network to begin from. */
  draft = $state.raw<Draft | null>(null);
  /** Until a preset or a network is chosen instead. */
  repeated = $state.raw<Repeated | null>(null);
  isStarting = $state(false);
  startError = $state.raw<ShownError | null>(null);
  /** A person changed what a preset would replace. */
  #isEdited = false;

  readonly outcome: DraftOutcome = $derived.by(() => {
    if (this.draft === null) return noPictures;
    // Numbers are judged before pictures are chosen, too.
    const source = datasets.chosen?.source ?? { kind: "drawn", pictures: 1000, pixels: 32, difficulty: 0, seed: 0 };
    const found = this.draft.begin.kind === "seed" ? null : begin.initialWeights(this.draft.begin);
    return draftOutcome(this.draft, source, found);
  });
  /** What can be sent: a valid draft and pictures to train on. */
  readonly request = $derived(datasets.chosen === null ? null : this.outcome.request);

  problem(field: DraftField): string | null {
    return this.outcome.problems?.[field] ?? null;
  }

  edit(changes: Partial<Draft>): void {
    if (this.draft === null) return;
    this.draft = { ...this.draft, ...changes };
    this.#isEdited ||= Object.keys(changes).some((field) => !lasting.includes(field));
    this.startError = null;
  }

  takePreset(preset: Preset): void {
    this.#replace(draftFromPreset(preset, this.draft), null);
  }

  /** Everything as it was recorded, but for the pictures, which may have gone. */
  takeRun(run: RunView, job: readonly RunView[]): void {
    const draft = draftFromConfiguration(run.configuration, run.pair);
    // What came from the record and was left as it is can be had from there again.
    if (this.draft === this.repeated?.draft) this.#isEdited = false;
    this.#replace(draft, { runs: job.length > 0 ? job : [run], draft });
  }

  /** What a person set can be had back. */
  #replace(draft: Draft, repeated: Repeated | null): void {
    const before = this.#isEdited ? { draft: this.draft, repeated: this.repeated } : null;
    [this.draft, this.repeated] = [draft, repeated];
    // What a run was set up with is a person's choice, too.
    this.#isEdited = repeated !== null;
    this.startError = null;
    if (before === null) return;
    toasts.show(repeated === null ? repeatTexts.replacedByPreset : repeatTexts.replacedByRun, {
      label: repeatTexts.undo,
      run: () => {
        [this.draft, this.repeated] = [before.draft, before.repeated];
        this.#isEdited = true;
      },
    });
  }

  /** Another network, from its first preset; with the same size of preset as before where it has one. */
  takeNetwork(network: ArchitectureView, presetId: string | null): void {
    const preset = network.presets.find((other) => other.id === presetId) ?? network.presets[0];
    if (preset) this.takePreset(preset);
  }

  /** Sends the experiment to the engine; true once it is recorded there. */
  async start(): Promise<boolean> {
    if (this.request === null || this.isStarting) return false;
    this.isStarting = true;
    this.startError = null;
    try {
      await api.training.start.mutate(this.request);
      return true;
    } catch (thrown) {
      this.startError = shownError(thrown);
      return false;
    } finally {
      this.isStarting = false;
    }
  }
}

export const experiment = new ExperimentState();
