/**
 * Strata's window as a person starts it, from the clone's sources or packaged, on a home and a display of its own. `ELECTRON_OVERRIDE_DIST_PATH` names
 * Electron; `STRATA_PACKAGED` the packaged app's folder.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { eventLimitMillis } from "../../support/patience.ts";
import { recordRow } from "../../support/record-row.ts";
import { openDisplay } from "./display.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Program {
  readonly executable: string;
  /** What stands before the words of a person's command line. */
  readonly words: readonly string[];
  /** Whether its first start begins with what it found on this machine. */
  readonly isInstalled?: boolean;
}

/** Containers run as root, who is given no sandbox: the only switch that the product does not set itself. */
/** Some tens of times what a start takes. */
const missedMillis = 60_000;
const noSandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export function fromSource(): Program {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) throw new Error("ELECTRON_OVERRIDE_DIST_PATH names no Electron: run npm test desktop.");
  return { executable: join(folder, "electron"), words: [...noSandbox, root] };
}

export function packagedAt(folder: string): Program {
  return { executable: join(folder, "strata"), words: noSandbox, isInstalled: true };
}

export interface Desktop {
  readonly home: string;
  /** Beside the home; gone with the test. */
  readonly scratch: string;
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Opens the window, and waits for its page unless told otherwise. */
  start(options?: StartOptions): Promise<Page>;
  /** A second start beside the first: resolves to the page that the first one shows then. */
  startAgain(program: Program, words?: readonly string[]): Promise<Page>;
  /** As the window's close button does. */
  closeWindow(): Promise<void>;
  /** The same, and resolves when the process is gone. Where no question is to be answered, once the window knows that nothing trains. */
  close(): Promise<void>;
  /** What a native dialog answers when it is asked next, in place of a person. */
  answerFolder(path: string | null): Promise<void>;
  answerSave(path: string): Promise<void>;
  answerQuestion(button: string): Promise<void>;
  /** Chooses an entry of the menu as a click on it does. */
  chooseMenu(id: string): Promise<void>;
  /** One row of the record. */
  row(sql: string, ...values: (string | number)[]): Record<string, unknown>;
  /** Of the engine, or of its training process. */
  pids(entry: "engine" | "trainer"): readonly number[];
  /** Whatever goes on. */
  end(): Promise<void>;
}

interface StartOptions {
  readonly program?: Program;
  readonly words?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly home?: string;
}

export const test = base.extend<{ desktop: Desktop }, { display: string }>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const display = await openDisplay();
      await use(display.name);
      await display.close();
    },
    { scope: "worker" },
  ],
  desktop: async ({ display }, use) => {
    const scratch = mkdtempSync(join(tmpdir(), "strata-desktop-"));
    const desktop = createDesktop(scratch, display);
    await use(desktop);
    await desktop.end();
    rmSync(scratch, { recursive: true, force: true });
  },
});

