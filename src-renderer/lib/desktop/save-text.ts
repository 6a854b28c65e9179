import { createContext } from "svelte";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { download } from "./download.ts";
import { tellSaved } from "./tell-saved.ts";

/** Asks where to and writes it there; in a browser it is a download like any other. `name` is the file's, with its ending: html or csv. */
export type SaveText = (text: string, name: string) => Promise<void>;

/** @param desktop null in a browser */
export function saveTextBy(desktop: DesktopBridge | null, toasts: ToastsState): SaveText {
  return async (text, name) => {
    if (desktop === null) {
      download(new Blob([text], { type: name.endsWith(".html") ? "text/html" : "text/csv" }), name);
      return;
    }
    const outcome = await desktop.call({ kind: "save-text", name, text });
    tellSaved(outcome, toasts);
  };
}

export const [saveText, provideSaveText] = createContext<SaveText>();
