/** Where Chromium keeps what it keeps: in the home, or, where nothing can be written there, in a folder for this once, so that there is a window to say so. */
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../platform/make-folder.ts";
import { homeFolder } from "../platform/paths.ts";
import { privateFolderMode } from "../platform/private.ts";

/** Null where this user has none, which the engine says. */
export function knownHome(): string | null {
  try {
    return homeFolder();
  } catch {
    return null;
  }
}

export function windowFolder(home: string | null): string {
  return (home && usable(join(home, "window"))) ?? forThisOnce();
}

function usable(folder: string): string | null {
  try {
    makeFolder(folder, privateFolderMode);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return null;
  }
}

function forThisOnce(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-window-"));
  process.once("exit", () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // On Windows what Chromium still has open stays, where the system keeps what is temporary.
    }
  });
  return folder;
}
