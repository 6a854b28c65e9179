/** How long the rows of networks take on this machine, as far as it was asked. */
import { createContext } from "svelte";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { RowTimes } from "../../../../src-main/contract/machine.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";

export type RowTimesView =
  | { readonly state: "none" | "timing" }
  | { readonly state: "known"; readonly times: RowTimes }
  | { readonly state: "failed"; readonly error: ShownError };

type Timed = Pick<ArchitectureView, "id" | "inputPixels" | "width" | "classes">;

export class RowTimesState {
  readonly #api: Api;
  #views = $state.raw<ReadonlyMap<string, RowTimesView>>(new Map());

  constructor(api: Api) {
    this.#api = api;
  }

  of(network: Timed, batchSize: number): RowTimesView {
    return this.#views.get(keyOf(network, batchSize)) ?? { state: "none" };
  }

  /** Measures anew, whatever was known before. */
  async time(network: Timed, batchSize: number): Promise<void> {
    const key = keyOf(network, batchSize);
    if (this.#views.get(key)?.state === "timing") return;
    this.#set(key, { state: "timing" });
    const { id, inputPixels, width, classes } = network;
    try {
      const model = { id, inputPixels, width };
      this.#set(key, { state: "known", times: await this.#api.models.timeRows.mutate({ model, classes, batchSize }) });
    } catch (thrown) {
      this.#set(key, { state: "failed", error: shownError(thrown) });
    }
  }

  #set(key: string, view: RowTimesView): void {
    this.#views = new Map(this.#views).set(key, view);
  }
}

function keyOf({ id, inputPixels, width, classes }: Timed, batchSize: number): string {
  return JSON.stringify([id, inputPixels, width, classes, batchSize]);
}

export const [rowTimesState, provideRowTimes] = createContext<RowTimesState>();
