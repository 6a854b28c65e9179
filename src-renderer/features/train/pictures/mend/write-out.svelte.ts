/** The pictures of a version being copied into a folder of their own. Made by the dialog that shows it. */
import type { FolderSource } from "../../../../../src-main/contract/dataset.ts";
import type { WrittenOut } from "../../../../../src-main/contract/dataset-version.ts";
import type { Api } from "../../../../lib/engine/client.ts";
import type { EngineEvents } from "../../../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../../lib/maker-context.ts";

interface Going {
  readonly path: string;
  readonly done: number;
  /** Null until the pictures are counted. */
  readonly total: number | null;
}

export class WriteOutState {
  readonly #api: Api;
  readonly #engine: EngineEvents;
  going = $state.raw<Going | null>(null);
  written = $state.raw<WrittenOut | null>(null);
  error = $state.raw<ShownError | null>(null);
  #newest = 0;

  constructor(api: Api, engine: EngineEvents) {
    this.#api = api;
    this.#engine = engine;
  }

  /** @param folder that is empty, or not there yet */
  async start(source: FolderSource, folder: string): Promise<void> {
    const number = ++this.#newest;
    const { path } = source;
    this.going = { path, done: 0, total: null };
    this.written = null;
    this.error = null;
    const endEvents = this.#engine.onEvent((event) => {
      if (event.kind !== "writing-out" || event.path !== path || number !== this.#newest) return;
      this.going = { path, done: event.done, total: event.total };
    });
    try {
      const written = await this.#api.data.writeOut.mutate({ source, folder });
      if (number === this.#newest) this.written = written;
    } catch (thrown) {
      if (number === this.#newest) this.error = shownError(thrown);
    } finally {
      endEvents();
      if (number === this.#newest) this.going = null;
    }
  }

  /** Nothing is left of what was written so far. */
  stop(): void {
    if (this.going === null) return;
    this.forget();
    // Where the engine cannot be asked, the connection is gone, and what it wrote for this page with it.
    this.#api.data.stopWritingOut.mutate().catch(() => {});
  }

  forget(): void {
    this.#newest++;
    this.going = null;
    this.written = null;
    this.error = null;
  }
}

export const [writeOutState, provideWriteOut] = createMakerContext<WriteOutState>();
