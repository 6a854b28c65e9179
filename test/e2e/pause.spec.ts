/** A pair that is paused and goes on: from the very step, in step, and with nothing recorded twice or left out. */
import { expect } from "@playwright/test";
import { trainingLimitMillis } from "../support/patience.ts";
import { test } from "./support/strata.ts";
import { choosePictures, setUpShortPair } from "./support/train-page.ts";

test("a pair is paused, outlives its engine, and goes on from that step to its end", async ({ page, strata }) => {
  await page.goto(strata.address);
  await choosePictures(page, 400);
  await setUpShortPair(page, 15);
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  const steps = () => Number(strata.row("SELECT ifnull(max(step), 0) AS n FROM points WHERE cadence = 'batch'").n);
  // At once: the rest of its 150 steps is all the time that there is.
  await expect.poll(steps, { intervals: [50] }).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  // Why it ended, if it did so in any other way.
  expect(strata.row("SELECT end_reason, error, checkpoint_error FROM runs")).toEqual({
    end_reason: "paused",
    error: null,
    checkpoint_error: null,
  });
  const pausedAt = steps();
  expect(strata.row("SELECT state, max(step) AS step FROM runs JOIN checkpoints ON run_id = id")).toEqual({
    state: "paused",
    step: pausedAt,
  });

  await strata.kill();
  await strata.start();
  await page.goto(strata.address);
  await page.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByText("Paused").first()).toBeVisible();
  await page
    .getByRole("link", { name: /^One-hot/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Resume" }).click();
  const finished = () => strata.row("SELECT count(*) AS n FROM runs WHERE state = 'finished'").n;
  await expect.poll(finished, { timeout: trainingLimitMillis }).toBe(2);
  await expect(page.getByRole("button", { name: "Compare the arms" })).toBeVisible();
  expect(strata.row("SELECT count(*) AS n FROM runs WHERE resumed_step = ?", pausedAt)).toEqual({
    n: 2,
  });
  // Every step of both arms, once.
  const all = Number(strata.row("SELECT steps_done AS n FROM runs LIMIT 1").n);
  expect(strata.row("SELECT count(*) AS n FROM points WHERE cadence = 'batch' AND metric = 'hardLoss'")).toEqual({
    n: 2 * all,
  });
});
