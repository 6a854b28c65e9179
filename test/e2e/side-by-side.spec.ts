/** Runs that train side by side, seen and reached on Live, and how many of them there are, chosen in the window. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";
import { openAt, test as servedTest } from "./support/strata.ts";

test("each of two runs is opened by keyboard, and what takes the place of one that was stopped is there at once", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("side-by-side");
  await openScene(page, scene, "#/live");
  const strips = page.getByRole("list", { name: "Training side by side" }).getByRole("button");
  await expect(strips).toHaveCount(2);
  await expect(page.getByText(/^Experiment 3: 0 of 4.runs over/)).toBeVisible();
  await expect(strips.first()).toHaveAttribute("aria-current", "true");
  const title = page.getByRole("heading", { level: 1 });
  const first = (await title.textContent()) ?? "";

  await strips.nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(title).not.toHaveText(first);
  await expect(strips.nth(1)).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("progressbar")).toHaveCount(3);

  const second = (await title.textContent()) ?? "";
  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop and keep" }).click();
  await expect(page.getByText(/^Experiment 3: 1 of 4.runs over/)).toBeVisible();
  // The one that waited has its place, and the page stays with what is going.
  await expect(strips).toHaveCount(2);
  await expect(title).not.toHaveText(second);
});

servedTest("how many runs go at once is chosen under This machine, and kept", async ({ page, strata }) => {
  await strata.kill();
  await strata.start({ STRATA_RUNS_AT_ONCE: "" });
  await openAt(page, strata.address, "#/about");
  const choice = page.getByLabel("Runs at once");
  await expect(choice).toHaveValue("fastest");
  await choice.selectOption("1");
  await page.reload();
  await expect(choice).toHaveValue("1");
  expect(strata.row("SELECT runs_at_once FROM machine")).toEqual({ runs_at_once: "1" });
});
