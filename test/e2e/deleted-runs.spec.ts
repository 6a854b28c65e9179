/** Runs deleted and brought back by the keyboard alone: it never loses its place. */
import { expect } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

test("the keyboard stays in the list while rows are deleted, and brings them back days later", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.own("idle"), "#/runs");
  const buttons = page.locator("[data-deletes-row]");
  const all = await buttons.count();
  const names = await buttons.evaluateAll((each) => each.map((button) => button.getAttribute("aria-label")));
  await buttons.nth(2).focus();
  await page.keyboard.press("Enter");
  await expect(buttons).toHaveCount(all - 1);
  await expect(buttons.nth(2)).toBeFocused();
  await expect(buttons.nth(2)).toHaveAttribute("aria-label", names[3]!);
  await page.keyboard.press("Enter");
  await expect(buttons).toHaveCount(all - 2);
  // The notice with its undo goes by itself; this does not.
  await page.reload();

  await page.getByRole("button", { name: "Recently deleted" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  const back = dialog.getByRole("button", { name: /^Bring back/ });
  await expect(back).toHaveCount(2);
  expect(await axeViolations(page, "all")).toEqual([]);
  await back.first().focus();
  await page.keyboard.press("Enter");
  await expect(back).toHaveCount(1);
  await expect(back.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("No run was deleted in the last 30 days.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(buttons).toHaveCount(all);
});
