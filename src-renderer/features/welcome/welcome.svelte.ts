/** The page of the first start: what the engine found, and the training that proves it. */
import { createContext } from "svelte";
import type { FirstStart } from "../../../src-main/contract/first-start.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";

export class WelcomeState {
  readonly #api: Api;
  /** Null until the engine has said. */
  view = $state.raw<FirstStart | null>(null);
  /** Of what was asked for last. */
  error = $state.raw<ShownError | null>(null);
  isStarting = $state(false);

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      this.view = await this.#api.firstStart.view.query();
      this.error = null;
    } catch (thrown) {
      this.error = shownError(thrown);
    }
  }

  /** Trains the proof. */
  async prove(): Promise<void> {
    if (this.isStarting || this.view === null) return;
    this.isStarting = true;
    try {
      const { runId } = await this.#api.firstStart.prove.mutate();
      this.view = { ...this.view, proofRunId: runId };
      this.error = null;
    } catch (thrown) {
      this.error = shownError(thrown);
    } finally {
      this.isStarting = false;
    }
  }

  /** No window begins with the page any more. One that could not be told begins with it again, which is no harm. */
  async dismiss(): Promise<void> {
    await this.#api.firstStart.dismiss.mutate().catch(() => {});
  }
}

export const [welcomeState, provideWelcome] = createContext<WelcomeState>();
