/** What a person does with Strata, in the window; the same for the clone and for the packaged app. */
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { trainingLimitMillis } from "../support/patience.ts";
import { type Desktop, drawFolder, type Program } from "./support/desktop.ts";

/** Opens a folder by the system's dialog, and shows what was found there. */
export async function chooseFolder(desktop: Desktop): Promise<void> {
  const { page } = desktop;
  await desktop.answerFolder(await drawFolder(join(desktop.scratch, "shades")));
  await page.getByRole("button", { name: "Open a folder" }).click();
  await expect(page.getByRole("region", { name: "Pictures" }).or(page.getByText("64 train")).first()).toBeVisible();
  await expect(page.getByText("64 train")).toBeVisible();
}

export async function startPair(page: Page, epochs: number): Promise<void> {
  await page.getByRole("radio", { name: /^AlexNet/ }).check();
  await page.getByRole("radio", { name: /^Compact/ }).check();
  await page.getByLabel("Epochs").fill(String(epochs));
  await page.getByRole("button", { name: /^(Train|Queue) 2\sruns$/ }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: /AlexNet on shades: one-hot against smoothed/ }),
  ).toBeVisible();
}

/** Values in the record so far. */
export const points = (desktop: Desktop) => Number(desktop.row("SELECT count(*) AS n FROM points").n);

/** A pair on a folder, both runs seen training, that does not end by itself while a test lasts. */
export async function startLongPair(desktop: Desktop): Promise<void> {
  await chooseFolder(desktop);
  await startPair(desktop.page, 5_000);
  // Side by side in two processes, the second begins once the first has decoded the pictures.
  const training = () => Number(desktop.row("SELECT count(DISTINCT run_id) AS n FROM points").n);
  await expect.poll(training).toBe(2);
}

/** @param environment variables that the program has otherwise than this process; undefined takes one away */
export async function doMainJob(
  desktop: Desktop,
  program: Program,
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const page = await desktop.start({ program, environment });
  await expect(page.getByText("Engine ready")).toBeVisible();
  if (program.isInstalled) await page.getByRole("button", { name: "Choose pictures" }).click();
  await chooseFolder(desktop);

  await startPair(page, 2);
  await page.getByRole("button", { name: "Compare the arms" }).click({ timeout: trainingLimitMillis });
  await expect(page.getByRole("table", { name: /Final figures/ })).toBeVisible();
  expect(desktop.row("SELECT count(*) AS n FROM runs WHERE state = 'finished'").n).toBe(2);

  await goOnInBackground(desktop, program);
  await pauseByClosing(desktop);
  await goOnAfterReopening(desktop, program, environment);
}

/** The window is closed on a run, which goes on; starting Strata again brings the window back to it. */
async function goOnInBackground(desktop: Desktop, program: Program): Promise<void> {
  await desktop.chooseMenu("new-experiment");
  await startPair(desktop.page, 2_000);
  const points = () => Number(desktop.row("SELECT count(*) AS n FROM points WHERE run_id > 2").n);
  await expect.poll(points).toBeGreaterThan(0);

  await desktop.answerQuestion("Keep training");
  await desktop.closeWindow();
  await expect.poll(() => desktop.app.windows().length).toBe(0);
  const before = points();
  await expect.poll(points).toBeGreaterThan(before);

  const page = await desktop.startAgain(program);
  await page.getByRole("link", { name: /^Live/ }).click();
  await expect(page.getByRole("button", { name: "Stop and keep" })).toBeVisible();
}

async function pauseByClosing(desktop: Desktop): Promise<void> {
  await desktop.answerQuestion("Pause");
  await desktop.close();
  const paused = desktop.row("SELECT state, end_reason, error FROM runs WHERE id = 3");
  expect(paused).toMatchObject({ state: "paused", end_reason: "paused", error: null });
}

/** At the next start the run goes on from the step it had come to; then it is stopped, and what it recorded is kept. */
async function goOnAfterReopening(desktop: Desktop, program: Program, environment: NodeJS.ProcessEnv): Promise<void> {
  const steps = () => Number(desktop.row("SELECT steps_done FROM runs WHERE id = 3").steps_done);
  const before = steps();
  expect(before).toBeGreaterThan(0);
  const page = await desktop.start({ program, environment });
  await page.getByRole("link", { name: "Runs" }).click();
  // The latest experiment stands first.
  await page
    .getByRole("link", { name: /One-hot/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(steps).toBeGreaterThan(before);

  await desktop.answerQuestion("Stop and keep");
  await desktop.close();
  const stopped = desktop.row("SELECT state, end_reason FROM runs WHERE id = 3");
  expect(stopped).toMatchObject({ state: "stopped", end_reason: "stopped-by-person" });
  expect(steps()).toBeGreaterThan(before);
}
