/** Pictures parted anew in the window: what it comes to is shown before, kept after, and a leak that a finding names is mended. Nothing here trains. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { createRandom } from "../../src-main/platform/random.ts";
import { drawnScene, waysToCopy } from "../support/planted-copies.ts";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

/** Twelve patients with four pictures each, two of which are one saved anew; training and validation have two of each patient. */
async function leakingPatients(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "strata-patients-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const random = createRandom(1, "patients");
  for (let patient = 0; patient < 12; patient++) {
    const first = await drawnScene(2 * patient);
    const scans = [
      first,
      await drawnScene(2 * patient + 1),
      await waysToCopy.recompressed!(first, random),
      await drawnScene(100 + patient),
    ];
    for (const [number, bytes] of scans.entries()) {
      const path = join(
        folder,
        number < 2 ? "train" : "val",
        patient % 2 ? "ill" : "healthy",
        `patient${10 + patient}_${number}.jpg`,
      );
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }
  return folder;
}

const dialog = (page: Page) => page.getByRole("dialog", { name: "Make the split anew" });

test("a leak that a finding names is mended by the split that it leads to, which is shown before and kept after", async ({
  page,
  scenes,
}) => {
  const served = await scenes.own("nothing");
  await served.engine.datasets.inspect({ kind: "folder", path: await leakingPatients() });
  await openScene(page, served, "#/train");
  await page.getByRole("button", { name: "Health report of these pictures" }).click();
  const report = page.getByRole("dialog", { name: "Health of the pictures" });
  await report.getByRole("button", { name: "Check every pixel" }).click();
  const leak = report.getByRole("listitem").filter({ hasText: "12 groups of near-duplicates in different splits" });
  await expect(leak).toContainText("--split anew --split-group name:1");
  await leak.getByRole("button", { name: "Make the split anew…" }).click();
  await expect(report).toBeHidden();

  const groups = dialog(page).getByLabel("Keep together");
  await expect(groups.locator("option:checked")).toContainText("Part 1 of the name: 12 groups");
  const status = dialog(page).getByRole("status");
  await expect(status).toHaveText("40 training, 4 validation, 4 test. 12 groups, of which none is in two splits.");
  await dialog(page).getByLabel("Validation", { exact: true }).fill("50");
  await dialog(page).getByLabel("Test", { exact: true }).fill("50");
  await expect(dialog(page).getByRole("alert")).toHaveText("Too few are left for training.");
  await expect(dialog(page).getByRole("button", { name: "Use this split" })).toBeDisabled();
  await dialog(page).getByLabel("Validation", { exact: true }).fill("25");
  await dialog(page).getByLabel("Test", { exact: true }).fill("0");
  await expect(status).toHaveText(/^36 training, 12 validation, 0 test\./);
  expect(await axeViolations(page, "all")).toEqual([]);
  await dialog(page).getByRole("button", { name: "Use this split" }).click();

  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText(/, split 75\/25\/0 by part 1 of the name/).first()).toBeVisible();
  await expect(page.getByText("The validation pictures were made anew, and there are no test pictures.")).toBeVisible();
  await page.getByRole("button", { name: "Health report of these pictures" }).click();
  await report.getByRole("button", { name: "Check every pixel" }).click();
  await expect(report.getByRole("status")).toHaveText("Every pixel of 48 pictures was checked.");
  await expect(report.getByText(/near-duplicates in different splits/)).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Change the split…" }).click();
  await expect(dialog(page).getByLabel("Validation", { exact: true })).toHaveValue("25");
  await dialog(page).getByLabel("Keep together").selectOption("What stands at * in the path…");
  await dialog(page).getByLabel("Pattern").fill("nobody*_");
  await expect(dialog(page).getByText("No picture has a group by pattern:nobody*_.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Take the splits as found" }).click();
  await expect(page.getByRole("button", { name: "Make the split anew…" })).toBeVisible();
});
