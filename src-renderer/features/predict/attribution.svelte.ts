/** Where a run's network looked on the picture that is held, and the same with random weights. Made by the sheet that shows it. */
import type { AttributionMap, AttributionMethod } from "../../../src-main/contract/inference.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface AttributionQuestion {
  readonly runId: number;
  readonly heldId: string;
  readonly method: AttributionMethod;
  /** The class by its place among the network's. */
  readonly place: number;
}

export interface Attribution {
  readonly question: AttributionQuestion;
  readonly learned: AttributionMap;
  readonly random: AttributionMap;
}

export class AttributionState {
  readonly #api: Api;
  found = $state.raw<Attribution | null>(null);
  isAsking = $state(false);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Only the answer to the latest question counts. */
  async load(question: AttributionQuestion): Promise<void> {
    const asked = ++this.#asked;
    const { runId, ...asks } = question;
    const ask = (isRandom: boolean) =>
      this.#api.inference.attribution.query({ from: { kind: "run", runId }, ...asks, isRandom });
    this.isAsking = true;
    this.error = null;
    try {
      const [learned, random] = await Promise.all([ask(false), ask(true)]);
      if (asked === this.#asked) this.found = { question, learned, random };
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    } finally {
      if (asked === this.#asked) this.isAsking = false;
    }
  }
}

export const [attributionState, provideAttribution] = createMakerContext<AttributionState>();
