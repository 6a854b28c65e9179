/** How much of the class can be read from each layer of each run's network. Made by the sheet that shows it. */
import type { LayerProbes } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface ProbesQuestion {
  readonly from: readonly RunWeights[];
}

export class LayerProbesState extends LatestAnswer<ProbesQuestion, { readonly probes: readonly LayerProbes[] }> {
  constructor(api: Api) {
    super(async ({ from }) => {
      const probes: LayerProbes[] = [];
      // The pixels are the same for all.
      for (const one of from)
        probes.push(await api.inference.layerProbes.query({ from: one, hasPixels: probes.length === 0 }));
      return { probes };
    });
  }
}

export const [layerProbesState, provideLayerProbes] = createMakerContext<LayerProbesState>();
