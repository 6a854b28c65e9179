/** A record of many runs in a real window: found, sorted, paged, tagged, deleted and brought back, by keyboard where a person would. */
import { expect } from "@playwright/test";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillRecord } from "../support/large-record.ts";
import { test } from "./support/strata.ts";

const runCount = 300;

test("a person finds her way among hundreds of runs", async ({ page, strata }) => {
  const store = openStore(`${strata.home}/strata.sqlite`);
  fillRecord(store, { runs: runCount, points: 30_000 });
  store.close();
  await page.goto(strata.address);
  await page.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByText(`Record · ${runCount} runs`)).toBeVisible();

  // Every run of the record by its number, none twice, over all pages.
  const numbers = new Set<string>();
  const next = page.getByRole("button", { name: "Next" });
  for (;;) {
    const hrefs = await page.locator("tbody a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    for (const href of hrefs) numbers.add(href);
    if (await next.isDisabled()) break;
    await next.click();
    // The rows of a page come from the engine.
    await expect(page.locator("tbody a").first()).not.toHaveAttribute("href", hrefs[0]!);
  }
  expect(numbers.size).toBe(runCount);

  const best = strata.row(
    `SELECT run_id FROM evaluation_values WHERE split = 'validation' AND metric = 'hardLoss' ORDER BY value, run_id LIMIT 1`,
  );
  const head = page.getByRole("columnheader", { name: "Best hard loss" });
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const first = page.locator("tbody").first();
  await expect(first.locator(`a[href="#/runs/${best.run_id}"]`)).toBeVisible();

  await page.getByRole("searchbox").fill("learning-rate = 0.01 smoothing>0");
  const found = strata.row(
    `SELECT count(DISTINCT ifnull(experiment_id || ' ' || block, -id)) AS n FROM runs
     WHERE configuration ->> '$.training.learningRate' = 0.01 AND configuration ->> '$.training.smoothing' > 0`,
  );
  expect(Number(found.n)).toBeGreaterThan(1);
  await expect(page.getByRole("region", { name: `Runs, in ${found.n} groups` })).toBeVisible();
  await page.getByRole("searchbox").fill("smothing>0");
  await expect(page.getByText("No setting or figure is called smothing. Did you mean smoothing?")).toBeVisible();
  // What is not understood is left out, and is no answer.
  await expect(page.getByText("No run fits.")).toBeHidden();
  await page.getByRole("searchbox").fill("state=finished");

  await page.getByRole("checkbox", { name: /^Select all/ }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Tags" }).click();
  await page.getByLabel("New tag").fill("done");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByText("done", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  const tagged = strata.row(
    "SELECT count(*) AS n FROM run_tags JOIN runs ON id = run_id WHERE tag = 'done' AND state = 'finished'",
  );
  const finished = strata.row("SELECT count(*) AS n FROM runs WHERE state = 'finished'");
  expect(Number(tagged.n)).toBe(Number(finished.n));

  await page.getByRole("region", { name: "Selected runs" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(/runs deleted\./)).toBeVisible();
  expect(Number(strata.row("SELECT count(*) AS n FROM runs WHERE deleted_at IS NULL").n)).toBeLessThan(runCount);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`Record · ${runCount} runs`)).toBeVisible();
  // The heading may be the one from before they were deleted; the record tells when they are back.
  const kept = () => strata.row("SELECT count(*) AS n FROM runs WHERE deleted_at IS NULL");
  await expect.poll(kept).toEqual({ n: runCount });
});
