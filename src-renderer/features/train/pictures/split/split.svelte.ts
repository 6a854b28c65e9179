/** What a split that is made anew would come to, while a person decides on it. Made by the dialog that shows it. */
import type { DatasetSource } from "../../../../../src-main/contract/dataset.ts";
import type { OfferedGroup, SplitAnew, SplitPreview } from "../../../../../src-main/contract/split-plan.ts";
import type { Api } from "../../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../../lib/maker-context.ts";

/** A person who types is not asked about each digit. */
const restMillis = 250;

export class SplitState {
  readonly #api: Api;
  /** By what the pictures can be grouped; null until the engine has answered. */
  offered = $state.raw<readonly OfferedGroup[] | null>(null);
  /** Of the plan that was asked for last; null while there is none, or none yet. */
  preview = $state.raw<SplitPreview | null>(null);
  error = $state.raw<ShownError | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  async open(source: DatasetSource): Promise<void> {
    this.offered = null;
    try {
      this.offered = await this.#api.data.splitGroups.query({ source });
    } catch {
      // The preview asks for the same pictures, and says what is wrong with them.
      this.offered = [];
    }
  }

  /** @param plan null where what is typed is none */
  ask(source: DatasetSource, plan: SplitAnew | null): void {
    clearTimeout(this.#timer);
    const number = ++this.#newest;
    if (plan === null) this.preview = null;
    else this.#timer = setTimeout(() => void this.#answer(source, plan, number), restMillis);
  }

  async #answer(source: DatasetSource, plan: SplitAnew, number: number): Promise<void> {
    try {
      const preview = await this.#api.data.previewSplit.query({ source, split: plan });
      if (number === this.#newest) [this.preview, this.error] = [preview, null];
    } catch (thrown) {
      if (number === this.#newest) [this.preview, this.error] = [null, shownError(thrown)];
    }
  }
}

export const [splitState, provideSplit] = createMakerContext<SplitState>();
