/** The networks that runs were made of, asked for once each: their cores stand beside every run. */
import { createContext } from "svelte";
import type { ArchitectureView } from "../../../src-main/contract/architecture.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import type { Api } from "../../lib/engine/client.ts";

export class RunArchitectures {
  readonly #api: Api;
  readonly #known = new Map<string, Promise<ArchitectureView>>();

  constructor(api: Api) {
    this.#api = api;
  }

  /** The network of a run, at its size and with its classes. A question that failed is asked again next time. */
  of(run: Pick<RunView, "configuration" | "dataset">): Promise<ArchitectureView> {
    const choice = { ...run.configuration.model, classes: Math.max(2, run.dataset.classes.length) };
    const key = JSON.stringify(choice);
    const asked = this.#known.get(key);
    if (asked) return asked;
    const answer = this.#api.models.show.query(choice);
    answer.catch(() => this.#known.delete(key));
    this.#known.set(key, answer);
    return answer;
  }
}

export const [runArchitectures, provideRunArchitectures] = createContext<RunArchitectures>();
