import type { SaveOutcome } from "../../../src-main/contract/desktop.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { desktopTexts } from "./desktop-texts.ts";

/** Says where the window wrote a file, or why not; nothing where the person gave it up. */
export function tellSaved(outcome: SaveOutcome, toasts: ToastsState): void {
  if (outcome.kind === "saved") toasts.show(desktopTexts.saved(outcome.path));
  if (outcome.kind === "failed") toasts.show(`${outcome.problem} ${outcome.remedy}`);
}
