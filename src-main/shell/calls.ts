/** What the page asks of the desktop: who asks and what is checked first, then done. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from "electron";
import {
  type DesktopEvent,
  type DesktopRequest,
  desktopRequest,
  type SavedThing,
  type SaveOutcome,
} from "../contract/desktop.ts";
import { callChannel } from "../contract/desktop-channels.ts";
import { atomicallyInTime } from "../platform/atomically.ts";
import type { EngineKeeper } from "./engine-keeper.ts";
import { existingFolder } from "./open-request.ts";
import { askEngine, pageOrigin } from "./pages.ts";
import { dialogWords } from "./words.ts";

export interface CallTools {
  readonly engine: EngineKeeper;
  tell(event: DesktopEvent): void;
  pageConnected(): void;
  setRecentFolders(paths: readonly string[]): void;
  setCameraWanted(isWanted: boolean): void;
}

export function answerCalls(tools: CallTools): void {
  ipcMain.handle(callChannel, async (event, raw: unknown) => {
    const window = windowOf(event);
    const request = desktopRequest.safeParse(raw);
    if (window === null || !request.success) throw new Error("The desktop does not answer that.");
    return perform(request.data, window, tools);
  });
}

/** The window whose main frame shows our page; null for every other sender. */
function windowOf({ sender, senderFrame }: IpcMainInvokeEvent): BrowserWindow | null {
  if (!senderFrame || senderFrame !== sender.mainFrame || !senderFrame.url.startsWith(`${pageOrigin}/`)) return null;
  return BrowserWindow.fromWebContents(sender);
}

async function perform(request: DesktopRequest, window: BrowserWindow, tools: CallTools): Promise<unknown> {
  switch (request.kind) {
    case "engine":
      return tools.engine.link;
    case "restart-engine":
      tools.engine.start();
      return null;
    case "page-connected":
      tools.pageConnected();
      return null;
    case "choose-folder":
      return chooseFolder(window, request.start);
    case "camera":
      tools.setCameraWanted(request.isWanted);
      return null;
    case "dropped":
      openDropped(request.paths, tools);
      return null;
    case "recent-folders":
      tools.setRecentFolders(request.paths.filter((path) => existingFolder(path) !== null));
      return null;
    case "save":
      return save(window, request, tools.engine);
  }
}

async function chooseFolder(window: BrowserWindow, start: string | null): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: dialogWords.chooseFolder,
    buttonLabel: dialogWords.choose,
    defaultPath: start === null ? undefined : (existingFolder(start) ?? undefined),
    properties: ["openDirectory"],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The first folder among them; a lone file is worth a word. */
function openDropped(paths: readonly string[], { tell }: CallTools): void {
  const folder = paths.find((path) => existingFolder(path) !== null);
  if (folder !== undefined) tell({ kind: "open-folder", path: folder });
  else tell({ kind: "say", text: dialogWords.notAFolder(paths[0] ?? "") });
}

const saved = {
  points: { file: "points.csv", extension: "csv" },
  "best-weights": { file: "best-weights.safetensors", extension: "safetensors" },
  "last-weights": { file: "last-weights.safetensors", extension: "safetensors" },
} as const;

function typeOf(what: SavedThing): "points" | "weights" {
  return what === "points" ? "points" : "weights";
}

/** Streams the file from the engine to where the person says. */
async function save(
  window: BrowserWindow,
  { runId, what }: { readonly runId: number; readonly what: SavedThing },
  engine: EngineKeeper,
): Promise<SaveOutcome> {
  const { file, extension } = saved[what];
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: dialogWords.save[typeOf(what)],
    defaultPath: join(app.getPath("documents"), `strata-run-${runId}-${file}`),
    filters: [{ name: dialogWords.fileTypes[typeOf(what)], extensions: [extension] }],
  });
  if (canceled || !filePath) return { kind: "cancelled" };
  const response = await askEngine(`/runs/${runId}/${file}`, engine).catch(() => null);
  if (response === null || response.statusCode !== 200) {
    response?.resume();
    return { kind: "failed", ...dialogWords.noAnswer };
  }
  try {
    await atomicallyInTime(filePath, (beside) => pipeline(response, createWriteStream(beside)));
    return { kind: "saved", path: filePath };
  } catch {
    return { kind: "failed", ...dialogWords.notSaved(filePath) };
  }
}