/** For a window that several tests look at; the fixture is for those that need one of their own. */
export function createDesktop(scratch: string, display: string): Desktop {
  let app: ElectronApplication | null = null;
  let page: Page | null = null;
  let home = join(scratch, "home");
  let isAnswerReady = false;
  const present = <T>(value: T | null): T => {
    if (value === null) throw new Error("The window was not started.");
    return value;
  };
  const environmentOf = (environment: NodeJS.ProcessEnv): Record<string, string> =>
    plainEnvironment({ ...process.env, DISPLAY: display, STRATA_HOME: home, ...environment });
  const closeWindow = async (): Promise<void> => {
    // In a moment of its own: a process that is gone cannot answer.
    await present(app).evaluate(
      ({ BrowserWindow }) => void setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 1),
    );
  };
  const gone = async (leaving: ElectronApplication): Promise<void> => {
    if (leaving.process().exitCode !== null || leaving.process().signalCode !== null) return;
    await leaving.waitForEvent("close", { timeout: eventLimitMillis });
  };

  return {
    scratch,
    get home() {
      return home;
    },
    get app() {
      return present(app);
    },
    get page() {
      return present(page);
    },
    async start({ program = fromSource(), words = [], environment = {}, home: elsewhere } = {}) {
      home = elsewhere ?? home;
      const options = {
        executablePath: program.executable,
        args: [...program.words, ...words],
        env: environmentOf(environment),
        // Else Playwright says that the system is light, whatever the window was told.
        colorScheme: null,
        timeout: eventLimitMillis,
      };
      isAnswerReady = false;
      // Rarely Playwright misses the start of a program that is there, and waits for it in vain: then it is started again, long before the test gives up.
      app = await electron.launch({ ...options, timeout: missedMillis }).catch(() => electron.launch(options));
      app.context().setDefaultTimeout(eventLimitMillis);
      page = await app.firstWindow({ timeout: eventLimitMillis });
      return page;
    },
    async startAgain(program, words = []) {
      const first = present(app);
      const opened =
        first.windows().length === 0 ? first.waitForEvent("window", { timeout: eventLimitMillis }) : present(page);
      const env = environmentOf({});
      await promisify(execFile)(program.executable, [...program.words, ...words], { env });
      page = await opened;
      return page;
    },
    closeWindow,
    async close() {
      const leaving = present(app);
      if (!isAnswerReady) await expect.poll(() => leaving.evaluate(isTraining)).toBe(false);
      await Promise.all([gone(leaving), closeWindow()]);
      app = null;
    },
    async answerFolder(path) {
      await present(app).evaluate(({ dialog }, answer) => {
        const filePaths = answer === null ? [] : [answer];
        dialog.showOpenDialog = async () => ({ canceled: answer === null, filePaths });
      }, path);
    },
    async answerSave(path) {
      await present(app).evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, path);
    },
    async answerQuestion(button) {
      isAnswerReady = true;
      await present(app).evaluate(({ dialog }, wanted) => {
        dialog.showMessageBox = async (...args: unknown[]) => {
          // Electron takes the window first, or leaves it out; the options come last.
          const options = args[args.length - 1] as { buttons: string[]; message: string; detail: string };
          Object.assign(globalThis, { lastQuestion: `${options.message} ${options.detail}` });
          const response = options.buttons.indexOf(wanted);
          if (response < 0) throw new Error(`There is no button ${wanted}: ${options.buttons.join(", ")}`);
          return { response, checkboxChecked: false };
        };
      }, button);
    },
    async chooseMenu(id) {
      await present(app).evaluate(({ Menu, BrowserWindow }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
        if (!item?.enabled) throw new Error(`The menu has no entry ${wanted} to choose.`);
        item.click(undefined, BrowserWindow.getAllWindows()[0]);
      }, id);
    },
    row: (sql, ...values) => recordRow(home, sql, ...values),
    pids: (entry) => descendants(present(app).process().pid ?? 0, `${entry}.ts`),
    async end() {
      const leaving = app;
      app = null;
      if (leaving === null) return;
      // A question that nobody answers must not hold up the next test.
      leaving.process().kill("SIGTERM");
      await gone(leaving).catch(() => leaving.process().kill("SIGKILL"));
    },
  };
}

/** In the main process: what trains can be stopped from the menu. */
const isTraining = ({ Menu }: typeof Electron.CrossProcessExports): boolean =>
  Menu.getApplicationMenu()?.getMenuItemById("stop")?.enabled ?? false;

function plainEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}

/** Processes below one, whose command line holds the text. */
function descendants(pid: number, text: string): readonly number[] {
  const read = (path: string): string => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return ""; // gone meanwhile
    }
  };
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [
    ...(read(`/proc/${child}/cmdline`).includes(text) ? [child] : []),
    ...descendants(child, text),
  ]);
}

/** Two classes that a network can tell apart: 40 small pictures each. */
export async function drawFolder(folder: string): Promise<string> {
  for (const [className, red] of [
    ["dark", 0],
    ["light", 200],
  ] as const) {
    mkdirSync(join(folder, className), { recursive: true });
    for (let number = 0; number < 40; number++) {
      const background = { r: red + number, g: 90, b: 60 };
      const picture = sharp({ create: { width: 32, height: 32, channels: 3, background } });
      await picture.png().toFile(join(folder, className, `${number}.png`));
    }
  }
  return folder;
}
