/** Label noise by a matrix, typed or from a file, judged where it stands. Nothing here trains. */
import { expect } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

test("what classes become is typed, begun with a line for each class, or read from a file", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/train");
  await page.getByRole("radio", { name: "One run" }).check();
  await page.getByText("More settings").click();
  const field = page.getByLabel("Noise matrix");
  await expect(field).toHaveCount(0);
  await page.getByLabel("Kind of label noise").selectOption("matrix");
  await expect(field).toBeVisible();
  // A matrix is meant whole.
  await expect(page.getByLabel("Label noise", { exact: true })).toHaveValue("100");

  await page.getByRole("button", { name: "A line for each class" }).click();
  await expect(field).toHaveValue(/^airplane,automobile,0\.2\n(.+\n){8}truck,airplane,0\.2$/);
  await expect(page.getByRole("button", { name: "A line for each class" })).toHaveCount(0);
  expect(await axeViolations(page, "all")).toEqual([]);

  await field.fill("cat,dog,0.7\ncat,deer,0.4");
  await expect(
    page.getByRole("alert").filter({ hasText: "The shares of “cat” come to 1.1, more than 1." }),
  ).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");

  await field.fill("cat,wolf,0.3");
  await expect(page.getByRole("alert").filter({ hasText: "“wolf” is no class of these pictures" })).toBeVisible();

  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose a CSV or JSON file…" }).click(),
  ]);
  await chooser.setFiles({
    name: "noise.json",
    mimeType: "application/json",
    buffer: Buffer.from('{"cat":{"dog":0.3}}'),
  });
  await expect(field).toHaveValue('{"cat":{"dog":0.3}}');
  await expect(field).toHaveAttribute("aria-invalid", "false");

  await page.reload();
  await page.getByText("More settings").click();
  await expect(field).toHaveValue('{"cat":{"dog":0.3}}');
});
