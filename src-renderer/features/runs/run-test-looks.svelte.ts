/** How often the test pictures of a run's data set were looked at. Made by the component that shows it. */
import type { Api } from "../../lib/engine/client.ts";
import { LatestAnswer } from "../../lib/latest-answer.svelte.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

/** Asked about a run by its number. */
export class RunTestLooksState extends LatestAnswer<number, { readonly testLooks: number }> {
  constructor(api: Api) {
    super(async (runId) => ({ testLooks: await api.runs.testLooks.query({ runId }) }));
  }
}

export const [runTestLooksState, provideRunTestLooks] = createMakerContext<RunTestLooksState>();
