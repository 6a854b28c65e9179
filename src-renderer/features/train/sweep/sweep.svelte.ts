/** The sweep being put together on the Train page: its lines, how long it would take, and its start. */
import { createContext } from "svelte";
import { z } from "zod";
import type { ExperimentEstimate } from "../../../../src-main/contract/experiment.ts";
import { type NetworkTable, networkTable } from "../../../../src-main/domain/network-presets.ts";
import { settings } from "../../../../src-main/domain/settings/settings.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import { keptInTab } from "../../../lib/kept-in-tab.ts";
import type { ExperimentState } from "../experiment/experiment.svelte.ts";
import { emptySweep, offeredSettings, type SweepDraft, type SweepLine, sweepOutcome } from "./sweep-draft.ts";

const restMillis = 700;

const kept = keptInTab(
  "sweep",
  z.object({
    lines: z.array(z.object({ setting: z.string(), text: z.string() })).readonly(),
    seeds: z.string(),
    alike: z.enum(["nothing", "width", "recipe", "multiplyAdds"]),
    multiplyAdds: z.string(),
  }),
);

export class SweepState {
  readonly #api: Api;
  readonly #experiment: ExperimentState;
  draft = $state.raw<SweepDraft>(kept.read() ?? emptySweep);
  estimate = $state.raw<ExperimentEstimate | null>(null);
  error = $state.raw<ShownError | null>(null);
  isStarting = $state(false);
  /** A start was asked for: from then on a line without values is wrong, and not just not filled in yet. */
  isAsked = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** What each network trains with that varies; the one before until the new one is there, null where none varies. */
  networks = $state.raw<NetworkTable | null>(null);

  readonly preset = $derived.by(() => (this.#experiment.draft?.presetId === "paper" ? "paper" : "compact"));
  readonly outcome = $derived.by(() => sweepOutcome(this.draft, this.#experiment.request, settings, this.preset));
  /** Whether the page's one deed is a sweep. */
  readonly isOn = $derived(this.draft.lines.length > 0 || this.outcome.seeds > 1);
  readonly request = $derived(this.isOn ? this.outcome.request : null);

  constructor(api: Api, experiment: ExperimentState) {
    this.#api = api;
    this.#experiment = experiment;
  }

  edit(changes: Partial<SweepDraft>): void {
    this.draft = { ...this.draft, ...changes };
    kept.write(this.draft);
    this.error = null;
  }
  editLine(index: number, changes: Partial<SweepLine>): void {
    this.edit({ lines: this.draft.lines.map((line, place) => (place === index ? { ...line, ...changes } : line)) });
  }
  /** @param wanted the first that does not vary yet, without it */
  add(wanted?: string): void {
    const used = this.draft.lines.map(({ setting }) => setting);
    const setting = offeredSettings().find(({ id }) => !used.includes(id) && (wanted === undefined || id === wanted));
    this.isAsked = false;
    if (setting) this.edit({ lines: [...this.draft.lines, { setting: setting.id, text: "" }] });
  }
  remove(index: number): void {
    this.edit({ lines: this.draft.lines.filter((_, place) => place !== index) });
  }

  /** Asks a moment after the last change; only the latest question is answered. */
  ask(): void {
    const { request } = this;
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    this.estimate = null;
    if (request?.networks === undefined) this.networks = null;
    if (request === null) return;
    this.#timer = setTimeout(async () => {
      try {
        if (request.networks !== undefined) {
          const table = networkTable(await this.#api.experiments.resolve.query(request));
          if (asked !== this.#asked) return;
          this.networks = table;
        }
        const estimate = await this.#api.experiments.estimate.mutate(request);
        if (asked === this.#asked) this.estimate = estimate;
      } catch (thrown) {
        if (asked === this.#asked) this.error = shownError(thrown);
      }
    }, restMillis);
  }

  /** True once it is recorded. */
  async start(): Promise<boolean> {
    if (this.request === null || this.isStarting) return false;
    this.isStarting = true;
    try {
      await this.#api.training.start.mutate(this.request);
      return true;
    } catch (thrown) {
      this.error = shownError(thrown);
      return false;
    } finally {
      this.isStarting = false;
    }
  }
}

export const [sweepState, provideSweep] = createContext<SweepState>();
