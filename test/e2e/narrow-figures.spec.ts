/** The figures of a run on a narrow screen. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("what the columns are of is read there without a word that is broken in two", async ({ page, scenes }) => {
  await page.setViewportSize({ width: 320, height: 844 });
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  const heads = page.getByRole("table", { name: "Figures" }).getByRole("columnheader");
  await expect(heads).toHaveText([/Test, /, /Validation, /]);
  // The script's own words: it is run in the page.
  const broken =
    await page.evaluate(`[...document.querySelectorAll("table.narrow thead .name")].flatMap(({ firstChild }) =>
    [...firstChild.data.matchAll(/[^ ]+/g)].flatMap(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(firstChild, index);
      range.setEnd(firstChild, index + word.length);
      return range.getClientRects().length > 1 ? [word] : [];
    }))`);
  expect(broken).toEqual([]);
});
