/** Where a run's network looked on the picture that is held, and the same with random weights. Made by the sheet that shows it. */
import type { OcclusionMap } from "../../../src-main/contract/inference.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface OcclusionQuestion {
  readonly runId: number;
  readonly heldId: string;
  /** The class by its place among the network's. */
  readonly place: number;
}

export interface Occlusion {
  readonly question: OcclusionQuestion;
  readonly learned: OcclusionMap;
  readonly random: OcclusionMap;
}

export class OcclusionState {
  readonly #api: Api;
  found = $state.raw<Occlusion | null>(null);
  isAsking = $state(false);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Only the answer to the latest question counts. */
  async load(question: OcclusionQuestion): Promise<void> {
    const asked = ++this.#asked;
    const { runId, heldId, place } = question;
    const ask = (isRandom: boolean) =>
      this.#api.inference.occlusion.query({ from: { kind: "run", runId }, heldId, place, isRandom });
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

export const [occlusionState, provideOcclusion] = createMakerContext<OcclusionState>();
