/** The page of classes: a cell of the confusion matrix opens all its pictures, of one run too. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("what is mixed up opens its pictures, as many as were counted, and a cell of the keyboard does too", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  await page.getByRole("button", { name: "Classes", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Which classes does it know?");
  const most = page.getByRole("button", { name: /^\S+ as \S+: \d+$/ }).first();
  const [, truth, said, count] = /^(\S+) as (\S+): (\d+)$/.exec((await most.textContent())?.trim() ?? "") ?? [];
  await most.click();
  const pictures = page.getByRole("region", { name: `${truth} predicted as ${said}` });
  await expect(pictures.getByRole("img")).toHaveCount(Number(count));
  await expect(pictures.getByRole("status")).toContainText(`${count}`);
  await pictures.getByRole("button", { name: "Close" }).click();
  await expect(pictures).toHaveCount(0);

  const matrix = page.getByRole("button", { name: /^Confusion matrix, .* Arrow keys move/ });
  await matrix.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: /, predicted correctly$/ })).toBeVisible();
});

test("a cell of the matrix on a run's page leads to its pictures", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  const matrix = page.getByRole("button", { name: /Arrow keys move from cell to cell/ });
  await matrix.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/classes\?runs=1&cell=0,0$/);
  await expect(page.getByRole("region", { name: /, predicted correctly$/ })).toBeVisible();
});

test("of two arms one less the other is drawn, and the table is sorted by a figure", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/classes?runs=1,2");
  await page.getByLabel("Run", { exact: true }).selectOption("difference");
  await page.getByRole("radio", { name: "% of true class" }).check();
  await expect(page.getByRole("img", { name: /^Scale from −\d+ to \+\d+$/ })).toBeVisible();
  const table = page.getByRole("region", { name: "Precision, recall and F1 of each class" });
  const recall = table.getByRole("columnheader", { name: "Recall" }).first();
  await recall.getByRole("button").click();
  await expect(recall).toHaveAttribute("aria-sort", "ascending");
});

test("names beside a matrix have their room in the type that they are drawn in, also where it comes late", async ({
  page,
  scenes,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openScene(page, await scenes.shared("idle"), "#/classes?runs=1");
  const matrix = page.locator(".matrix").first();
  // Where the cells begin, beside the longest name.
  const room = async () => Number(await matrix.locator("rect.ground").getAttribute("x"));
  await expect(matrix).toBeVisible();
  await page.evaluate("document.fonts.ready");
  await expect.poll(room).toBeGreaterThan(0);
  const whole = await room();

  let isHeld = true;
  await page.route(/\.woff2$/, async (route) => {
    while (isHeld) await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue();
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.reload({ waitUntil: "commit" });
  await expect(matrix).toBeVisible();
  expect(await room()).not.toBe(whole);
  isHeld = false;
  await expect.poll(room).toBe(whole);
});
