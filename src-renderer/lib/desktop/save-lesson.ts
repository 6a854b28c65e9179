import { createContext } from "svelte";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { download } from "./download.ts";
import { tellSaved } from "./tell-saved.ts";

/**
 * Asks where to and writes it there; in a browser it is a download like any other. `name` is the file's, with its ending.
 * @returns whether it was written, or given to the browser
 */
export type SaveLesson = (text: string, name: string) => Promise<boolean>;

/** @param desktop null in a browser */
export function saveLessonBy(desktop: DesktopBridge | null, toasts: ToastsState): SaveLesson {
  return async (text, name) => {
    if (desktop === null) {
      download(new Blob([text], { type: "application/json" }), name);
      return true;
    }
    const outcome = await desktop.call({ kind: "save-lesson", name, text });
    tellSaved(outcome, toasts);
    return outcome.kind === "saved";
  };
}

export const [saveLesson, provideSaveLesson] = createContext<SaveLesson>();
