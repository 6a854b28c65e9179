/** Labels mended in the window, by keyboard, saved as a version, compared, and chosen for training. Nothing here trains. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("pictures are relabelled, excluded and moved by keyboard, saved as a version that is chosen, and undone by choosing the disk", async ({
  page,
  scenes,
}) => {
  const served = await scenes.own("idle");
  await openScene(page, served, "#/train");
  await page.getByRole("button", { name: "Mend pictures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Mend pictures" });
  const grid = dialog.getByRole("listbox", { name: "Pictures to mend" });
  const selected = () => grid.locator("[aria-selected=true]");
  const changes = dialog.getByRole("region", { name: "Changes to be saved" }).getByRole("listitem");
  const save = dialog.getByRole("button", { name: "Save as a new version" });
  await expect(save).toBeDisabled();

  // Only what is in view is in the page.
  await expect(grid.getByRole("option").first()).toHaveAttribute("aria-setsize", "261");
  expect(await grid.getByRole("option").count()).toBeLessThan(120);

  await dialog.getByLabel("Show the class").selectOption("cat");
  await dialog.getByLabel("Show the split").selectOption("Training");
  await grid.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(selected()).toHaveCount(3);
  await page.keyboard.press("l");
  await page.keyboard.type("dog");
  await page.keyboard.press("Enter");
  await expect(grid).toBeFocused();
  await expect(changes).toHaveText(["3 pictures relabelled as dog"]);

  await page.keyboard.press("Control+a");
  const rest = await selected().count();
  await page.keyboard.press("3");
  await page.keyboard.press("Control+z");
  await expect(changes).toHaveCount(1);
  expect(rest).toBeGreaterThan(5);

  await grid.getByRole("option").nth(1).click();
  await page.keyboard.press("Delete");
  await expect(changes).toHaveText(["3 pictures relabelled as dog", "1 picture excluded"]);
  await dialog.getByLabel("becomes").fill("truck");
  await dialog.getByRole("button", { name: "Merge" }).click();
  await dialog.getByRole("button", { name: "Undo the last" }).click();

  await dialog.getByLabel("Note").fill("mended labels");
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("cifar10-mini, version 1 “mended labels”").first()).toBeVisible();
  const version = page.getByLabel("Version", { exact: true });
  await expect(version.locator("option:checked")).toHaveText("Version 1 “mended labels”");

  const to = mkdtempSync(join(tmpdir(), "strata-written-"));
  await page.getByRole("button", { name: "Mend pictures…" }).click();
  await dialog.getByRole("button", { name: "Write out as a folder…" }).click();
  const writeOut = page.getByRole("dialog", { name: "Write out as a folder" });
  await writeOut.getByLabel("Empty folder, or a new one").fill(to);
  await writeOut.getByRole("button", { name: "Write out here" }).click();
  await expect(writeOut.getByText(/260\s+pictures of 10\s+classes, .* were written to/)).toBeVisible();
  expect(readdirSync(to).sort()).toEqual(["test", "train", "validation"]);
  await page.keyboard.press("Escape");
  rmSync(to, { recursive: true });

  await page.getByRole("button", { name: "All versions…" }).click();
  const versions = page.getByRole("dialog", { name: "Versions of these pictures" });
  await versions.getByRole("button", { name: "Compare: Version 1" }).click();
  await expect(versions.getByText("3 relabelled, 1 left out; 257 unchanged.")).toBeVisible();
  await page.keyboard.press("Escape");

  await version.selectOption("As on disk");
  await expect(page.getByText("version 1 “mended labels”").filter({ visible: true })).toHaveCount(0);
  await expect(version.locator("option:checked")).toHaveText("As on disk");
});
