/** What the page asks of the desktop: who asks and what is checked first, then done. */
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from "electron";
import {
  type DesktopEvent,
  type DesktopRequest,
  desktopRequest,
  type PicturesAt,
  type SavedThing,
  type SaveOutcome,
} from "../contract/desktop.ts";
import { callChannel } from "../contract/desktop-channels.ts";
import { atomicallyInTime } from "../platform/atomically.ts";
import type { EngineKeeper } from "./engine-keeper.ts";
import { existingPictures } from "./open-request.ts";
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
    case "choose-pictures":
      return choosePictures(window, request.what, request.start);
    case "camera":
      tools.setCameraWanted(request.isWanted);
      return null;
    case "dropped":
      openDropped(request.paths, tools);
      return null;
    case "recent-folders":
      tools.setRecentFolders(request.paths.filter((path) => existingPictures(path) !== null));
      return null;
    case "save":
      return save(window, request, tools.engine);
    case "save-drawing":
      return saveFile(window, drawingFile(request.name, request.format), request.bytes);
    case "save-lesson":
      return saveFile(window, lessonToSave(request.name), request.text);
    case "save-text":
      return saveFile(window, textToSave(request.name), request.text);
  }
}

/** Names of archives and files of records; what has none, as MNIST's files, is among all files. */
const pictureFileEndings = ["zip", "tar", "tgz", "gz", "parquet", "csv", "tsv", "bin"];

async function choosePictures(window: BrowserWindow, what: PicturesAt, start: string | null): Promise<string | null> {
  const { fileTypes, choose, chooseFile, chooseFolder } = dialogWords;
  const filters = [
    { name: fileTypes.pictures, extensions: pictureFileEndings },
    { name: fileTypes.all, extensions: ["*"] },
  ];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: what === "folder" ? chooseFolder : chooseFile,
    buttonLabel: choose,
    defaultPath: start === null ? undefined : (existingPictures(start) ?? undefined),
    properties: [what === "folder" ? "openDirectory" : "openFile"],
    ...(what === "file" && { filters }),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The first that holds pictures among them; one that does not is worth a word. */
function openDropped(paths: readonly string[], { tell }: CallTools): void {
  const path = paths.find((each) => existingPictures(each) !== null);
  if (path !== undefined) tell({ kind: "open-pictures", path });
  else tell({ kind: "say", text: dialogWords.notOpened(paths[0] ?? "") });
}

const saved = {
  points: { file: "points.csv", extension: "csv" },
  "best-weights": { file: "best-weights.safetensors", extension: "safetensors" },
  "last-weights": { file: "last-weights.safetensors", extension: "safetensors" },
  bundle: { file: "bundle.zip", extension: "zip" },
} as const;

function typeOf(what: SavedThing): "points" | "weights" | "bundle" {
  return what === "points" || what === "bundle" ? what : "weights";
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

/** @param name without an ending */
function drawingFile(name: string, format: "svg" | "png"): FileToSave {
  const type = { name: dialogWords.fileTypes[format], extensions: [format] };
  return { title: dialogWords.save.drawing, name: `${name}.${format}`, type };
}

function lessonToSave(name: string): FileToSave {
  const type = { name: dialogWords.fileTypes.lesson, extensions: ["json"] };
  return { title: dialogWords.save.lesson, name, type };
}

function textToSave(name: string): FileToSave {
  const [kind, extension] = name.endsWith(".html") ? (["report", "html"] as const) : (["points", "csv"] as const);
  return { title: dialogWords.save[kind], name, type: { name: dialogWords.fileTypes[kind], extensions: [extension] } };
}

interface FileToSave {
  readonly title: string;
  /** As it is proposed, with its ending. */
  readonly name: string;
  readonly type: { readonly name: string; readonly extensions: string[] };
}

/** Writes it to where the person says. */
async function saveFile(
  window: BrowserWindow,
  { title, name, type }: FileToSave,
  content: string | Uint8Array,
): Promise<SaveOutcome> {
  const defaultPath = join(app.getPath("documents"), name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath, filters: [type] });
  if (canceled || !filePath) return { kind: "cancelled" };
  try {
    await atomicallyInTime(filePath, (beside) => writeFile(beside, content));
    return { kind: "saved", path: filePath };
  } catch {
    return { kind: "failed", ...dialogWords.notSaved(filePath) };
  }
}
