/** The health report of pictures with something wrong of every kind: what is found, its pictures, what to do, and how it is reached. */
import { expect, type Page } from "@playwright/test";
import { plantedProblems } from "../support/scenes/planted-problems.ts";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

const report = (page: Page) => page.getByRole("dialog", { name: "Health of the pictures" });
const finding = (page: Page, title: RegExp) =>
  report(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: title }) });

/** What is planted; the names of the pictures that its first group opens. */
const byNames = [
  [/“dog” in the validation pictures is probably “dogs”/, "Give the class one name everywhere", null],
  [/Fewer than 20 training pictures of 1 class$/, "Add pictures", null],
  [/Classes of very different size/, "Compare accuracy with that figure", null],
] as const;
const byPixels = [
  [
    /6 groups of near-duplicates in different splits/,
    "Keep each group in one split",
    ["train/cats/0.jpg", "val/cats/resized.png"],
  ],
  [
    /1 group of near-duplicates in different classes/,
    "exclude what stands under the wrong class",
    ["train/cats/20.jpg", "train/dogs/a cat.jpg"],
  ],
  [
    /1 group of near-duplicates in one class and split/,
    "Keep one of each",
    ["train/dogs/20.jpg", "train/dogs/again.jpg"],
  ],
  [/2 pictures of one colour all over/, "Look at each", ["train/cats/black.png"]],
  [/1 picture blurred/, "Look at each", ["train/cats/blurred.jpg"]],
  [/1 picture without colour/, "Make all pictures grey or none", ["train/dogs/grey.jpg"]],
] as const;

/** Each of them offers its remedy, and opens its pictures, loaded, with their names where pictures are what it is about. */
async function expectFindings(page: Page, planted: typeof byNames | typeof byPixels): Promise<void> {
  for (const [title, remedy, names] of planted) {
    const found = finding(page, title);
    await expect(found).toContainText(`What to do:`);
    await expect(found).toContainText(remedy);
    const group = found.getByRole("list", { name: "Pictures of this finding" }).getByRole("button").first();
    await group.click();
    await expect(group).toHaveAttribute("aria-expanded", "true");
    const opened = found.getByRole("figure");
    if (names) await expect(opened).toHaveText(names);
    for (const figure of await opened.all())
      await expect
        .poll(() => figure.getByRole("img").evaluate((image) => ("naturalWidth" in image ? image.naturalWidth : 0)))
        .toBeGreaterThan(0);
    await group.click();
    await expect(opened).toHaveCount(0);
  }
}

async function openReport(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Health report of these pictures" }).click();
  await expect(report(page)).toBeVisible();
}

test("the health report shows each finding with its pictures and what to do, by names and counts, then by every pixel", async ({
  page,
  scenes,
}) => {
  const served = await scenes.own("nothing");
  await served.engine.datasets.inspect({ kind: "folder", path: await plantedProblems() });
  await openScene(page, served, "#/train");
  await openReport(page);
  await expect(finding(page, /near-duplicates/)).toHaveCount(0);
  await expectFindings(page, byNames);
  const check = report(page).getByRole("button", { name: "Check every pixel" });
  await check.focus();
  await page.keyboard.press("Enter");
  await expect(report(page).getByRole("status")).toHaveText("Every pixel of 80 pictures was checked.");
  // The focus has not been lost with the check.
  await expect(report(page).getByRole("button", { name: "Check again" })).toBeFocused();
  await expectFindings(page, byPixels);

  // The keyboard comes to the findings in their order, behind the check, and back to where it came from.
  await report(page).getByRole("button", { name: "Check again" }).focus();
  await page.keyboard.press("Tab");
  const first = report(page).getByRole("listitem").first().getByRole("button").first();
  await expect(first).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(report(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Health report of these pictures" })).toBeFocused();
});

test("the health report with pictures open has no violation of axe-core's rules, and fits a narrow window", async ({
  page,
  scenes,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const served = await scenes.own("nothing");
  await served.engine.datasets.inspect({ kind: "folder", path: await plantedProblems() });
  await openScene(page, served, "#/train");
  await openReport(page);
  await report(page).getByRole("button", { name: "Check every pixel" }).click();
  await expect(report(page).getByRole("button", { name: "Check again" })).toBeVisible();
  await finding(page, /different splits/)
    .getByRole("list", { name: "Pictures of this finding" })
    .getByRole("button")
    .first()
    .click();
  const found: string[] = [];
  for (const width of [1280, 390])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const violation of await axeViolations(page, "all")) found.push(`${colorScheme}, ${width} px: ${violation}`);
      const [needed, there] = await report(page)
        .locator(".body")
        .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
      expect(needed).toBe(there);
    }
  expect(found).toEqual([]);
});

test("a finding leads to its pictures in the grid that mends them, and to all from there", async ({ page, scenes }) => {
  const served = await scenes.own("nothing");
  await served.engine.datasets.inspect({ kind: "folder", path: await plantedProblems() });
  await openScene(page, served, "#/train");
  await openReport(page);
  const toMend = (title: RegExp) => finding(page, title).getByRole("button", { name: "Show and mend its pictures…" });
  const mend = page.getByRole("dialog", { name: "Mend pictures" });
  const pictures = mend.getByRole("listbox", { name: "Pictures to mend" }).getByRole("option");
  await toMend(/Fewer than 20 training pictures/).click();
  await expect(report(page)).toBeHidden();
  await expect(pictures).toHaveCount(7);
  for (const picture of await pictures.all()) await expect(picture).toHaveAccessibleName(/owls/);
  await page.keyboard.press("Escape");

  await openReport(page);
  await report(page).getByRole("button", { name: "Check every pixel" }).click();
  await toMend(/1 picture blurred/).click();
  await expect(pictures).toHaveCount(1);
  await expect(mend).toContainText(/Only the 1.picture of: 1.picture blurred/);
  await mend.getByRole("button", { name: "Show all pictures" }).click();
  await expect(pictures.first()).toHaveAttribute("aria-setsize", "80");
});

test("a check of every pixel can be stopped, and asked for again", async ({ page, scenes }) => {
  const served = await scenes.own("nothing");
  await served.engine.datasets.inspect({ kind: "drawn", pictures: 6_000, pixels: 32, difficulty: 0.3, seed: 1 });
  await openScene(page, served, "#/train");
  await openReport(page);
  const check = report(page).getByRole("button", { name: "Check every pixel" });
  await check.click();
  await expect(report(page).getByRole("status")).toHaveText(/^[\d,]+ of 6,000\spictures checked$/);
  await report(page).getByRole("button", { name: "Stop" }).click();
  await expect(check).toBeFocused();
  await check.click();
  await expect(report(page).getByRole("status")).toHaveText(/^[\d,]+ of 6,000\spictures checked$/);
  await expect(report(page).getByRole("alert")).toHaveCount(0);
  await report(page).getByRole("button", { name: "Stop" }).click();
});
