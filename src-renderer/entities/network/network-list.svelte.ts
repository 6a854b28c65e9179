/** The networks to choose from, and the chosen one at the size that was asked for. */
import { createContext } from "svelte";
import type { ArchitectureView } from "../../../src-main/contract/architecture.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";

/** A network at a size; what the engine's `models.show` takes. */
export interface NetworkChoice {
  readonly id: string;
  readonly inputPixels: number;
  readonly width: number;
  readonly classes: number;
}

export class NetworkListState {
  readonly #api: Api;
  /** Every network at its paper's size; null until the engine has answered. */
  list = $state.raw<readonly ArchitectureView[] | null>(null);
  /** The principal network of each family. */
  readonly families = $derived(this.list?.filter(({ id, family }) => id === family) ?? []);
  listError = $state.raw<ShownError | null>(null);
  /** The chosen network at the chosen size; keeps the one before until the new one is there. */
  shown = $state.raw<ArchitectureView | null>(null);
  shownError = $state.raw<ShownError | null>(null);

  #asked = "";
  readonly #known = new Map<string, ArchitectureView>();

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      this.list = await this.#api.models.list.query();
      this.listError = null;
    } catch (thrown) {
      this.listError = shownError(thrown);
    }
  }

  get(id: string): ArchitectureView | undefined {
    return this.list?.find((network) => network.id === id);
  }

  /** All networks of a family, the principal one first. */
  variantsOf(family: string): readonly ArchitectureView[] {
    return this.list?.filter((network) => network.family === family) ?? [];
  }

  /** Brings one network to a size. Answers are kept: the same question is asked once. */
  async show(choice: NetworkChoice): Promise<void> {
    const key = JSON.stringify([choice.id, choice.inputPixels, choice.width, choice.classes]);
    if (this.#asked === key && this.shownError === null) return;
    this.#asked = key;
    try {
      const view = this.#known.get(key) ?? (await this.#api.models.show.query(choice));
      this.#known.set(key, view);
      if (this.#asked !== key) return;
      this.shown = view;
      this.shownError = null;
    } catch (thrown) {
      if (this.#asked !== key) return;
      this.shownError = shownError(thrown);
    }
  }
}

export const [networkListState, provideNetworkList] = createContext<NetworkListState>();
