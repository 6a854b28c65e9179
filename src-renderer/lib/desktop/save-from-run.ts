import { createContext } from "svelte";
import type { DesktopBridge, SavedThing } from "../../../src-main/contract/desktop.ts";
import { fileUrl } from "../engine/access.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { tellSaved } from "./tell-saved.ts";

const files: Readonly<Record<SavedThing, string>> = {
  points: "points.csv",
  "best-weights": "best-weights.safetensors",
  "last-weights": "last-weights.safetensors",
  bundle: "bundle.zip",
};

/** Asks where to and writes it there; in a browser it is a download like any other. */
export type SaveFromRun = (runId: number, what: SavedThing) => Promise<void>;

/** @param desktop null in a browser */
export function saveFromRunBy(desktop: DesktopBridge | null, toasts: ToastsState): SaveFromRun {
  return async (runId, what) => {
    if (desktop === null) {
      window.location.assign(fileUrl(`/runs/${runId}/${files[what]}`));
      return;
    }
    const outcome = await desktop.call({ kind: "save", runId, what });
    tellSaved(outcome, toasts);
  };
}

export const [saveFromRun, provideSaveFromRun] = createContext<SaveFromRun>();
