/** Several networks in one experiment: picked from the shelf, told what each trains with, and trained so. */
import { expect } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

test("the depth lesson is five deeds from the Train page: each network at its own compact preset, with three seeds", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, "#/train");
  await page.getByText("Sweep", { exact: true }).click();
  await page.getByRole("button", { name: "Vary the network" }).click();
  await page.getByRole("button", { name: "One a family" }).click();
  await page.getByLabel("Seeds").fill("1, 2, 3");
  const table = page.getByRole("table", { name: "What each network trains with" });
  await expect(table.getByRole("row", { name: /^Linear SVM 1 32 0\.0005 0\.01 / })).toBeVisible();
  await expect(table.getByRole("row", { name: /^Inception-v3 0\.25 64 0\.002 0 / })).toBeVisible();
  const networks = (await table.getByRole("row").count()) - 1;
  await expect(page.getByText(`${networks} networks`)).toBeVisible();
  const runs = 3 * networks;
  await page.getByRole("button", { name: new RegExp(`^(Train|Queue) ${runs}\\sruns$`) }).click();
  await expect(page.getByRole("button", { name: "Pause experiment 3" })).toBeVisible();
});

test("networks are picked by keyboard, never typed, and what is alike in all of them is said before the start", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/train");
  await page.getByText("Sweep", { exact: true }).click();
  await page.getByRole("button", { name: "Vary the network" }).click();
  const start = page.getByRole("button", { name: /^Train 0\sruns$/ });
  await start.focus();
  await page.keyboard.press("Enter");
  const first = page.getByRole("checkbox", { name: /^Linear SVM/ });
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription("Choose the networks.");
  await page.keyboard.press("Space");
  await page.getByRole("checkbox", { name: /^AlexNet 2012/ }).check();
  await page.getByRole("checkbox", { name: /^Inception-v3 2015/ }).check();
  await page.getByLabel("Epochs", { exact: true }).fill("3");

  const region = page.getByRole("region", { name: "What each network trains with" });
  await expect(region.getByRole("columnheader", { name: "Width own preset" })).toBeVisible();
  await expect(page.getByText("Held equal: epochs 3.")).toBeVisible();
  await page.getByText("Same width", { exact: true }).click();
  await expect(page.getByText("Held equal: width 0.25, epochs 3.")).toBeVisible();
  await page.getByText("Same multiply-adds", { exact: true }).click();
  await page.getByLabel("Multiply-adds a picture").fill("10");
  await expect(region.getByRole("row", { name: /^AlexNet 0\.195 .* 9\.7 M of 10/ })).toBeVisible();
  await expect(region.getByRole("columnheader", { name: "Width by multiply-adds" })).toBeVisible();
  expect(await axeViolations(page, "all")).toEqual([]);

  await page.getByLabel("Epochs", { exact: true }).fill("4");
  await page.getByText("Same minutes", { exact: true }).click();
  await page.getByLabel("Minutes of training").fill("2");
  await expect(region.getByRole("columnheader", { name: "Epochs by minutes" })).toBeVisible();
  await expect(region.getByRole("row", { name: /^AlexNet about [\d.]+ of 2\.0 min / })).toBeVisible();
  expect(await axeViolations(page, "all")).toEqual([]);
  await page.getByText("Same multiply-adds", { exact: true }).click();

  await page.reload();
  await expect(page.getByRole("checkbox", { name: /^AlexNet 2012/ })).toBeChecked();
  await expect(page.getByLabel("Multiply-adds a picture")).toHaveValue("10");
});
