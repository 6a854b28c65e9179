/** Arms with names: put together by keyboard, trained in step over several seeds, and seen as one experiment. */
import { expect } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

test("three named arms over two seeds are started from the page and seen as one experiment", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, "#/train");
  const name = (arm: string) => page.getByLabel(`Arm ${arm}: name`);
  await page.getByRole("radio", { name: "Named arms" }).check();
  await name("B").fill("smoothed");
  await page.getByRole("button", { name: "Arm B: change a setting" }).press("Enter");
  await expect(page.getByLabel("Arm B: change 1")).toBeFocused();
  await page.getByLabel("Arm B: label smoothing").fill("0.1");

  await page.getByRole("button", { name: "Add an arm" }).press("Enter");
  await expect(name("C")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("wrong labels");
  await page.getByRole("button", { name: "Arm C: change a setting" }).press("Enter");
  await page.getByLabel("Arm C: change 1").selectOption("Label noise");
  await page.getByLabel("Arm C: label noise").fill("120");
  await expect(page.getByLabel("Arm C: label noise")).toHaveAccessibleDescription("At most 100.");
  await page.getByLabel("Arm C: label noise").fill("20");
  await page.getByLabel("Seeds", { exact: true }).fill("1, 2");
  await expect(page.getByText(/^6\sruns, about\s/)).toBeVisible();
  expect(await axeViolations(page, "all")).toEqual([]);

  await page.getByRole("button", { name: /^Train 6\sruns$/ }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/./);
  await openScene(page, scene, "#/experiments/3");
  const table = page.getByRole("region", { name: "Settings and what they came to" }).getByRole("table");
  await expect(table.getByRole("row", { name: /^Base / })).toBeVisible();
  await expect(table.getByRole("row", { name: /^smoothed / })).toBeVisible();
  await expect(table.getByRole("row", { name: /^wrong labels / })).toBeVisible();
  // What each arm sets stands above, and no setting of theirs as if all had one value.
  await expect(page.getByText(/smoothed.*: smoothed ε = 0\.1; .*wrong labels.*: label noise 20\s%/)).toBeVisible();
  await expect(page.getByRole("term").filter({ hasText: /^Label smoothing$/ })).toHaveCount(0);
});

test("arms are renamed and removed by keyboard, and what the start waits for is led to", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/train");
  const arms = page.getByRole("list", { name: "Arms", exact: true }).locator("> li");
  const name = (arm: string) => page.getByLabel(`Arm ${arm}: name`);
  await page.getByRole("radio", { name: "Named arms" }).check();
  await expect(page.getByRole("button", { name: "Remove arm A" })).toBeHidden();
  for (const _ of ["C", "D", "E", "F"]) await page.getByRole("button", { name: "Add an arm" }).press("Enter");
  await expect(arms).toHaveCount(6);
  await expect(page.getByRole("button", { name: "Add an arm" })).toBeHidden();
  await page.getByRole("button", { name: "Remove arm F" }).press("Enter");
  await expect(name("E")).toBeFocused();
  for (const _ of ["C", "D", "E"]) await page.getByRole("button", { name: "Remove arm C" }).press("Enter");
  await expect(arms).toHaveCount(2);
  await expect(name("B")).toBeFocused();

  const start = page.getByRole("button", { name: /^Train 2\sruns$/ });
  await start.press("Enter");
  const change = page.getByRole("button", { name: "Arm B: change a setting" });
  await expect(change).toBeFocused();
  await expect(change).toHaveAccessibleDescription("The same as arm A: nothing would differ.");
  await change.press("Enter");
  await page.getByLabel("Arm B: change 1").selectOption("Horizontal flips");
  await expect(page.getByText(/They train one by one, since they differ in horizontal flips\.$/)).toBeVisible();
  await expect(start).toBeEnabled();
  await name("B").fill("Base");
  await expect(name("B")).toHaveAccessibleDescription("Another arm has this name.");
  await start.press("Enter");
  await expect(name("B")).toBeFocused();
});
