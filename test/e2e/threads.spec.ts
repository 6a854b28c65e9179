/** The cores that train, chosen in the window: by keyboard, in every window at once, and for good. */
import { availableParallelism } from "node:os";
import { expect, type Page } from "@playwright/test";
import { serveScene } from "../support/scenes/serve-scene.ts";
import { openAt, test } from "./support/strata.ts";

const cores = availableParallelism();

test("a core is left free by keyboard; other windows, a reload and the next engine keep to it, until one is told otherwise", async ({
  page,
  context,
  strata,
}) => {
  test.skip(cores === 1, "one core leaves no choice");
  await page.goto(strata.address);
  const machine = page.getByRole("link", { name: /choose how many cores train/ });
  await machine.focus();
  await page.keyboard.press("Enter");
  const choiceIn = (window: Page) =>
    window.getByRole("region", { name: "This machine" }).getByLabel("Cores to train with");
  const choice = choiceIn(page);
  await expect(choice).toHaveValue("all");
  await expect(choice).toHaveAccessibleDescription(/^Counts from the next run that begins/);
  const other = await context.newPage();
  await openAt(other, strata.address, "#/about");
  await expect(choiceIn(other)).toHaveValue("all");

  await choice.focus();
  await page.keyboard.press("ArrowDown");
  await expect(choice).toHaveValue("all-but-one");
  await expect(choiceIn(other)).toHaveValue("all-but-one");
  await page.reload();
  await expect(choice).toHaveValue("all-but-one");
  expect(strata.row("SELECT threads FROM machine")).toEqual({ threads: "all-but-one" });

  await strata.kill();
  await strata.start();
  await openAt(page, strata.address, "#/about");
  await expect(choice).toHaveValue("all-but-one");
  await expect(choice).toBeEnabled();

  await strata.kill();
  await strata.start({ STRATA_THREADS: "all" });
  await openAt(page, strata.address, "#/about");
  await expect(choice).toHaveValue("all");
  await expect(choice).toBeDisabled();
  await expect(page.getByText(/started with --threads or STRATA_THREADS/)).toBeVisible();
});

test("the time on the Train page is asked for again when another window chooses", async ({ page, context }) => {
  test.skip(cores === 1, "one core leaves no choice");
  const scene = await serveScene("idle");
  await openAt(page, scene.address, "#/train");
  const time = page.getByText(/^2\sruns, about\s\d+\s\w+ on this machine/);
  await expect(time).toBeVisible();
  const before = (await time.textContent()) ?? "";
  const other = await context.newPage();
  await openAt(other, scene.address, "#/about");
  await other.getByLabel("Cores to train with").selectOption("all-but-one");
  // The script takes a core's share of the time with each core.
  await expect(time).not.toHaveText(before);
  await scene.close();
});
