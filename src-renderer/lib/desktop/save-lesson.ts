import { createContext } from "svelte";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { desktopTexts } from "./desktop-texts.ts";
import { download } from "./download.ts";

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
    if (outcome.kind === "saved") toasts.show(desktopTexts.saved(outcome.path));
    if (outcome.kind === "failed") toasts.show(`${outcome.problem} ${outcome.remedy}`);
    return outcome.kind === "saved";
  };
}

export const [saveLesson, provideSaveLesson] = createContext<SaveLesson>();
