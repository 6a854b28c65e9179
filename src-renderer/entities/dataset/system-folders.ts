/** Folders and files of pictures by way of the desktop: its dialog, and its menu of those opened before. */
import { createContext } from "svelte";
import type { DesktopBridge, PicturesAt } from "../../../src-main/contract/desktop.ts";
import type { RouterState } from "../../lib/router.svelte.ts";
import type { DatasetsState } from "./datasets.svelte.ts";

export class SystemFolders {
  readonly #desktop: DesktopBridge | null;
  readonly #router: Pick<RouterState, "go">;
  readonly #datasets: DatasetsState;

  /** @param desktop null in a browser */
  constructor(desktop: DesktopBridge | null, router: Pick<RouterState, "go">, datasets: DatasetsState) {
    this.#desktop = desktop;
    this.#router = router;
    this.#datasets = datasets;
  }

  /** Whether there is a dialog of the system. */
  get hasDialog(): boolean {
    return this.#desktop !== null;
  }

  /** Shows the Train page with this folder or file being read. */
  open(path: string): void {
    this.#router.go({ page: "train" });
    void this.#datasets.inspect({ kind: "folder", path });
  }

  /** Opens the system's dialog and then what was chosen there; false in a browser, which has none. */
  choose(what: PicturesAt): boolean {
    if (this.#desktop === null) return false;
    const { source } = this.#datasets.chosen ?? {};
    void this.#desktop
      .call({ kind: "choose-pictures", what, start: source?.kind === "folder" ? source.path : null })
      .then((path) => path !== null && this.open(path));
    return true;
  }

  /** Opens the system's dialog, for a folder that is not to be looked at; null in a browser, which has none. */
  ask(start: string | null): Promise<string | null> | null {
    return this.#desktop?.call({ kind: "choose-pictures", what: "folder", start }) ?? null;
  }

  /** For the menu. */
  noteRecent(): void {
    const sources = (this.#datasets.recent ?? []).map(({ source }) => source);
    const paths = sources.flatMap((source) => (source.kind === "folder" ? [source.path] : [])).slice(0, 50);
    void this.#desktop?.call({ kind: "recent-folders", paths });
  }
}

export const [systemFolders, provideSystemFolders] = createContext<SystemFolders>();
