/** What a person does on the Train page before the start. */
import { expect, type Page } from "@playwright/test";

export async function choosePictures(page: Page, pictures: number): Promise<void> {
  await page
    .getByRole("button", { name: /Choose how many|Other pictures/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: "Which pictures?" });
  await dialog.getByRole("radio", { name: "Drawn by Strata" }).check();
  await dialog.getByLabel("Pictures", { exact: true }).fill(String(pictures));
  await dialog.getByRole("button", { name: "Draw the pictures" }).click();
  await expect(page.getByText(`${pictures * 0.8} train`)).toBeVisible();
}

export async function setUpShortPair(page: Page, epochs: number): Promise<void> {
  await page.getByRole("radio", { name: /^AlexNet/ }).check();
  await page.getByRole("radio", { name: /^Compact/ }).check();
  await page.getByLabel("Epochs").fill(String(epochs));
}
