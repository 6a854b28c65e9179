/** What of the run's data set the channels of a row answer to strongest. Made by the sheet that shows it. */
import type { StrongestPictures } from "../../../src-main/contract/inference.ts";
import type { RunWeights } from "../../../src-main/contract/weights.ts";
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface StrongestQuestion {
  readonly from: RunWeights;
  /** Its path in the network's table. */
  readonly row: string;
}

export class StrongestState extends LatestAnswer<StrongestQuestion, { readonly pictures: StrongestPictures }> {
  constructor(api: Api) {
    super(async (question) => ({ pictures: await api.inference.strongestPictures.query(question) }));
  }
}

export const [strongestState, provideStrongest] = createMakerContext<StrongestState>();
