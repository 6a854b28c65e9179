/** The page of calibration: opened from a run and from Compare. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("a run's confidence is looked at on the test pictures, in bins of equal width or of equal mass", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  await expect(page.getByText(/^The test pictures of this data set were looked at \d+ times:/)).toBeVisible();
  await page.getByRole("button", { name: "Calibration" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Can its confidence be trusted?");
  await expect(page.getByText(/^Calibration · test, \d+\spictures$/)).toBeVisible();
  const reliability = page.getByRole("region", { name: "Reliability", exact: true });
  const diagram = reliability.getByRole("img", {
    name: /^Reliability diagram of .*, test, \d+\spictures: ECE \(0 to 1\) 0\.\d{3}$/,
  });
  await expect(diagram).toBeVisible();
  await expect(reliability.getByText(/by chance alone on \d+ test pictures/)).toBeVisible();
  await reliability.getByText("The bins as a table").click();
  const rows = reliability.locator("tbody tr");
  await expect(rows).toHaveCount(15);
  const sumOf = async () =>
    (await rows.locator("td:nth-child(2)").allTextContents()).reduce((sum, text) => sum + Number(text), 0);
  const pictures = await sumOf();
  await reliability.getByRole("radio", { name: "Equal mass" }).check();
  await expect.poll(sumOf).toBe(pictures);
});

test("arms stand side by side, each with a temperature of the validation pictures and the optimum of its logit gap", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/compare?runs=1,2");
  await page.getByRole("button", { name: "Calibration" }).click();
  await expect(page.getByRole("img", { name: /^Reliability diagram/ })).toHaveCount(2);
  await expect(page.getByText(/^T = \d+\.\d{3}.*, fitted on \d+\svalidation pictures$/)).toHaveCount(2);
  await expect(page.getByRole("img", { name: /^Logit gap, validation\. .* Optimum, Smoothed/ })).toBeVisible();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page).toHaveURL(/#\/compare\?runs=1,2$/);
});
