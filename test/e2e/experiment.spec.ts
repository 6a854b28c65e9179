/** An experiment's page: opened from the list, sorted and read by the keyboard, and grown. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("an experiment is opened from the runs, its table sorted with the keyboard, and test figures are no order", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("swept"), "#/runs");
  await page.getByRole("link", { name: "Experiment 3" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What do label smoothing and learning rate change?");
  await expect(page.getByRole("link", { name: "Runs", exact: true })).toHaveAttribute("aria-current", "page");
  const table = page.getByRole("region", { name: "Settings and what they came to" });
  const firstRow = table.locator("tbody tr").first();
  await expect(firstRow).toContainText("0.02");
  const rate = table.getByRole("columnheader", { name: "Learning rate" });
  await rate.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(rate).toHaveAttribute("aria-sort", "ascending");
  await page.keyboard.press("Enter");
  await expect(rate).toHaveAttribute("aria-sort", "descending");
  await expect(firstRow).toContainText("0.045");
  // Validation can be sorted by, test cannot.
  const figures = table.getByRole("columnheader", { name: "Top-1" });
  await expect(figures).toHaveCount(2);
  await expect(figures.first()).toHaveAttribute("aria-sort", "none");
  await expect(figures.last().getByRole("button")).toHaveCount(0);
  await expect(page.getByText(/Test figures cannot be sorted by/)).toBeVisible();
  await expect(table.getByText("best", { exact: true })).toHaveCount(1);
  await firstRow.getByRole("link", { name: /^\d+$/ }).first().click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
});

test("more seeds and another value are said before they are trained, and the same experiment grows", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.own("swept"), "#/experiments/3");
  await page.getByRole("button", { name: "Repeat with more seeds…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New seeds").fill("1");
  await expect(dialog.getByText("It has 1 already.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Train what is new" })).toBeDisabled();
  await dialog.getByLabel("New seeds").fill("7");
  await expect(dialog.getByRole("status")).toHaveText(/^4\sruns will be added/);
  await dialog.getByRole("button", { name: "Train what is new" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Experiment 3 · \d+ of 16\sruns finished$/)).toBeVisible();

  await page.getByRole("button", { name: "Add a level…" }).click();
  await dialog.getByLabel("Setting").selectOption("Learning rate");
  await dialog.getByLabel("New values: Learning rate").fill("0.1");
  // With two smoothings and four seeds.
  await expect(dialog.getByRole("status")).toHaveText(/^8\sruns will be added/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Experiment 3 · \d+ of 24\sruns finished$/)).toBeVisible();
});

test("an experiment that is not there says so", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("swept"), "#/experiments/99");
  await expect(page.getByRole("alert")).toContainText("There is no experiment 99.");
});
