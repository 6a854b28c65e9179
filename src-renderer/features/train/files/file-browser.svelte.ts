/** Folders and files of this machine to choose from; the list goes along with what is typed. Made by the component that shows it. */
import type { BrowsedFiles, FolderListing } from "../../../../src-main/contract/dataset.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../lib/maker-context.ts";

const restMillis = 200;

export class FileBrowserState {
  readonly #api: Api;
  /** What stands in the field. */
  path = $state("");
  /** Null until a folder was read. */
  listing = $state.raw<FolderListing | null>(null);
  error = $state.raw<ShownError | null>(null);
  /** The first folder was read, or could not be: until then its path would come between what is typed. */
  hasBegun = $state(false);
  #typing: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** With the folder to begin at; null is home. */
  async begin(at: string | null, files: BrowsedFiles | undefined): Promise<void> {
    await this.browse(at, files);
    this.hasBegun = true;
  }

  /** To the folder of the name that is being typed, or to the one above while the name is not whole. */
  follow(text: string, files: BrowsedFiles | undefined): void {
    this.path = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#goAlong(text.trim(), files), restMillis);
  }

  /** Null is home. */
  async browse(to: string | null, files: BrowsedFiles | undefined): Promise<void> {
    clearTimeout(this.#typing);
    const number = ++this.#newest;
    const stood = this.path;
    try {
      const found = await this.#api.data.browse.query({ path: to, files });
      if (number !== this.#newest) return;
      this.listing = found;
      // What was typed meanwhile stays.
      if (this.path === stood) this.path = found.path;
      this.error = null;
    } catch (thrown) {
      if (number === this.#newest) this.error = shownError(thrown);
      // A folder that is gone is no place to begin: home is.
      if (this.listing === null && to !== null) await this.browse(null, files);
    }
  }

  /** What was typed last is not followed any more. */
  end(): void {
    clearTimeout(this.#typing);
  }

  async #goAlong(typed: string, files: BrowsedFiles | undefined): Promise<void> {
    const number = ++this.#newest;
    const above = typed.slice(0, Math.max(typed.lastIndexOf("/"), typed.lastIndexOf("\\")) + 1);
    for (const to of new Set([typed, above])) {
      if (to === "") continue;
      // Half a name is no fault: what is wrong with it is said when it is opened.
      const found = await this.#api.data.browse.query({ path: to, files }).catch(() => null);
      if (number !== this.#newest) return;
      if (found === null) continue;
      this.listing = found;
      this.error = null;
      return;
    }
  }
}

export const [fileBrowserState, provideFileBrowser] = createMakerContext<FileBrowserState>();
