/** The one window: hardened, in its old place, and deaf to every wish to lead elsewhere. */
import { BrowserWindow, nativeTheme, type Session, screen } from "electron";
import { pageOrigin } from "./pages.ts";
import { placeOnDisplays, smallestWindow, type WindowState } from "./window-state.ts";

export interface WindowOptions {
  readonly session: Session;
  readonly state: WindowState | null;
  readonly preloadScript: string;
  /** A PNG; elsewhere than on Linux the program itself carries it. */
  readonly icon: string;
  readonly hasTools: boolean;
}

export function openWindow({ session, state, preloadScript, icon, hasTools }: WindowOptions): BrowserWindow {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  const workAreas = [main, ...others].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...placeOnDisplays(state?.bounds ?? null, workAreas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: "Strata",
    icon: process.platform === "linux" ? icon : undefined,
    // The pages' own paper, so that nothing flashes before they are there.
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#141517" : "#f6f3ee",
    webPreferences: {
      session,
      preload: preloadScript,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: hasTools,
    },
  });
  if (state?.isMaximized) window.maximize();
  keepAtHome(window);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

/** The page stays the page: no other address, no frame, no window, no connection around the session's proxy rules. */
function keepAtHome({ webContents }: BrowserWindow): void {
  const refuseElsewhere = (event: { preventDefault(): void }, url: string): void => {
    if (url.split("#")[0] !== `${pageOrigin}/`) event.preventDefault();
  };
  webContents.on("will-navigate", refuseElsewhere);
  webContents.on("will-redirect", refuseElsewhere);
  webContents.on("will-attach-webview", (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  webContents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}
