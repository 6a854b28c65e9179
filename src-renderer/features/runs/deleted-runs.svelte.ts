/** Runs that were deleted a short while ago. Made by the dialog that shows them. */
import type { DeletedRuns } from "../../../src-main/contract/deleted-runs.ts";
import type { RunsState } from "../../entities/run/runs.svelte.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class DeletedRunsState {
  readonly #api: Api;
  readonly #runs: Pick<RunsState, "restore" | "forget">;
  /** Null until the engine has answered. */
  found = $state.raw<DeletedRuns | null>(null);
  error = $state.raw<ShownError | null>(null);

  constructor(api: Api, runs: Pick<RunsState, "restore" | "forget">) {
    this.#api = api;
    this.#runs = runs;
  }

  async load(): Promise<void> {
    try {
      this.found = await this.#api.runs.deleted.query();
      this.error = null;
    } catch (thrown) {
      this.error = shownError(thrown);
    }
  }

  /** Back into the record, with all that they had. */
  async restore(runIds: readonly number[]): Promise<void> {
    if (await this.#runs.restore(runIds)) await this.load();
  }

  /** Deletes all of them for good. */
  async forgetAll(): Promise<void> {
    const ids = this.found?.runs.map(({ id }) => id) ?? [];
    if (await this.#runs.forget(ids)) await this.load();
  }
}

export const [deletedRunsState, provideDeletedRuns] = createMakerContext<DeletedRunsState>();
