/** The window's frame: what it does with what the system and a person's hand bring to it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { packed, zip } from "../support/archives.ts";
import { trainingLimitMillis } from "../support/patience.ts";
import { chooseFolder, doMainJob, startLongPair, startPair } from "./main-job.ts";
import { type Desktop, drawFolder, fromSource, test } from "./support/desktop.ts";

test("a person opens a folder, trains a pair, compares, closes the window on a run, and comes back to it", async ({
  desktop,
}) => {
  await doMainJob(desktop, fromSource());
});

test("the menu leads to every page, opens folders looked at before, and changes the theme", async ({ desktop }) => {
  const page = await desktop.start();
  await chooseFolder(desktop);
  for (const [id, address] of [
    ["live", /#\/live$/],
    ["runs", /#\/runs$/],
    ["compare", /#\/compare$/],
    ["networks", /#\/networks$/],
    ["lessons", /#\/lessons$/],
    ["about", /#\/about$/],
    ["welcome", /#\/welcome$/],
    ["new-experiment", /#\/train$/],
  ] as const) {
    await desktop.chooseMenu(id);
    await expect(page).toHaveURL(address);
  }

  const menu = await desktop.app.evaluate(({ Menu }) => {
    const item = (id: string) => Menu.getApplicationMenu()?.getMenuItemById(id);
    return {
      recent: item("open-recent")?.submenu?.items.map(({ label }) => label),
      keys: ["open-folder", "new-experiment", "train", "compare", "networks", "stop", "quit"].map(
        (id) => item(id)?.accelerator,
      ),
      canStop: item("stop")?.enabled,
    };
  });
  expect(menu).toEqual({
    recent: [join(desktop.scratch, "shades")],
    keys: ["CmdOrCtrl+O", "CmdOrCtrl+N", "CmdOrCtrl+1", "CmdOrCtrl+4", "CmdOrCtrl+5", "CmdOrCtrl+.", "CmdOrCtrl+Q"],
    canStop: false,
  });

  const isDark = () => page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await desktop.chooseMenu("theme-dark");
  await expect.poll(isDark).toBe(true);
  await desktop.close();
  await desktop.start();
  await expect.poll(() => desktop.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(true);
});

test("the menu's keys work: Ctrl+O asks for a folder", async ({ desktop }) => {
  const page = await desktop.start();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await desktop.answerFolder(await drawFolder(join(desktop.scratch, "shades")));
  // Straight to the frame: keys that a debugger types reach the page alone.
  await desktop.app.evaluate(({ BrowserWindow }) => {
    for (const type of ["keyDown", "keyUp"] as const)
      BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type, keyCode: "O", modifiers: ["control"] });
  });
  await expect(page.getByText("64 train")).toBeVisible();
});

test("a lesson that is presented fills the screen by a key, and Escape leads back to the lesson", async ({
  desktop,
}) => {
  const page = await desktop.start();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await page.evaluate(() => window.location.assign("#/present/smoothing"));
  await expect(page.getByText("1 of 5")).toBeVisible();
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.keyboard.press("f");
  await expect.poll(isFull).toBe(true);
  await page.keyboard.press("f");
  await expect.poll(isFull).toBe(false);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/#\/lessons\/smoothing$/);
});

test("the About page says that nothing leaves the machine, and how that is enforced", async ({ desktop }) => {
  const page = await desktop.start();
  await page.getByRole("link", { name: "Nothing leaves this machine" }).click();
  await expect(page.getByRole("heading", { name: "Nothing leaves this machine" })).toBeVisible();
  await expect(page.getByText(/fetches nothing, reports nothing and looks for no update/)).toBeVisible();
  await expect(page.getByText(/lets no request through but to the engine's own port/)).toBeVisible();
});

test("a folder or an archive that is dropped onto the window is looked at; another file is answered with a word", async ({
  desktop,
}) => {
  const page = await desktop.start();
  await expect(page.getByText("Engine ready")).toBeVisible();
  const folder = await drawFolder(join(desktop.scratch, "shades"));
  const cdp = await page.context().newCDPSession(page);
  const drag = async (type: "dragEnter" | "dragOver" | "drop", path: string) =>
    cdp.send("Input.dispatchDragEvent", {
      type,
      x: 400,
      y: 400,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  for (const type of ["dragEnter", "dragOver"] as const) await drag(type, folder);
  const overlay = page.getByText("Drop a folder of pictures, an archive or a list to open it");
  await expect(overlay).toBeVisible();
  await drag("drop", folder);
  await expect(page.getByText("64 train")).toBeVisible();
  await expect(overlay).toBeHidden();

  const archive = join(desktop.scratch, "packed.zip");
  await pack(folder, archive);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await drag(type, archive);
  await expect(page.getByText("packed.zip").first()).toBeVisible();

  for (const type of ["dragEnter", "dragOver", "drop"] as const) await drag(type, join(folder, "dark", "0.png"));
  await expect(page.getByText(/Strata opens folders of this computer, archives/)).toBeVisible();
});

test("a folder on the command line is opened, by a second start too; one that a link names once the person agrees", async ({
  desktop,
}) => {
  const first = await drawFolder(join(desktop.scratch, "first"));
  const second = await drawFolder(join(desktop.scratch, "second"));
  const page = await desktop.start({ words: [first] });
  const chosen = page.getByRole("heading", { name: "Pictures" }).locator("xpath=ancestor::section");
  await expect(chosen.getByText("first").first()).toBeVisible();
  await desktop.startAgain(fromSource(), [second]);
  await expect(chosen.getByText("second").first()).toBeVisible();
  const archive = join(desktop.scratch, "third.zip");
  await pack(first, archive);
  await desktop.startAgain(fromSource(), ["app", archive]);
  await expect(chosen.getByText("third.zip").first()).toBeVisible();
  await desktop.startAgain(fromSource(), [second]);
  await expect(chosen.getByText("second").first()).toBeVisible();

  const link = `strata://open?folder=${encodeURIComponent(first)}`;
  const asked = () => desktop.app.evaluate(() => String(Reflect.get(globalThis, "lastQuestion")));
  await desktop.answerQuestion("Cancel");
  await desktop.startAgain(fromSource(), [link]);
  await expect.poll(asked).toContain(first);
  await desktop.app.evaluate(() => Reflect.deleteProperty(globalThis, "lastQuestion"));
  // Nothing was looked at: the pictures are those of before.
  await expect(chosen.getByText("second").first()).toBeVisible();
  await desktop.answerQuestion("Open folder");
  await desktop.startAgain(fromSource(), [link]);
  await expect(chosen.getByText("first").first()).toBeVisible();
  expect(await asked()).toContain("A link asks Strata to open this folder.");
  // A path that no link may name is not worth a question.
  await desktop.app.evaluate(() => Reflect.deleteProperty(globalThis, "lastQuestion"));
  await desktop.startAgain(fromSource(), ["strata://open?folder=/dev/shm"]);
  expect(await asked()).toBe("undefined");
  expect(desktop.app.windows()).toHaveLength(1);
});

/** The folder of `drawFolder` as a zip. */
async function pack(folder: string, archive: string): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".png"));
  writeFileSync(
    archive,
    zip(packed(Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))])))),
  );
}

