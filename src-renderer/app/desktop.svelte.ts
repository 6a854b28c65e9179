/** What only the desktop window has: where its engine is, and what menu and mouse bring from outside. */
import type { DesktopEvent, EngineLink } from "../../src-main/contract/desktop.ts";
import { chooseFolder, openFolder } from "../entities/dataset/system-folders.ts";
import { desktop } from "../lib/desktop/bridge.ts";
import { desktopTexts } from "../lib/desktop/desktop-texts.ts";
import { connection } from "../lib/engine/connection.svelte.ts";
import type { PageName, Route } from "../lib/route.ts";
import { router } from "../lib/router.svelte.ts";
import { toasts } from "../lib/toasts.svelte.ts";

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

  async restartEngine(): Promise<void> {
    await desktop?.call({ kind: "restart-engine" });
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
        openFolder(event.path);
        break;
      case "choose-folder":
        chooseFolder();
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
}

function routeTo(page: PageName): Route {
  if (page === "runs") return { page, runId: null };
  return page === "compare" ? { page, runIds: [] } : { page };
}

export const desktopWindow = new DesktopState();
