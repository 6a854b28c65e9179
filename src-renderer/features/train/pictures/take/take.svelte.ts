/** Pictures that a person adds to a folder, one after the other, and takes back. Made by the dialog that shows it. */
import { StrataError } from "../../../../../src-main/contract/errors.ts";
import type {
  ClassFolders,
  PictureOrigin,
  PicturePart,
  TakenPicture,
} from "../../../../../src-main/contract/taken-picture.ts";
import type { Api } from "../../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../../lib/engine/errors.ts";
import { sendInParts } from "../../../../lib/engine/send-in-parts.ts";
import { createMakerContext } from "../../../../lib/maker-context.ts";
import { takeTexts } from "./take-texts.ts";

/** A picture that was written, and its own bytes to show. */
export interface Taken {
  readonly picture: TakenPicture;
  readonly blob: Blob;
}

type Place = Pick<PicturePart, "folder" | "className">;

export class TakeState {
  readonly #api: Api;
  /** Null until a folder was chosen. */
  found = $state.raw<ClassFolders | null>(null);
  /** Of those that the folder holds in place of classes; empty where it holds classes. */
  split = $state("");
  className = $state("");
  /** The first first. */
  taken = $state.raw<readonly Taken[]>([]);
  /** On their way. */
  waiting = $state(0);
  error = $state.raw<ShownError | null>(null);
  /** Names of classes of the split that is chosen. */
  classes = $state.raw<readonly string[]>([]);
  #series = "";
  #sent = 0;
  #newest = 0;
  #line: Promise<void> = Promise.resolve();

  readonly place = $derived(this.#placeNow());

  constructor(api: Api) {
    this.#api = api;
  }

  /** @param folder to begin with; null where the person chooses @param at when */
  async begin(folder: string | null, at: Date): Promise<void> {
    this.#series = seriesOf(at);
    this.#sent = 0;
    this.taken = [];
    this.error = null;
    this.className = "";
    // One that cannot be used is no fault of the person's, who chose none yet.
    if (folder !== null && !(await this.useFolder(folder))) this.error = null;
  }

  /** @returns whether it can be used; `error` says why not */
  async useFolder(folder: string): Promise<boolean> {
    const number = ++this.#newest;
    try {
      const found = await this.#api.data.classFolders.query({ folder });
      if (number !== this.#newest) return false;
      this.error = null;
      this.found = found;
      this.classes = found.classes;
      await this.useSplit(found.splits[0] ?? "");
      return true;
    } catch (thrown) {
      if (number === this.#newest) this.error = shownError(thrown);
      return false;
    }
  }

  /** @param split empty for a folder without any */
  async useSplit(split: string): Promise<void> {
    this.split = split;
    const { found } = this;
    if (found === null || split === "") return;
    const number = ++this.#newest;
    const inside = await this.#api.data.classFolders.query({ folder: `${found.path}/${split}` }).catch(() => null);
    if (number === this.#newest && inside) this.classes = inside.classes;
  }

  /** In order; those behind one that fails are still tried. */
  add(pictures: readonly Blob[], origin: PictureOrigin): Promise<void> {
    const { place } = this;
    if (pictures.length === 0) return this.#line;
    if (place === null) {
      this.error = takeTexts.notReady;
      return this.#line;
    }
    this.error = null;
    this.waiting += pictures.length;
    for (const blob of pictures) this.#line = this.#line.then(() => this.#send(blob, origin, place));
    return this.#line;
  }

  /** Deletes the file of the last one, after what is on its way. Told once it is done; one that cannot be undone is named and stands in the way no longer. */
  undo(): Promise<void> {
    this.#line = this.#line.then(() => this.#undoLast());
    return this.#line;
  }

  async #undoLast(): Promise<void> {
    const last = this.taken.at(-1);
    if (last === undefined) return;
    try {
      await this.#api.data.undoPicture.mutate({ id: last.picture.id });
    } catch (thrown) {
      this.error = shownError(thrown);
    } finally {
      this.taken = this.taken.slice(0, -1);
    }
  }

  #placeNow(): Place | null {
    const className = this.className.trim();
    if (this.found === null || className === "") return null;
    return { folder: this.split === "" ? this.found.path : `${this.found.path}/${this.split}`, className };
  }

  async #send(blob: Blob, origin: PictureOrigin, place: Place): Promise<void> {
    try {
      const asked = { origin, series: this.#series, number: ++this.#sent, ...place };
      const picture = await sendInParts(blob, (part) => this.#api.data.addPicture.mutate({ ...asked, ...part }));
      if (picture === null) return;
      this.taken = [...this.taken, { picture, blob }];
      if (!this.classes.includes(picture.className)) this.classes = [...this.classes, picture.className];
    } catch (thrown) {
      this.error = thrown instanceof StrataError ? thrown.toJSON() : shownError(thrown);
    } finally {
      this.waiting--;
    }
  }
}

/** In the person's own time, as file names sort: `2026-11-26-103000`. */
function seriesOf(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}

export const [takeState, provideTake] = createMakerContext<TakeState>();
