/** What of the run's data set the channels of a row answer to strongest. Made by the sheet that shows it. */
import type { StrongestPictures } from "../../../src-main/contract/inference.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export interface StrongestQuestion {
  readonly runId: number;
  /** Its path in the network's table. */
  readonly row: string;
}

export class StrongestState {
  readonly #api: Api;
  found = $state.raw<{ readonly question: StrongestQuestion; readonly pictures: StrongestPictures } | null>(null);
  isAsking = $state(false);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Only the answer to the latest question counts. */
  async load(question: StrongestQuestion): Promise<void> {
    const asked = ++this.#asked;
    this.isAsking = true;
    this.error = null;
    try {
      const pictures = await this.#api.inference.strongestPictures.query(question);
      if (asked === this.#asked) this.found = { question, pictures };
    } catch (thrown) {
      if (asked === this.#asked) this.error = shownError(thrown);
    } finally {
      if (asked === this.#asked) this.isAsking = false;
    }
  }
}

export const [strongestState, provideStrongest] = createMakerContext<StrongestState>();
