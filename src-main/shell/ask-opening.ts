/** A link that wants a folder opened: whether the person does. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from "electron";
import { dialogWords } from "./words.ts";

/** @param window that the question stands before; null where there is none */
export async function askOpening(window: BrowserWindow | null, folder: string): Promise<boolean> {
  const { message, detail, cancel, open } = dialogWords.opening;
  const question: MessageBoxOptions = {
    type: "question",
    title: "Strata",
    message,
    detail: detail(folder),
    buttons: [cancel, open],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question));
  return response === 1;
}
