/** What only the desktop window has: where its engine is, and what menu and mouse bring from outside. */
import { createContext } from "svelte";
import type { DesktopBridge, DesktopEvent, EngineLink } from "../../src-main/contract/desktop.ts";
import type { SystemFolders } from "../entities/dataset/system-folders.ts";
import { desktopTexts } from "../lib/desktop/desktop-texts.ts";
import type { EngineEvents } from "../lib/engine/connection.svelte.ts";
import type { PageName, Route } from "../lib/route.ts";
import type { RouterState } from "../lib/router.svelte.ts";
import type { ToastsState } from "../lib/toasts.svelte.ts";

/** What menu and mouse reach. */
export interface DesktopParts {
  readonly engine: EngineEvents;
  readonly router: RouterState;
  readonly toasts: ToastsState;
  readonly folders: SystemFolders;
}

export class DesktopState {
  readonly #bridge: DesktopBridge | null;
  readonly #parts: DesktopParts;
  /** Null in a browser. */
  link = $state.raw<EngineLink | null>(null);
  #restartsSeen = 0;

  /** @param bridge null in a browser */
  constructor(bridge: DesktopBridge | null, parts: DesktopParts) {
    this.#bridge = bridge;
    this.#parts = parts;
  }

  /** Called once, by the app. Returns what ends it. */
  start(): () => void {
    const bridge = this.#bridge;
    if (bridge === null) return () => {};
    const endEvents = bridge.onEvent((event) => this.#receive(event));
    void bridge.call({ kind: "engine" }).then((link) => this.#take(link));
    // Only now: what menu and command line want of the page finds it with the engine at hand.
    const endConnection = this.#parts.engine.onEvent((event) => {
      if (event.kind === "snapshot") void bridge.call({ kind: "page-connected" });
    });
    return () => {
      endEvents();
      endConnection();
    };
  }

  async restartEngine(): Promise<void> {
    await this.#bridge?.call({ kind: "restart-engine" });
  }

  #receive(event: DesktopEvent): void {
    switch (event.kind) {
      case "engine":
        this.#take(event.link);
        break;
      case "go":
        this.#parts.router.go(routeTo(event.page));
        break;
      case "open-pictures":
        this.#parts.folders.open(event.path);
        break;
      case "choose-pictures":
        this.#parts.folders.choose(event.what);
        break;
      case "say":
        this.#parts.toasts.show(event.text);
    }
  }

  #take(link: EngineLink): void {
    this.link = link;
    if (link.state !== "listening" || link.restarts === this.#restartsSeen) return;
    this.#restartsSeen = link.restarts;
    this.#parts.toasts.show(desktopTexts.restarted);
  }
}

function routeTo(page: Exclude<PageName, "experiment" | "network-pair" | "glossary" | "present">): Route {
  if (page === "runs") return { page, runId: null };
  if (page === "networks") return { page, network: null };
  if (page === "classes") return { page, runIds: [], cell: null };
  if (page === "lessons") return { page, lesson: null };
  return page === "compare" || page === "predict" || page === "calibration" ? { page, runIds: [] } : { page };
}

export const [desktopState, provideDesktop] = createContext<DesktopState>();
