import type { SavedThing } from "../../../src-main/contract/desktop.ts";
import { fileUrl } from "../engine/access.ts";
import { toasts } from "../toasts.svelte.ts";
import { desktop } from "./bridge.ts";
import { desktopTexts } from "./desktop-texts.ts";

/** Asks where to and writes it there; in a browser it is a download like any other. */
export async function saveFromRun(runId: number, what: SavedThing): Promise<void> {
  if (desktop === null) {
    window.location.assign(fileUrl(`/runs/${runId}/${what === "points" ? "points.csv" : `${what}.safetensors`}`));
    return;
  }
  const outcome = await desktop.call({ kind: "save", runId, what });
  if (outcome.kind === "saved") toasts.show(desktopTexts.saved(outcome.path));
  if (outcome.kind === "failed") toasts.show(`${outcome.problem} ${outcome.remedy}`);
}
