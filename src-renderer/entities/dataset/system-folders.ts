/** Folders by way of the desktop: its dialog, and its menu of those opened before. */
import { desktop } from "../../lib/desktop/bridge.ts";
import { router } from "../../lib/router.svelte.ts";
import { datasets } from "./datasets.svelte.ts";

/** Shows the Train page with this folder being read. */
export function openFolder(path: string): void {
  router.go({ page: "train" });
  void datasets.inspect({ kind: "folder", path });
}

/** Opens the system's dialog and then what was chosen there; false in a browser, which has none. */
export function chooseFolder(): boolean {
  if (desktop === null) return false;
  const { source } = datasets.chosen ?? {};
  void desktop
    .call({ kind: "choose-folder", start: source?.kind === "folder" ? source.path : null })
    .then((path) => path !== null && openFolder(path));
  return true;
}

/** For the menu. */
export function noteRecentFolders(): void {
  const sources = (datasets.recent ?? []).map(({ source }) => source);
  const paths = sources.flatMap((source) => (source.kind === "folder" ? [source.path] : [])).slice(0, 50);
  void desktop?.call({ kind: "recent-folders", paths });
}
