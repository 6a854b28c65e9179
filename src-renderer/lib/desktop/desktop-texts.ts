/** Words that only the desktop window needs, and the About page. */
import type { EngineLink } from "../../../src-main/contract/desktop.ts";

export const desktopTexts = {
  restarted:
    "The engine had ended and was started again. What trained then was interrupted; it can go on from its last saved state.",
  saved: (path: string) => `Saved: ${path}`,
  restart: "Start the engine again",
  dropHere: "Drop a folder of pictures, an archive or a list to open it",
  notFromBrowser: "A browser does not say where a dropped file lies. Open it by its path: Other pictures, A folder.",
} as const;

/** What stands above every page of the desktop window while its engine is not there; null while it is, or begins. */
export function engineLinkFailure(
  link: EngineLink | null,
): { readonly problem: string; readonly remedy: string } | null {
  if (link?.state === "restarting")
    return {
      problem: `The engine ended on its own: ${link.reason}.`,
      remedy: "It is being started again. Every recorded point is kept.",
    };
  return link?.state === "failed" ? { problem: link.problem, remedy: link.remedy } : null;
}

export const aboutTexts = {
  over: "Strata",
  title: "About",
  version: (version: string | null) => (version === null ? "Version not known yet" : `Version ${version}`),
  what: "A desktop bench for deep architectures: train them on your own pictures, compare them fairly, keep every run.",
  offlineTitle: "Nothing leaves this machine",
  offline:
    "Strata works without a network, for good: it fetches nothing, reports nothing and looks for no update. A new version is a file that you bring.",
  offlineDesktop:
    "The window enforces it: its session lets no request through but to the engine's own port on this machine, no name resolves, pages have no permissions but the camera while you take pictures and the full screen when you ask for it, and a test in every build tries to reach out and must fail.",
  offlineBrowser:
    "This page may only speak to the engine that served it; its content security policy names nothing else. The engine itself opens no connection.",
  recordTitle: "Where things are",
  record: "The record of runs, weights and decoded pictures lie in one folder of yours. Pictures stay where they are.",
  recordDesktop: "Help, Show the folder of records opens it.",
  welcome: "Each folder, what was found on this machine, and a first training",
  licence:
    "Strata is free software under the MIT licence. The licences of all that comes with it lie beside the program: Help, Licences.",
} as const;
