/** The window's menu, as data: what it says, its keys, and what each entry does. */
import type { MenuItemConstructorOptions } from "electron";
import type { DesktopEvent } from "../contract/desktop.ts";
import { menuWords } from "./words.ts";

export interface MenuState {
  readonly isTraining: boolean;
  /** The latest first. */
  readonly recentFolders: readonly string[];
  readonly theme: "system" | "light" | "dark";
  readonly platform: NodeJS.Platform;
  /** Developer's tools are for the clone alone. */
  readonly isPackaged: boolean;
}

export interface MenuActions {
  tell(event: DesktopEvent): void;
  pauseTraining(): void;
  stopTraining(): void;
  setTheme(theme: MenuState["theme"]): void;
  showHome(): void;
  showLicences(): void;
  quit(): void;
}

type Entry = MenuItemConstructorOptions;
const mostRecent = 10;

export function menuTemplate(state: MenuState, actions: MenuActions): Entry[] {
  const isMac = state.platform === "darwin";
  const app: Entry[] = isMac ? [{ role: "appMenu" }] : [];
  return [
    ...app,
    { id: "file", label: menuWords.file, submenu: fileMenu(state, actions, isMac) },
    { id: "edit", label: menuWords.edit, role: "editMenu" },
    { id: "go", label: menuWords.go, submenu: goMenu(actions) },
    {
      id: "training",
      label: menuWords.training,
      submenu: [
        { id: "pause", label: menuWords.pause, enabled: state.isTraining, click: () => actions.pauseTraining() },
        {
          id: "stop",
          label: menuWords.stop,
          accelerator: "CmdOrCtrl+.",
          enabled: state.isTraining,
          click: () => actions.stopTraining(),
        },
      ],
    },
    { id: "view", label: menuWords.view, submenu: viewMenu(state, actions) },
    {
      id: "help",
      role: "help",
      label: menuWords.help,
      submenu: [
        { id: "welcome", label: menuWords.welcome, click: () => actions.tell({ kind: "go", page: "welcome" }) },
        { id: "data-folder", label: menuWords.dataFolder, click: () => actions.showHome() },
        { id: "licences", label: menuWords.licences, click: () => actions.showLicences() },
        { type: "separator" },
        { id: "about", label: menuWords.about, click: () => actions.tell({ kind: "go", page: "about" }) },
      ],
    },
  ];
}

function fileMenu({ recentFolders }: MenuState, { tell, quit }: MenuActions, isMac: boolean): Entry[] {
  const recent: Entry[] = recentFolders
    .slice(0, mostRecent)
    .map((path) => ({ label: path, click: () => tell({ kind: "open-pictures", path }) }));
  const noRecent: Entry[] = [{ label: menuWords.noRecent, enabled: false }];
  const quitEntry: Entry = { id: "quit", label: menuWords.quit, accelerator: "CmdOrCtrl+Q", click: () => quit() };
  return [
    {
      id: "new-experiment",
      label: menuWords.newExperiment,
      accelerator: "CmdOrCtrl+N",
      click: () => tell({ kind: "go", page: "train" }),
    },
    {
      id: "open-folder",
      label: menuWords.openFolder,
      accelerator: "CmdOrCtrl+O",
      click: () => tell({ kind: "choose-pictures", what: "folder" }),
    },
    {
      id: "open-file",
      label: menuWords.openFile,
      accelerator: "CmdOrCtrl+Shift+O",
      click: () => tell({ kind: "choose-pictures", what: "file" }),
    },
    { id: "open-recent", label: menuWords.openRecent, submenu: recent.length > 0 ? recent : noRecent },
    { type: "separator" },
    { id: "close", role: "close", label: menuWords.close },
    ...(isMac ? [] : [quitEntry]),
  ];
}

function goMenu({ tell }: MenuActions): Entry[] {
  return (["train", "live", "runs", "compare", "networks", "lessons"] as const).map((page, index) => ({
    id: page,
    label: menuWords[page],
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => tell({ kind: "go", page }),
  }));
}

function viewMenu({ theme, isPackaged }: MenuState, { setTheme }: MenuActions): Entry[] {
  const themes = [
    ["system", menuWords.asSystem],
    ["light", menuWords.light],
    ["dark", menuWords.dark],
  ] as const;
  return [
    ...themes.map(
      ([value, label]): Entry => ({
        id: `theme-${value}`,
        label,
        type: "radio",
        checked: theme === value,
        click: () => setTheme(value),
      }),
    ),
    { type: "separator" },
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { role: "togglefullscreen" },
    ...(isPackaged ? [] : ([{ type: "separator" }, { role: "toggleDevTools" }] satisfies Entry[])),
  ];
}
