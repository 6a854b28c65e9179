/** The calibration of some runs, as the engine answers it. Made by the component that shows it. */
import type { CalibrationView } from "../../../src-main/contract/calibration.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

export class CalibrationState {
  readonly #api: Api;
  view = $state.raw<CalibrationView | null>(null);
  error = $state.raw<ShownError | null>(null);
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks for these runs; an older answer that comes later is dropped. */
  async load(runIds: readonly number[]): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    try {
      const view = await this.#api.runs.calibration.query({ runIds: [...runIds] });
      if (asked === this.#asked) this.view = view;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.view = null;
      this.error = shownError(thrown);
    }
  }
}

export const [calibrationState, provideCalibration] = createMakerContext<CalibrationState>();
