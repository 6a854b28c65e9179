/** The window, the engine and the menu, and what each has to know of the others. */
import { join } from "node:path";
import { app, type BrowserWindow, Menu, nativeTheme, type Session, shell } from "electron";
import type { DesktopEvent } from "../contract/desktop.ts";
import { eventChannel } from "../contract/desktop-channels.ts";
import type { EngineToShell } from "../contract/engine-process.ts";
import { askOpening } from "./ask-opening.ts";
import { answerCalls } from "./calls.ts";
import { askClosing } from "./closing.ts";
import { createEngineKeeper } from "./engine-keeper.ts";
import { enginePlace } from "./engine-place.ts";
import { menuTemplate } from "./menu.ts";
import type { OpenRequest } from "./open-request.ts";
import { pageOrigin, servePages } from "./pages.ts";
import type { SelfTestWatch } from "./self-test.ts";
import { guardedSession } from "./session-guard.ts";
import { createTrainingWatch } from "./training-watch.ts";
import { openWindow } from "./window.ts";
import { readWindowState, type WindowState, writeWindowState } from "./window-state.ts";

export interface Application {
  /** Once Electron is ready. */
  begin(): void;
  /** Brings the window to the front; opens it where there is none. */
  show(): void;
  /** In the window, as soon as its page is there. */
  say(text: string): void;
  /** At once, or as soon as the page is there; a folder that a link names, once the person has agreed. After `begin`. */
  open(request: OpenRequest): void;
  /** Ends it all; asks first where something trains. */
  leave(): Promise<void>;
  leaveAtOnce(): Promise<void>;
}

/** @param home null where there is none: then nothing is recorded, which the engine says */
export function createApplication(home: string | null, selfTest: SelfTestWatch | null): Application {
  const statePath = join(home ?? app.getPath("userData"), "window.json");
  const built = (folder: string) => join(app.getAppPath(), "out", "window", folder);
  let session: Session | null = null;
  let window: BrowserWindow | null = null;
  let isPageThere = false;
  let isCameraWanted = false;
  let untold: DesktopEvent[] = [];
  let recentFolders: readonly string[] = [];
  let state: WindowState | null = readWindowState(statePath);
  let isAskingToOpen = false;
  let leaving: "no" | "asking" | "yes" = "no";

  const tell = (event: DesktopEvent): void => {
    if (window !== null && isPageThere) window.webContents.send(eventChannel, event);
    // Where the engine is a page asks itself when it comes.
    else if (event.kind !== "engine") untold.push(event);
  };
  const receive = (message: EngineToShell): void => {
    if (message.kind === "training") {
      watch.now(message.training);
      showMenu();
      if (message.training === null && window === null && leaving === "no") void leaveAtOnce();
    } else if (message.kind === "ended") watch.ended(message.job);
    else if (message.kind === "self-tested") selfTest?.trained(message.outcome);
  };
  const engine = createEngineKeeper(
    { ...enginePlace(home), pageOrigin },
    {
      link(link) {
        // Past the page's own readiness: a page that waits for the engine must hear that it died.
        window?.webContents.send(eventChannel, { kind: "engine", link } satisfies DesktopEvent);
        selfTest?.engine(link, engine);
      },
      message: receive,
    },
  );
  const watch = createTrainingWatch({ window: () => window, show: () => show() });

  const keepState = (of: BrowserWindow | null, theme = state?.theme ?? "system"): void => {
    if (of === null) return;
    state = { bounds: of.getNormalBounds(), isMaximized: of.isMaximized(), theme };
    writeWindowState(statePath, state);
  };
  const showMenu = (): void => {
    const { platform } = process;
    const theme = state?.theme ?? "system";
    const menuState = {
      isTraining: watch.training !== null,
      recentFolders,
      theme,
      platform,
      isPackaged: app.isPackaged,
    };
    const template = menuTemplate(menuState, {
      tell(event) {
        show();
        tell(event);
      },
      pauseTraining: () => engine.send({ kind: "pause-training" }),
      stopTraining: () => engine.send({ kind: "stop-training" }),
      setTheme(wanted) {
        nativeTheme.themeSource = wanted;
        keepState(window, wanted);
      },
      showHome: () => void shell.openPath(home ?? ""),
      showLicences: () =>
        void shell.openPath(app.isPackaged ? join(process.resourcesPath, "licences") : app.getAppPath()),
      quit: () => app.quit(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  const show = (): void => {
    if (session === null || leaving === "yes") return;
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    const opened = openWindow({
      session,
      state,
      preloadScript: join(built("preload"), "preload.cjs"),
      icon: join(app.getAppPath(), "resources", "icons", "icon.png"),
      hasTools: !app.isPackaged,
    });
    window = opened;
    isPageThere = false;
    watch.showIn(opened);
    selfTest?.opened(opened);
    opened.webContents.on("did-navigate", () => {
      isPageThere = false;
      isCameraWanted = false;
    });
    // What trains does not depend on it; a page that came back asks the engine for everything.
    opened.webContents.on("render-process-gone", () => opened.webContents.reload());
    opened.on("close", (event) => {
      event.preventDefault();
      keepState(opened);
      void leave();
    });
    opened.on("closed", () => {
      window = null;
    });
  };
  const leaveAtOnce = async (): Promise<void> => {
    if (leaving === "yes") return;
    leaving = "yes";
    keepState(window);
    window?.destroy();
    await engine.stop();
    app.exit(0);
  };
  const leave = async (): Promise<void> => {
    if (leaving !== "no") return;
    // What waits in the queue waits in the record, for the next start.
    if (watch.training === null) return leaveAtOnce();
    leaving = "asking";
    const wish = await askClosing(window, watch.training);
    leaving = "no";
    if (wish === "cancel") return;
    // What trained may have ended while the question stood.
    if (watch.training !== null) {
      if (wish === "background") {
        window?.destroy();
        return;
      }
      engine.send({ kind: wish === "pause" ? "pause-training" : "stop-training" });
    }
    await leaveAtOnce();
  };

  const openLinked = async (path: string): Promise<void> => {
    // One question at a time: a page can send links by the hundred.
    if (isAskingToOpen) return;
    isAskingToOpen = true;
    const isWanted = await askOpening(window, path).finally(() => {
      isAskingToOpen = false;
    });
    if (isWanted) tell({ kind: "open-pictures", path });
  };

  return {
    begin() {
      session = guardedSession(engine, () => isCameraWanted);
      servePages(session.protocol, built("renderer"), engine);
      nativeTheme.themeSource = state?.theme ?? "system";
      answerCalls({
        engine,
        tell,
        pageConnected() {
          isPageThere = true;
          const events = untold;
          untold = [];
          for (const event of events) tell(event);
          selfTest?.pageConnected();
        },
        setCameraWanted(isWanted) {
          isCameraWanted = isWanted;
        },
        setRecentFolders(paths) {
          recentFolders = paths;
          showMenu();
        },
      });
      showMenu();
      show();
      engine.start();
    },
    show,
    say: (text) => tell({ kind: "say", text }),
    open: ({ path, isFromLink }) => void (isFromLink ? openLinked(path) : tell({ kind: "open-pictures", path })),
    leave,
    leaveAtOnce,
  };
}
