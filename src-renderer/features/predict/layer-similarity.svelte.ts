/** How alike the layers of two networks, or of one, place the same pictures. Made by the sheet that shows it. */
import type { LayerSimilarity } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface SimilarityQuestion {
  readonly of: readonly [RunWeights, RunWeights];
}

export class LayerSimilarityState extends LatestAnswer<SimilarityQuestion, { readonly similarity: LayerSimilarity }> {
  constructor(api: Api) {
    super(async ({ of: [one, other] }) => ({
      similarity: await api.inference.layerSimilarity.query({ of: [one, other] }),
    }));
  }
}

export const [layerSimilarityState, provideLayerSimilarity] = createMakerContext<LayerSimilarityState>();
