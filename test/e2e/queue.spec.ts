/** The queue by keyboard, and the answer to an interrupted training, in every page. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("what was interrupted is asked about on every page; left, it stays interrupted and the queue goes on", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("interrupted");
  for (const place of ["train", "runs", "live"]) {
    await openScene(page, scene, `#/${place}`);
    await expect(page.getByText("Strata ended while Inception-v3")).toBeVisible();
    await expect(page.getByText("3 jobs behind it wait for your answer.")).toBeVisible();
  }
  await page.getByRole("button", { name: "Leave it" }).click();
  await expect(page.getByText("Strata ended while")).toBeHidden();
  await expect(page.getByRole("button", { name: "Stop and keep" })).toBeVisible();
});

test("the queue is held, moved by keyboard with every move announced, and goes on", async ({ page, scenes }) => {
  const scene = await scenes.own("interrupted");
  await openScene(page, scene, `#/live`);
  const list = page.getByRole("list", { name: "Waiting" });
  await expect(list.getByRole("listitem")).toHaveCount(3);
  const order = () => list.locator("li").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-run")));
  expect(await order()).toEqual(["10", "11", "12"]);

  await list.locator('[data-run="12"] [data-move="front"]').focus();
  await page.keyboard.press("Enter");
  await expect.poll(order).toEqual(["12", "10", "11"]);
  await expect(page.getByText(/is now 1 of 3\.$/)).toHaveCount(1);
  // The first has no way up, so the focus goes to what its row still has.
  await expect(list.locator('[data-run="12"] [data-move="down"]')).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(order).toEqual(["10", "12", "11"]);
  await expect(list.locator('[data-run="12"] [data-move="down"]')).toBeFocused();

  await list
    .getByRole("button", { name: /^Remove / })
    .first()
    .click();
  await expect.poll(order).toEqual(["12", "11"]);
  await page.getByRole("button", { name: "Resume the queue" }).click();
  await expect(page.getByRole("button", { name: "Hold the queue" })).toBeVisible();
  await expect.poll(order).toEqual(["11"]);
});

test("an experiment over two settings and three seeds is set up with its runs and its time said before it starts, waits as so many runs, and is a table on record", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, `#/train`);
  await page.getByText("Sweep", { exact: true }).click();
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Values of label smoothing").fill("0, 0.1");
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Setting 2").selectOption("Learning rate");
  await page.getByLabel("Values of learning rate").fill("0.01, many");
  await expect(page.getByText("many is not a value of this setting.")).toBeVisible();
  await page.getByLabel("Values of learning rate").fill("0.01, 0.1");
  await page.getByLabel("Seeds").fill("1, 2, 3");
  await expect(page.getByText(/^12\s+runs, about\s/)).toBeVisible();
  await page.getByRole("button", { name: /^Train 12\sruns$/ }).click();
  await expect(page.getByRole("button", { name: "Pause experiment 3" })).toBeVisible();
  await openScene(page, scene, `#/runs`);
  await page
    .getByRole("region", { name: "Experiments", exact: true })
    .getByRole("link", { name: "Experiment 3" })
    .click();
  const table = page.getByRole("region", { name: "Settings and what they came to" }).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(6);
  await expect(table.getByRole("row", { name: /^0\.1 0\.01/ })).toBeVisible();
});
