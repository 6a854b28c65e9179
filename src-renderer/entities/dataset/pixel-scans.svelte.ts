/** Looks at every pixel of data sets: what was found, and the one that goes on. */
import { createContext } from "svelte";
import type { PixelScan } from "../../../src-main/contract/pixel-scan.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";

export class PixelScansState {
  readonly #api: Api;
  /** The last one; of which data set, it says itself. */
  found = $state.raw<PixelScan | null>(null);
  going = $state.raw<{ readonly datasetId: number; readonly done: number; readonly total: number | null } | null>(null);
  /** Why the last one found nothing, and of which data set. */
  failure = $state.raw<{ readonly datasetId: number; readonly error: ShownError } | null>(null);

  #scanNumber = 0;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    engine.onEvent((event) => {
      if (event.kind !== "scanning-pixels" || event.datasetId !== this.going?.datasetId) return;
      this.going = { ...this.going, done: event.done, total: event.total };
    });
  }

  /** A later one makes an earlier one's answer void, and ends it. */
  async scan(datasetId: number): Promise<void> {
    const number = ++this.#scanNumber;
    const isInsteadOfOther = this.going !== null;
    this.going = { datasetId, done: 0, total: null };
    this.failure = null;
    try {
      if (isInsteadOfOther) await this.#api.data.stopScanningPixels.mutate();
      if (number !== this.#scanNumber) return;
      const found = await this.#api.data.scanPixels.mutate({ datasetId });
      if (number === this.#scanNumber) this.found = found;
    } catch (thrown) {
      if (number === this.#scanNumber) this.failure = { datasetId, error: shownError(thrown) };
    } finally {
      if (number === this.#scanNumber) this.going = null;
    }
  }

  /** Takes up what was found before this page was opened. Nothing where there is none, or something newer is there or comes. */
  async recall(datasetId: number): Promise<void> {
    const number = this.#scanNumber;
    if (this.going !== null || this.found?.datasetId === datasetId) return;
    // Without an answer it can still be scanned.
    const found = await this.#api.data.pixelScan.query({ datasetId }).catch(() => null);
    if (found !== null && number === this.#scanNumber) this.found = found;
  }

  stop(): void {
    this.#scanNumber++;
    this.going = null;
    // Where the engine cannot be asked, the connection is gone, and what it scanned for this page with it.
    this.#api.data.stopScanningPixels.mutate().catch(() => {});
  }
}

export const [pixelScansState, providePixelScans] = createContext<PixelScansState>();
