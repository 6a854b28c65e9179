/** Folders for choosing one, or a file in one (`browse-folders.ts`), read in a process of their own. */
import type { BrowsedFiles, FolderListing } from "../../contract/dataset.ts";
import type { SmallRead } from "../readers/small-reads.ts";

export interface FolderBrowser {
  /** Folders in a folder, and files of one kind where they are asked for. Throws what `browseFolders` does. */
  browse(path: string | null, files?: BrowsedFiles, signal?: AbortSignal): Promise<FolderListing>;
}

export function createFolderBrowser(readSmall: SmallRead): FolderBrowser {
  return {
    browse: (path, files, signal) =>
      readSmall<"browse-folder">({ kind: "browse-folder", path, files }, path ?? "~", signal),
  };
}
