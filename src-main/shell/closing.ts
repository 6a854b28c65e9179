/** Closing the window while something trains: what the person wants to become of it. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from "electron";
import type { TrainingGlance } from "../contract/engine-process.ts";
import { dialogWords } from "./words.ts";

export type Closing = "background" | "pause" | "stop" | "cancel";

/** @param window that the question stands before; null where there is none */
export async function askClosing(window: BrowserWindow | null, training: TrainingGlance): Promise<Closing> {
  const { message, detail, background, pause, stop, cancel } = dialogWords.closing;
  const choices = ["background", "pause", "stop", "cancel"] as const satisfies readonly Closing[];
  const question: MessageBoxOptions = {
    type: "question",
    title: "Strata",
    message,
    detail: detail(training.title, training.waiting),
    buttons: [background, pause, stop, cancel],
    defaultId: 0,
    cancelId: 3,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question));
  return choices[response] ?? "cancel";
}
