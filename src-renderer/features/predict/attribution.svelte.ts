/** Where a run's network looked on the picture that is held, and the same with random weights. Made by the sheet that shows it. */
import type { AttributionMap, AttributionMethod } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface AttributionQuestion {
  readonly from: RunWeights;
  readonly heldId: string;
  readonly method: AttributionMethod;
  /** The class by its place among the network's. */
  readonly place: number;
}

interface LearnedAndRandom {
  readonly learned: AttributionMap;
  readonly random: AttributionMap;
}

export class AttributionState extends LatestAnswer<AttributionQuestion, LearnedAndRandom> {
  constructor(api: Api) {
    super(async (question) => {
      const ask = (isRandom: boolean) => api.inference.attribution.query({ ...question, isRandom });
      const [learned, random] = await Promise.all([ask(false), ask(true)]);
      return { learned, random };
    });
  }
}

export const [attributionState, provideAttribution] = createMakerContext<AttributionState>();