/** What the system was told, in place of a taskbar, a battery and a notice area. */
async function listen(desktop: Desktop): Promise<() => Promise<Told>> {
  await desktop.app.evaluate(({ BrowserWindow, Notification, powerSaveBlocker }) => {
    const told = { progress: [] as number[], awake: [] as boolean[], notices: [] as string[] };
    Object.assign(globalThis, { told });
    const [window] = BrowserWindow.getAllWindows();
    if (window) {
      window.setProgressBar = (progress) => told.progress.push(progress);
      window.isFocused = () => false;
    }
    Notification.isSupported = () => true;
    // Each notice has a `show` of its own; the first thing it is asked is to listen for clicks.
    const { on } = Notification.prototype;
    Object.assign(Notification.prototype, {
      on(this: Electron.Notification, ...args: Parameters<typeof on>) {
        this.show = () => told.notices.push(`${this.title} — ${this.body}`);
        return on.apply(this, args);
      },
    });
    const [start, stop] = [powerSaveBlocker.start, powerSaveBlocker.stop];
    powerSaveBlocker.start = (kind) => {
      told.awake.push(kind === "prevent-app-suspension");
      return start.call(powerSaveBlocker, kind);
    };
    powerSaveBlocker.stop = (id) => {
      told.awake.push(false);
      return stop.call(powerSaveBlocker, id);
    };
  });
  return () => desktop.app.evaluate(() => Reflect.get(globalThis, "told") as Told);
}
interface Told {
  readonly progress: readonly number[];
  /** Each time that the machine was told to stay awake, or no longer. */
  readonly awake: readonly boolean[];
  readonly notices: readonly string[];
}

