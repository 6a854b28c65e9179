/** The experiment being put together: the draft on the page, what it becomes, and its start. */

import type { ArchitectureView } from "../../src-main/contract/architecture.ts";
import type { Preset } from "../../src-main/contract/configuration.ts";
import { api } from "../api/client.ts";
import { type ShownError, shownError } from "../api/errors.ts";
import { begin } from "./begin.svelte.ts";
import { datasets } from "./datasets.svelte.ts";
import type { Draft } from "./draft.ts";
import { draftFromPreset } from "./draft-from.ts";
import { type DraftField, type DraftOutcome, draftOutcome } from "./draft-outcome.ts";
import { toasts } from "./toasts.svelte.ts";

/** What outlives a change of preset; every other field is replaced by it. */
const lasting: readonly string[] = ["differs", "arms", "seed"] satisfies (keyof Draft)[];
const noPictures: DraftOutcome = { request: null, problems: {} };

class ExperimentState {
  /** Null until there is a network to begin from. */
  draft = $state.raw<Draft | null>(null);
  isStarting = $state(false);
  startError = $state.raw<ShownError | null>(null);
  /** A person changed what a preset would replace. */
  #isEdited = false;

  readonly outcome: DraftOutcome = $derived.by(() => {
    if (this.draft === null) return noPictures;
    // Numbers are judged before pictures are chosen, too.
    const source = datasets.chosen?.source ?? { kind: "drawn", pictures: 1000, pixels: 32, difficulty: 0, seed: 0 };
    const found = this.draft.begin.kind === "seed" ? null : begin.initialWeights(this.draft.begin.frozenThrough);
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
    const before = this.#isEdited ? this.draft : null;
    this.draft = draftFromPreset(preset, this.draft);
    this.#isEdited = false;
    this.startError = null;
    if (before === null) return;
    toasts.show("Your settings were replaced by the preset’s.", {
      label: "Undo",
      run: () => {
        this.draft = before;
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
