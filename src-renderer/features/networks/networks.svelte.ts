/** The shelf in both sizes, how it is sorted, and the network that is open. */
import { createContext } from "svelte";
import type { ArchitectureView } from "../../../src-main/contract/architecture.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import type { NetworkAddress } from "../../lib/route.ts";
import type { ShelfSort } from "./shelf-columns.ts";

export type ShelfSize = "paper" | "compact";

/** Of a compact network, so that its figures are those of a small set of pictures. */
export const compactClasses = 10;

/** The address of a network's compact preset; null where it has none. */
export function compactAddress({ id, presets }: ArchitectureView): NetworkAddress | null {
  const compact = presets.find((preset) => preset.id === "compact");
  if (compact === undefined) return null;
  const { inputPixels, width } = compact.model;
  return { id, size: { inputPixels, width, classes: compactClasses } };
}

export class NetworksState {
  readonly #api: Api;
  size = $state<ShelfSize>("paper");
  sort = $state.raw<ShelfSort>({ column: "year", isDescending: false });
  /** Every network with a compact preset, at it; null until the engine has answered. */
  compact = $state.raw<readonly ArchitectureView[] | null>(null);
  /** The network that is open. */
  open = $state.raw<ArchitectureView | null>(null);
  /** Why the shelf or the open network is not there. */
  error = $state.raw<ShownError | null>(null);

  #asked = "";
  readonly #known = new Map<string, ArchitectureView>();

  constructor(api: Api) {
    this.#api = api;
  }

  /** @param networks the shelf as published */
  async loadCompact(networks: readonly ArchitectureView[]): Promise<void> {
    if (this.compact !== null) return;
    try {
      const found: ArchitectureView[] = [];
      for (const network of networks) {
        const address = compactAddress(network);
        if (address !== null) found.push(await this.view(address));
      }
      this.compact = found;
      this.error = null;
    } catch (thrown) {
      this.error = shownError(thrown);
    }
  }

  /** Opens it; an answer to an earlier question is passed over. */
  async show(address: NetworkAddress): Promise<void> {
    const key = keyOf(address);
    this.#asked = key;
    if (this.#known.get(key) !== this.open) this.open = null;
    try {
      const view = await this.view(address);
      if (this.#asked !== key) return;
      this.open = view;
      this.error = null;
    } catch (thrown) {
      if (this.#asked === key) this.error = shownError(thrown);
    }
  }

  /** Asked for once. */
  async view(address: NetworkAddress): Promise<ArchitectureView> {
    const key = keyOf(address);
    const view = this.#known.get(key) ?? (await this.#api.models.show.query({ id: address.id, ...address.size }));
    this.#known.set(key, view);
    return view;
  }
}

function keyOf({ id, size }: NetworkAddress): string {
  return JSON.stringify([id, size?.inputPixels, size?.width, size?.classes]);
}

export const [networksState, provideNetworks] = createContext<NetworksState>();