test("training shows in the taskbar, keeps the machine awake, and its end is told who looks elsewhere", async ({
  desktop,
}) => {
  const page = await desktop.start();
  await chooseFolder(desktop);
  const told = await listen(desktop);
  await startPair(page, 40);
  await expect(page.getByRole("button", { name: "Compare the arms" })).toBeVisible({ timeout: trainingLimitMillis });
  await expect.poll(async () => (await told()).notices).toHaveLength(1);

  await expect.poll(async () => (await told()).awake).toEqual([true, false]);
  const { progress, notices } = await told();
  expect(notices[0]).toMatch(
    /^Training finished: AlexNet on shades — Top-1 on validation pictures: [\d.]+ % against [\d.]+ %$/,
  );
  expect(progress.at(-1)).toBe(-1);
  const shares = progress.filter((share) => share >= 0 && share <= 1);
  expect(shares.length).toBeGreaterThan(2);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
});

test("a run's points and weights are saved where the person says", async ({ desktop }) => {
  const page = await desktop.start();
  await chooseFolder(desktop);
  await startPair(page, 1);
  await page.getByRole("button", { name: "Compare the arms" }).click({ timeout: trainingLimitMillis });
  await page.getByRole("link", { name: "Runs" }).click();
  await page
    .getByRole("link", { name: /One-hot/ })
    .first()
    .click();
  const path = join(desktop.scratch, "taken.safetensors");
  await desktop.answerSave(path);
  await page.getByRole("button", { name: /weights/i }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Saved: ${path}`)).toBeVisible();
  const kept = desktop.row("SELECT arm FROM runs WHERE id = 1");
  expect(kept.arm).toBe(0);
  const headerBytes = Number(readFileSync(path).readBigUInt64LE(0));
  expect(
    JSON.parse(
      readFileSync(path)
        .subarray(8, 8 + headerBytes)
        .toString(),
    ),
  ).toHaveProperty("__metadata__");

  const outOfReach = join(desktop.scratch, "no-such-folder", "taken.safetensors");
  await desktop.answerSave(outOfReach);
  await page.getByRole("button", { name: /weights/i }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/The file could not be written/)).toBeVisible();
  expect(existsSync(outOfReach)).toBe(false);
});

test("the map of a network is saved where the person says, as SVG and as PNG", async ({ desktop }) => {
  const page = await desktop.start();
  await desktop.chooseMenu("networks");
  await page.getByRole("link", { name: "AlexNet", exact: true }).click();
  const start = { SVG: "<svg", PNG: "\u0089PNG" };
  for (const format of ["SVG", "PNG"] as const) {
    const path = join(desktop.scratch, `map.${format.toLowerCase()}`);
    await desktop.answerSave(path);
    await page.getByRole("button", { name: `Save as ${format}` }).click();
    await expect(page.getByText(`Saved: ${path}`)).toBeVisible();
    expect(readFileSync(path).subarray(0, 4).toString("latin1")).toBe(start[format]);
  }
});

test("a lesson is saved where the person says, and opened again when it is dropped onto its page, not as pictures", async ({
  desktop,
}) => {
  const page = await desktop.start();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await page.evaluate(() => window.location.assign("#/lessons/own"));
  await page.getByRole("button", { name: "Make a lesson" }).click();
  await page.getByLabel("Title").fill("Week 3");
  const path = join(desktop.scratch, "week-3.strata-lesson.json");
  await desktop.answerSave(path);
  await page.getByRole("button", { name: "Save as a file…" }).click();
  await expect(page.getByText(`Saved: ${path}`)).toBeVisible();
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(page.getByRole("heading", { name: "No lesson of your own yet" })).toBeVisible();
  const cdp = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await cdp.send("Input.dispatchDragEvent", {
      ...{ type, x: 400, y: 400 },
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await expect(page.getByLabel("Title")).toHaveValue("Week 3");
  await expect(page).toHaveURL(/#\/lessons\/own$/);
});

test("the window comes back where it was; with its display gone, or its place unreadable, on one that is there", async ({
  desktop,
}) => {
  const bounds = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await desktop.start();
  const place = { x: 120, y: 90, width: 1000, height: 700 };
  await desktop.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
  await expect.poll(bounds).toEqual(place);
  await desktop.close();
  await desktop.start();
  expect(await bounds()).toEqual(place);
  await desktop.close();

  const state = { bounds: { ...place, x: 5_000 }, isMaximized: false, theme: "system" };
  for (const content of [JSON.stringify(state), "{", JSON.stringify({ bounds: "everywhere" })]) {
    mkdirSync(desktop.home, { recursive: true });
    writeFileSync(join(desktop.home, "window.json"), content);
    await desktop.start();
    const back = await bounds();
    expect(back?.x).toBeGreaterThanOrEqual(0);
    expect((back?.x ?? 0) + (back?.width ?? 0)).toBeLessThanOrEqual(1_600);
    await desktop.close();
  }
});

test("closing on a run can be taken back: cancelled, the window stays and so does the run", async ({ desktop }) => {
  const page = await desktop.start();
  await startLongPair(desktop);
  await desktop.answerQuestion("Cancel");
  await desktop.closeWindow();
  await expect
    .poll(() => desktop.app.evaluate(() => String(Reflect.get(globalThis, "lastQuestion"))))
    .toMatch(/^Training is still going\. AlexNet on shades/);
  await expect(page.getByRole("button", { name: "Stop and keep" })).toBeVisible();
  expect(desktop.row("SELECT count(*) AS n FROM runs WHERE state = 'running'").n).toBe(2);
});

test("told to end by the system, it asks nothing: it ends, and the run is offered to go on at the next start", async ({
  desktop,
}) => {
  await desktop.start();
  await startLongPair(desktop);
  await desktop.answerQuestion("Cancel");
  await desktop.end();
  expect(desktop.row("SELECT end_reason FROM runs").end_reason).toBe("engine-closed");
  const again = await desktop.start();
  await expect(again.getByRole("region", { name: /Strata ended while AlexNet on shades/ })).toBeVisible();
});

test("what waits in a queue that is held still waits after the window was closed and opened again", async ({
  desktop,
}) => {
  const page = await desktop.start();
  await startLongPair(desktop);
  await desktop.chooseMenu("new-experiment");
  await startPair(page, 1);
  await page.getByRole("button", { name: "Hold the queue" }).click();
  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop and keep" }).click();
  const states = () => desktop.row("SELECT group_concat(state) AS all_of_them FROM runs").all_of_them;
  await expect.poll(states).toBe("stopped,stopped,queued,queued");
  await desktop.close();

  const again = await desktop.start();
  await again.getByRole("link", { name: /^Live/ }).click();
  await again.getByRole("button", { name: "Resume the queue" }).click();
  await expect.poll(states, { timeout: trainingLimitMillis }).toBe("stopped,stopped,finished,finished");
});
