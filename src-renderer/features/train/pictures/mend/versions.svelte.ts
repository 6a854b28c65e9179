/** The versions of a folder's pictures, and how two of them differ. Made by the component that shows it. */
import type { FolderSource } from "../../../../../src-main/contract/dataset.ts";
import type { DatasetVersionView, VersionDifferences } from "../../../../../src-main/contract/dataset-version.ts";
import type { Api } from "../../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../../lib/maker-context.ts";

export class VersionsState {
  readonly #api: Api;
  /** The first first; empty until the engine has answered. */
  list = $state.raw<readonly DatasetVersionView[]>([]);
  /** Of the version that was asked for last, against another. */
  differences = $state.raw<{ readonly of: DatasetVersionView; readonly found: VersionDifferences | null } | null>(null);
  error = $state.raw<ShownError | null>(null);
  #newest = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(path: string): Promise<void> {
    const number = ++this.#newest;
    try {
      const list = await this.#api.data.versions.query({ path });
      if (number === this.#newest) this.list = list;
    } catch (thrown) {
      if (number === this.#newest) this.error = shownError(thrown);
    }
  }

  async compare(before: FolderSource, of: DatasetVersionView): Promise<void> {
    this.differences = { of, found: null };
    this.error = null;
    try {
      const found = await this.#api.data.compareVersions.query({ before, after: of.source });
      if (this.differences?.of === of) this.differences = { of, found };
    } catch (thrown) {
      if (this.differences?.of === of) this.differences = null;
      this.error = shownError(thrown);
    }
  }
}

export const [versionsState, provideVersions] = createMakerContext<VersionsState>();
