/** The answers of some runs class by class, and the pictures of the cell that is open. Made by the component that shows them. */

import type { Mistake } from "../../../src-main/contract/comparison.ts";
import type { PerClassView } from "../../../src-main/contract/per-class.ts";
import type { Cell } from "../../entities/run/confusion.ts";
import type { Api } from "../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";

/** Asked for at once. */
const picturesAtOnce = 60;

export interface OpenedCell {
  readonly cell: Cell;
  readonly runIds: readonly number[];
  readonly count: number;
  readonly pictures: readonly Mistake[];
}

export class PerClassState {
  readonly #api: Api;
  view = $state.raw<PerClassView | null>(null);
  error = $state.raw<ShownError | null>(null);
  opened = $state.raw<OpenedCell | null>(null);
  #asked = 0;
  #cellsAsked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks for these runs; an older answer that comes later is dropped. */
  async load(runIds: readonly number[]): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    this.close();
    try {
      const view = await this.#api.runs.perClass.query({ runIds: [...runIds] });
      if (asked === this.#asked) this.view = view;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.view = null;
      this.error = shownError(thrown);
    }
  }

  /** Opens a cell: the pictures that one of these runs put there. */
  async open(runIds: readonly number[], cell: Cell): Promise<void> {
    await this.#more({ cell, runIds, count: 0, pictures: [] });
  }

  async showMore(): Promise<void> {
    if (this.opened) await this.#more(this.opened);
  }

  close(): void {
    this.#cellsAsked++;
    this.opened = null;
  }

  async #more(before: OpenedCell): Promise<void> {
    const asked = ++this.#cellsAsked;
    const { cell, runIds } = before;
    try {
      const { count, pictures } = await this.#api.runs.cellPictures.query({
        ...{ runIds: [...runIds], truth: cell.truth, said: cell.said },
        ...{ offset: before.pictures.length, most: picturesAtOnce },
      });
      if (asked === this.#cellsAsked)
        this.opened = { cell, runIds, count, pictures: [...before.pictures, ...pictures] };
    } catch (thrown) {
      if (asked === this.#cellsAsked) this.error = shownError(thrown);
    }
  }
}

export const [perClassState, providePerClass] = createMakerContext<PerClassState>();
