/** The page of calibration: opened from a run and from Compare. */
import { readFileSync } from "node:fs";
import { expect, type Locator } from "@playwright/test";
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

test("its diagrams, and an experiment's chart of outcomes, are saved as they are seen and as tables", async ({
  page,
  scenes,
}) => {
  const saved = async (group: Locator, name: string): Promise<readonly [name: string, text: string]> => {
    const download = page.waitForEvent("download");
    await group.getByRole("button", { name, exact: true }).click();
    const file = await download;
    return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
  };
  await openScene(page, await scenes.shared("idle"), "#/calibration?runs=1");
  const diagram = page.getByRole("group", { name: /^Save reliability of / });
  const [svgName, svg] = await saved(diagram, "SVG");
  expect(svgName).toMatch(/^reliability-of-.*\.svg$/);
  expect(svg).toMatch(/^<svg viewBox="0 0 [\d.]+ [\d.]+"/);
  // The band is seen through, without a style sheet.
  expect(svg).toContain('fill-opacity="0.22"');
  const [, csv] = await saved(diagram, "CSV");
  const [head, ...bins] = csv.trim().split("\n");
  expect(head).toContain("split,pictures,unit,binning");
  expect(bins).toHaveLength(15);
  expect((await saved(diagram, "PNG"))[1].slice(1, 4)).toBe("PNG");

  await openScene(page, await scenes.shared("swept"), "#/experiments/3");
  const outcomes = page.getByRole("group", { name: /^Save top-1 on the / });
  expect((await saved(outcomes, "SVG"))[1]).toMatch(/^<svg viewBox="0 0 [\d.]+ 300"/);
  const [, points] = await saved(outcomes, "CSV");
  expect(points).toMatch(
    /^figure,split,pictures,unit,along,level,line,finished,mean,low,high\ntop1,validation,20,fraction,/,
  );
});
