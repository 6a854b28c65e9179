/** What only the desktop window has: where its engine is, the system's dialogs, and what menu and mouse bring from outside. */
import type { DesktopEvent, EngineLink, SavedThing } from "../../src-main/contract/desktop.ts";
import { desktop } from "../api/desktop.ts";
import { desktopTexts } from "../text/desktop.ts";
import { connection } from "./connection.svelte.ts";
import { datasets } from "./datasets.svelte.ts";
import type { PageName, Route } from "./route.ts";
import { router } from "./router.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

class DesktopState {
  /** Null in a browser. */
  link = $state.raw<EngineLink | null>(null);
  #restartsSeen = 0;

  /** Called once, by the app. Returns what ends it. */
  start(): () => void {
    if (desktop === null) return () => {};
    const bridge = desktop;
    const endEvents = bridge.onEvent((event) => this.#receive(event));
    void bridge.call({ kind: "engine" }).then((link) => this.#take(link));
    // Only now: what menu and command line want of the page finds it with the engine at hand.
    const endConnection = connection.onEvent((event) => {
      if (event.kind === "snapshot") void bridge.call({ kind: "page-connected" });
    });
    return () => {
      endEvents();
      endConnection();
    };
  }

  /** Opens the system's dialog and looks at what was chosen there; false in a browser. */
  chooseFolder(): boolean {
    if (desktop === null) return false;
    const { source } = datasets.chosen ?? {};
    void desktop
      .call({ kind: "choose-folder", start: source?.kind === "folder" ? source.path : null })
      .then((path) => path !== null && this.#open(path));
    return true;
  }

  async restartEngine(): Promise<void> {
    await desktop?.call({ kind: "restart-engine" });
  }

  /** Asks where to and writes it there; in a browser it is a download like any other. */
  async saveFromRun(runId: number, what: SavedThing): Promise<void> {
    if (desktop === null) {
      window.location.assign(`/runs/${runId}/${what === "points" ? "points.csv" : `${what}.safetensors`}`);
      return;
    }
    const outcome = await desktop.call({ kind: "save", runId, what });
    if (outcome.kind === "saved") toasts.show(desktopTexts.saved(outcome.path));
    if (outcome.kind === "failed") toasts.show(`${outcome.problem} ${outcome.remedy}`);
  }

  /** For the menu. */
  noteRecentFolders(): void {
    const sources = (datasets.recent ?? []).map(({ source }) => source);
    const paths = sources.flatMap((source) => (source.kind === "folder" ? [source.path] : [])).slice(0, 50);
    void desktop?.call({ kind: "recent-folders", paths });
  }

  #receive(event: DesktopEvent): void {
    switch (event.kind) {
      case "engine":
        this.#take(event.link);
        break;
      case "go":
        router.go(routeTo(event.page));
        break;
      case "open-folder":
        this.#open(event.path);
        break;
      case "choose-folder":
        this.chooseFolder();
        break;
      case "say":
        toasts.show(event.text);
    }
  }

  #take(link: EngineLink): void {
    this.link = link;
    if (link.state !== "listening" || link.restarts === this.#restartsSeen) return;
    this.#restartsSeen = link.restarts;
    toasts.show(desktopTexts.restarted);
  }

  #open(path: string): void {
    router.go({ page: "train" });
    void datasets.inspect({ kind: "folder", path });
  }
}

function routeTo(page: PageName): Route {
  if (page === "runs") return { page, runId: null };
  return page === "compare" ? { page, runIds: [] } : { page };
}

export const desktopWindow = new DesktopState();
