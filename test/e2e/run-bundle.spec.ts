/** A run that a person takes along in a file, and brings in again as from another machine. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("a run is exported as a file, imported under a new number, and marked as such", async ({ page, scenes }) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, "#/runs/2");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export for another Strata" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("strata-run-2-bundle.zip");
  const path = await saved.path();

  await page.evaluate("location.hash = '#/runs'");
  await expect(page.getByRole("button", { name: "Import runs" })).toBeVisible();
  await page.locator("input[type=file]").setInputFiles(path);
  await expect(page.getByText("1 run imported.")).toBeVisible();
  const mark = page.getByText("imported", { exact: true });
  await expect(mark).toBeVisible();
  await page.getByRole("row").filter({ has: mark }).getByRole("link").first().click();
  await expect(page.getByText("It was run 2 of a Strata", { exact: false })).toBeVisible();
  // Nothing of it can go on here, and it can be repeated and exported again.
  await expect(page.getByRole("button", { name: "Resume" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Export for another Strata" })).toBeVisible();

  await page.evaluate("location.hash = '#/runs'");
  const files = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["no bundle"], "pictures.zip"));
    return transfer;
  })()`);
  await page.dispatchEvent("main", "drop", { dataTransfer: files });
  await expect(page.getByText("The archive is damaged", { exact: false })).toBeVisible();
});
