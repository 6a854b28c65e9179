/** The main job: choose pictures, train one-hot against smoothed, watch, compare; and the figures on screen are those in the record. */
import { expect } from "@playwright/test";
import { trainingLimitMillis } from "../support/patience.ts";
import { test } from "./support/strata.ts";
import { choosePictures, setUpShortPair } from "./support/train-page.ts";

test("a person trains one-hot against smoothed, watches and compares, and every figure is the recorded one", async ({
  page,
  strata,
}) => {
  await page.goto(strata.address);
  await expect(page).toHaveTitle(/Strata/);
  expect(page.url()).not.toContain("token");
  await expect(page.getByText("Engine ready")).toBeVisible();

  await choosePictures(page, 400);
  await setUpShortPair(page, 2);
  await expect(page.getByText(/^2\sruns, about/)).toBeVisible();
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();

  await expect(page.getByRole("heading", { level: 1, name: /AlexNet on .*one-hot against smoothed/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Compare the arms" })).toBeVisible({ timeout: trainingLimitMillis });
  await page.getByRole("button", { name: "Compare the arms" }).click();

  const figures = page.getByRole("table", { name: /Final figures/ });
  await expect(figures).toBeVisible();
  for (const [arm, name] of [
    [0, "One-hot"],
    [1, "Smoothed"],
  ] as const) {
    const recorded = strata.row(
      `SELECT max(iif(metric = 'top1', value, NULL)) AS top1, max(iif(metric = 'hardLoss', value, NULL)) AS hard_loss,
         max(iif(metric = 'objective', value, NULL)) AS objective, max(iif(metric = 'ece', value, NULL)) AS ece
       FROM evaluation_values e JOIN runs r ON r.id = e.run_id
       WHERE r.arm = ? AND e.split = 'test' GROUP BY e.epoch ORDER BY e.epoch DESC LIMIT 1`,
      arm,
    );
    const row = figures.getByRole("row", { name: new RegExp(name) });
    await expect(row).toContainText(`${(Number(recorded.top1) * 100).toFixed(1)} %`);
    await expect(row).toContainText(Number(recorded.hard_loss).toFixed(2));
    await expect(row).toContainText(Number(recorded.objective).toFixed(2));
    await expect(row).toContainText(Number(recorded.ece).toFixed(3));
  }

  const pictures = page.getByRole("img", { name: /^A picture of class/ });
  const mistakes = await pictures.count();
  if (mistakes > 0) {
    // A picture that could not be served has no natural width.
    await expect(pictures.first()).not.toHaveJSProperty("naturalWidth", 0);
  }

  const listed = (await strata.command("runs", "--json")) as { runs: { state: string; endReason: string }[] };
  expect(listed.runs.map((run) => [run.state, run.endReason])).toEqual([
    ["finished", "completed"],
    ["finished", "completed"],
  ]);
});

test("a run that is stopped keeps its points, and a killed engine leaves a run that says so and is asked about", async ({
  page,
  strata,
}) => {
  await page.goto(strata.address);
  await choosePictures(page, 400);
  await setUpShortPair(page, 500);
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  const points = () => Number(strata.row("SELECT count(*) AS n FROM points").n);

  await expect.poll(points).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page
    .getByRole("dialog")
    .or(page.getByRole("alertdialog"))
    .getByRole("button", { name: "Stop and keep" })
    .click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  expect(strata.row("SELECT state, end_reason FROM runs LIMIT 1")).toMatchObject({
    state: "stopped",
    end_reason: "stopped-by-person",
  });

  await page.goto(new URL("#/train", page.url()).href);
  await setUpShortPair(page, 500);
  const before = points();
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  await expect.poll(points).toBeGreaterThan(before);
  await strata.kill();
  const kept = points();
  await strata.start();
  await page.goto(strata.address);
  await page.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
  expect(points()).toBe(kept);

  await expect(page.getByText(/^Strata ended while AlexNet .* was training\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Leave it" }).click();
  await expect(page.getByText(/^Strata ended while/)).toBeHidden();
});
