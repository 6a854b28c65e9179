/** Recorded runs to choose from, as the engine finds them. Made by the component that offers them. */
import type { RunView } from "../../../src-main/contract/run.ts";
import type { RunCandidates } from "../../../src-main/contract/run-list.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class RunChoices {
  readonly #api: Api;
  /** To compare with what is chosen; null until the engine has answered. */
  candidates = $state.raw<RunCandidates | null>(null);
  /** To begin from, the latest first. */
  withWeights = $state.raw<readonly RunView[]>([]);
  /** What the Compare page shows when its address names none; null until the engine has answered. */
  latestPair = $state.raw<{ readonly runIds: readonly number[] | null; readonly all: number } | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  findCandidates(chosen: readonly number[], text: string, most: number): Promise<void> {
    return this.#load(
      () => this.#api.runs.candidates.query({ chosen: [...chosen], text, most }),
      (found) => {
        this.candidates = found;
      },
    );
  }

  /** @param modelId null: of any network */
  findWithWeights(modelId: string | null): Promise<void> {
    return this.#load(
      () => this.#api.runs.withWeights.query({ modelId }),
      (found) => {
        this.withWeights = found;
      },
    );
  }

  findLatestPair(): Promise<void> {
    return this.#load(
      () => this.#api.runs.latestPair.query(),
      (found) => {
        this.latestPair = found;
      },
    );
  }

  /** Only the answer to the latest question counts. */
  async #load<T>(ask: () => Promise<T>, take: (found: T) => void): Promise<void> {
    const asked = ++this.#asked;
    try {
      const found = await ask();
      if (asked !== this.#asked) return;
      take(found);
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    }
  }
}

export const [runChoices, provideRunChoices] = createMakerContext<RunChoices>();
