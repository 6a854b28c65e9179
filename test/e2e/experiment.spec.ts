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

test("the outcome is a chart against any factor, and the same figures are a table", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("swept"), "#/experiments/3");
  const sheet = page.getByRole("region", { name: /^Top-1 on the 20.validation pictures$/ });
  await sheet.getByLabel("Along", { exact: true }).selectOption("Learning rate");
  await sheet.getByLabel("A line for each").selectOption("Label smoothing");
  const chart = sheet.getByRole("img", {
    name: /^Top-1 on the 20.validation pictures along learning rate, log scale\. 0: [\d.]+\s% .* at 0\.02, .* at 0\.045; 0\.1: .*\. Chance: [\d.]+\s%\./,
  });
  await expect(chart).toBeVisible();
  await sheet.getByRole("button", { name: /^Top-1 on the 20.validation pictures as a table$/ }).click();
  const table = sheet.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText(["Learning rate, log scale", "0", "0.1"]);
  await expect(table.getByRole("rowheader")).toHaveText(["0.02", "0.045"]);
  await page.getByLabel("Judge by").selectOption("Hard loss, validation");
  await expect(page.getByRole("heading", { name: /^Hard loss \(nats\) on the 20.validation pictures$/ })).toBeVisible();
});

test("what the rows differ by is told with its interval, or said to be what chance does", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("swept"), "#/experiments/3");
  const sheet = page.getByRole("region", { name: "More than chance?" });
  await expect(sheet.getByText(/^With learning rate 0\.02, smoothed ε = 0\.1 against one-hot: /)).toContainText(
    "can be told over 3 seeds and 61 test pictures.",
  );
  const table = sheet.getByRole("table");
  await expect(table.getByRole("rowheader")).toHaveCount(3);
  await expect(table.getByRole("columnheader", { name: "p, corrected" })).toBeVisible();
  // Three rows by five figures: classes are not of one size here, so that balanced accuracy is one.
  await expect(table.getByText("could be chance")).toHaveCount(15);
  await expect(sheet.getByText(/Holm/)).toBeVisible();
});

test("of many rows all are told in words, too: what is not shown at once is counted", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("searched"), "#/experiments/3");
  const sheet = page.getByRole("region", { name: "More than chance?" });
  await expect(sheet.getByRole("table")).toBeVisible();
  const rows = await sheet.getByRole("table").getByRole("rowheader").count();
  expect(rows).toBeGreaterThan(4);
  await expect(sheet.locator("p.said:visible")).toHaveCount(4);
  await sheet.getByText(new RegExp(`^${rows - 4}\\smore rows? in words`)).click();
  await expect(sheet.locator("p.said:visible")).toHaveCount(rows);
});

test("all settings at once are read row by row with the keyboard, the best first", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("searched"), "#/experiments/3");
  await expect(
    page.getByRole("img", {
      name: /^12 rows by their settings, coloured by top-1 on the 20.validation pictures\. Best: /,
    }),
  ).toBeVisible();
  await page.getByRole("button", { name: /^Read the rows/ }).focus();
  await page.keyboard.press("ArrowDown");
  const sheet = page.getByRole("region", { name: "All settings at once" });
  await expect(sheet.getByRole("status")).toHaveText(
    /^label smoothing .*, learning rate .*, weight decay .*: [\d.]+\s%$/,
  );
  await expect(sheet.locator("path.read")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(sheet.locator("path.read")).toHaveCount(0);
  await sheet.getByRole("button", { name: "All settings at once as a table" }).click();
  await expect(sheet.getByRole("listitem")).toHaveCount(12);
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

test("many runs are compared by a plot each with the same axes, and a table with a run a row", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("swept"), "#/compare?runs=9,10,11,12,13,14,15,16,17,18,19,20");
  const plots = page.getByRole("region", { name: "A plot for each run, with the same axes" });
  await expect(plots.getByRole("img")).toHaveCount(12);
  await plots.getByLabel("Curves of", { exact: true }).selectOption("Top-1 accuracy");
  await expect(plots.getByRole("heading", { name: "one-hot, learning rate 0.02, seed 1" })).toBeVisible();
  await expect(plots.getByRole("img", { name: /^one-hot, learning rate 0\.02, seed 1, validation\. / })).toBeVisible();
  const table = page.getByRole("region", { name: "Settings, a run a row" });
  await expect(table.getByRole("rowheader")).toHaveCount(12);
  await expect(table.getByRole("columnheader")).toHaveText(["Run", "Label smoothing", "Learning rate", "Seed"], {
    ignoreCase: true,
  });
});
