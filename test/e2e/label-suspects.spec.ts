/** From mistakes to labels: two folds are trained, what they take for mislabelled is mended in the window, trained on, and compared. Real training. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import sharp from "sharp";
import { createRandom } from "../../src-main/platform/random.ts";
import { trainingLimitMillis } from "../support/patience.ts";
import { openAt, type Strata, test } from "./support/strata.ts";

const perClass = 40;
const mislabelled = 3;

/** Reddish and bluish squares of noise; in each class some of the other's, by their names. */
async function writePictures(folder: string): Promise<void> {
  const random = createRandom(1, "colours");
  const square = (isRed: boolean) => {
    const pixels = Uint8Array.from({ length: 12 * 12 * 3 }, (_, at) => {
      const isStrong = at % 3 === (isRed ? 0 : 2);
      return (isStrong ? 150 : 30) + random.integer(80);
    });
    return sharp(pixels, { raw: { width: 12, height: 12, channels: 3 } })
      .png()
      .toBuffer();
  };
  for (const name of ["blue", "red"]) {
    await mkdir(join(folder, "train", name), { recursive: true });
    await mkdir(join(folder, "test", name), { recursive: true });
    for (let number = 0; number < perClass; number++) {
      const isWrong = number < mislabelled;
      const file = `${isWrong ? "wrong" : "right"}-${number}.png`;
      await writeFile(join(folder, "train", name, file), await square((name === "red") !== isWrong));
      if (number < 10) await writeFile(join(folder, "test", name, `${number}.png`), await square(name === "red"));
    }
  }
}

/** A run, and two that hold out a half of the training pictures each. */
async function trainWithFolds(strata: Strata): Promise<void> {
  const folder = join(strata.home, "colours");
  await writePictures(folder);
  const set = ["--data", folder, "--model", "lenet5", "--epochs", "6", "--batch", "16", "--seed", "3", "--json"];
  for (const fold of [[], ["--fold", "1", "--folds", "2"], ["--fold", "2", "--folds", "2"]])
    await strata.command("train", ...set, ...fold);
}

test("suspects are gone through by keyboard, saved as a version, retrained on, and compared on what is unchanged", async ({
  page,
  strata,
}) => {
  await trainWithFolds(strata);
  await openAt(page, strata.address, "#/runs/1");
  await page.getByRole("button", { name: "Label suspects…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Label suspects" });
  await expect(
    dialog.getByText(
      "run 1, about the test pictures, which it did not learn from; of runs 2 and 3, each about the fold that it held out.",
    ),
  ).toBeVisible();
  const card = dialog.getByRole("region", { name: "Suspect" });
  await expect(card).toBeFocused();
  await expect(card).toHaveAccessibleDescription(/^Labelled (red|blue), looks like (blue|red)$/);
  await expect(card.getByRole("img")).toHaveAccessibleName(/^Training picture train\/(red|blue)\/wrong-/);
  await expect(card.getByRole("row", { name: /^Run [23], fold [12] of 2 (red|blue)/ })).toHaveCount(1);
  const save = dialog.getByRole("button", { name: "Save as a new version" });
  await expect(save).toBeDisabled();

  const first = await card.getByRole("img").getAttribute("alt");
  await page.keyboard.press("k");
  await expect(dialog.getByRole("status")).toContainText("keeps its label. 2 of");
  await page.keyboard.press("u");
  await expect(card.getByRole("img")).toHaveAttribute("alt", first!);
  await page.keyboard.press("a");
  // Closed and opened again, it goes on where it was.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Label suspects…" }).click();
  await expect(dialog.getByText("1 relabelled, 0 excluded, 0 kept.")).toBeVisible();
  await card.getByRole("button", { name: /^It is/ }).click();
  await expect(dialog.getByText("2 relabelled, 0 excluded, 0 kept.")).toBeVisible();
  await expect(dialog.getByLabel("Note")).toHaveValue("label suspects of runs 1 to 3");
  await save.click();
  const saved = dialog.getByText(
    "Saved as version 1 “label suspects of runs 1 to 3”: 2 relabelled, 0 excluded, 0 kept.",
  );
  await expect(saved).toBeVisible();

  await dialog.getByRole("button", { name: "Retrain with the mended labels" }).click();
  await expect(page.getByRole("status").filter({ hasText: "As run 1, LeNet-5" })).toContainText(
    "The pictures are another version of the data set that it was trained on.",
  );
  await expect(page.getByText("colours, version 1 “label suspects of runs 1 to 3”").first()).toBeVisible();
  expect(strata.row("SELECT count(*) AS n FROM runs").n).toBe(3);
  await page.getByRole("button", { name: /^Train 1\srun$/ }).click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  const relabelled = strata.row(`
    SELECT count(*) AS n FROM examples JOIN runs USING (dataset_id) WHERE runs.id = 4 AND name LIKE '%wrong%'
      AND label <> (SELECT label FROM examples AS before JOIN runs ON runs.dataset_id = before.dataset_id AND runs.id = 1 WHERE before.name = examples.name)`);
  expect(relabelled.n).toBe(2);

  await page.goto(new URL("#/compare?runs=4", page.url()).href);
  const before = page.getByRole("listitem").filter({ hasText: "colours · top-1" });
  await expect(before.filter({ hasText: "trained on other pictures" })).toHaveCount(2);
  await before.filter({ hasNotText: "trained on other pictures" }).getByRole("button").click();
  await expect(page).toHaveURL(/runs=4,1$/);
  await expect(
    page.getByText(/over the 20\stest pictures that both versions have unchanged, one seed/).first(),
  ).toBeVisible();
  await expect(page.getByText(/label or split for them: 0 of colours, version 1 .*, 0 of colours\./)).toBeVisible();
  await expect(page.getByRole("row", { name: /^Pictures .*version 1/ })).toBeVisible();
});
