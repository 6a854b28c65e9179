/** The weights that the experiment on the page would begin from, as the engine sees them. */
import { createContext } from "svelte";
import type { ModelChoice } from "../../../../src-main/contract/configuration.ts";
import type { InitialWeights, WeightsInspection, WeightsSource } from "../../../../src-main/contract/weights.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import type { Begin } from "./draft.ts";

export interface BeginQuestion {
  readonly from: WeightsSource;
  readonly sha256: string | null;
  readonly model: ModelChoice;
  readonly classes: number;
}

export class BeginState {
  readonly #api: Api;
  /** Null until the engine has answered for what is asked now. */
  inspection = $state.raw<WeightsInspection | null>(null);
  error = $state.raw<ShownError | null>(null);
  isInspecting = $state(false);
  #asked = "";

  constructor(api: Api) {
    this.#api = api;
  }

  /** What a run would be set up with; a row that the network lacks freezes nothing. Null also where too little matches and that is not allowed. */
  initialWeights({ frozenThrough, isMismatchAllowed }: Pick<Begin, "frozenThrough" | "isMismatchAllowed">) {
    if (this.inspection === null) return null;
    if (this.inspection.isTooLittle && !isMismatchAllowed) return null;
    const isThere = frozenThrough !== null && this.inspection.freezableRows.includes(frozenThrough);
    const found: InitialWeights = { ...this.inspection.initialWeights, frozenThrough: isThere ? frozenThrough : null };
    return this.inspection.isTooLittle ? { ...found, isMismatchAllowed } : found;
  }

  /** The file may have changed since it was inspected: the next question is asked whatever it is. */
  forget(): void {
    this.#asked = "";
    this.inspection = null;
  }

  /** Null where there is nothing to inspect. The same question is asked again only after it failed. */
  async ask(question: BeginQuestion | null): Promise<void> {
    const key = JSON.stringify(question);
    if (key === this.#asked && this.error === null) return;
    this.#asked = key;
    this.inspection = null;
    this.error = null;
    this.isInspecting = question !== null;
    if (question === null) return;
    try {
      const inspection = await this.#api.weights.inspect.query(question);
      if (key === this.#asked) this.inspection = inspection;
    } catch (thrown) {
      if (key === this.#asked) this.error = shownError(thrown);
    } finally {
      if (key === this.#asked) this.isInspecting = false;
    }
  }
}

export const [beginState, provideBegin] = createContext<BeginState>();
