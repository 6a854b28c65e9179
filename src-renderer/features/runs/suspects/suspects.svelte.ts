/** Pictures whose labels are likely wrong, decided on one by one, and saved as a version. Made by the dialog that shows it. */
import type { FolderSource } from "../../../../src-main/contract/dataset.ts";
import type { AskedEdit, DatasetVersionView } from "../../../../src-main/contract/dataset-version.ts";
import { type LabelSuspects, mostSuspects } from "../../../../src-main/contract/label-suspects.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../lib/maker-context.ts";

export type Decision =
  | { readonly kind: "relabel"; readonly className: string }
  | { readonly kind: "exclude" }
  | { readonly kind: "keep" };

export class SuspectsState {
  readonly #api: Api;
  found = $state.raw<LabelSuspects | null>(null);
  /** Of the first suspects, in their order: whoever is not decided on comes next. */
  decisions = $state.raw<readonly Decision[]>([]);
  note = $state("");
  isSaving = $state(false);
  saved = $state.raw<DatasetVersionView | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;
  #runIds: readonly number[] = [];

  /** Null once all are decided on. */
  readonly current = $derived(this.found?.first[this.decisions.length] ?? null);
  readonly last = $derived.by(() => {
    const decision = this.decisions.at(-1);
    const suspect = this.found?.first[this.decisions.length - 1];
    return decision && suspect ? { decision, suspect } : null;
  });
  /** Relabelled pictures by their new class, and those that are left out. */
  readonly edits = $derived.by((): readonly AskedEdit[] => {
    const relabelled = new Map<string, string[]>();
    const excluded: string[] = [];
    for (const [place, decision] of this.decisions.entries()) {
      const { name } = this.found!.first[place]!;
      if (decision.kind === "exclude") excluded.push(name);
      if (decision.kind === "relabel")
        relabelled.set(decision.className, [...(relabelled.get(decision.className) ?? []), name]);
    }
    return [
      ...[...relabelled].map(([className, pictures]) => ({ kind: "relabel" as const, pictures, className })),
      ...(excluded.length > 0 ? [{ kind: "exclude" as const, pictures: excluded }] : []),
    ];
  });

  constructor(api: Api) {
    this.#api = api;
  }

  /** As below, of the runs that can tell of this one's pictures. */
  async openFor(runId: number, noteOf: (runIds: readonly number[]) => string): Promise<void> {
    try {
      const runIds = await this.#api.runs.suspectRuns.query({ runId });
      await this.open(runIds, noteOf(runIds));
    } catch (thrown) {
      this.error = shownError(thrown);
    }
  }

  /** Goes on where decisions on the suspects of the same runs were left, and else begins anew; an older answer that comes later is dropped. */
  async open(runIds: readonly number[], note: string): Promise<void> {
    if (this.found !== null && this.saved === null && runIds.join() === this.#runIds.join()) return;
    const asked = ++this.#asked;
    this.#runIds = runIds;
    this.found = null;
    this.decisions = [];
    this.saved = null;
    this.error = null;
    this.note = note;
    try {
      const found = await this.#api.runs.labelSuspects.query({ runIds: [...runIds], most: mostSuspects });
      if (asked === this.#asked) this.found = found;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    }
  }

  /** On the current picture; the next one comes. A new label that is the old one keeps it. */
  decide(decision: Decision): void {
    if (this.current === null || this.saved !== null) return;
    const isSame = decision.kind === "relabel" && decision.className === this.current.label;
    this.decisions = [...this.decisions, isSame ? { kind: "keep" } : decision];
  }
  accept(): void {
    if (this.current) this.decide({ kind: "relabel", className: this.current.resembles });
  }

  /** The picture before comes again. */
  undo(): void {
    if (this.saved === null) this.decisions = this.decisions.slice(0, -1);
  }

  async save(from: FolderSource): Promise<void> {
    if (this.found === null || this.edits.length === 0 || this.isSaving) return;
    this.isSaving = true;
    this.error = null;
    const { datasetId } = this.found;
    try {
      this.saved = await this.#api.data.saveVersion.mutate({
        ...{ from, edits: [...this.edits], datasetId, author: null, note: this.note },
      });
    } catch (thrown) {
      this.error = shownError(thrown);
    } finally {
      this.isSaving = false;
    }
  }
}

export const [suspectsState, provideSuspects] = createMakerContext<SuspectsState>();
