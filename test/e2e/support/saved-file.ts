/** What a button that saves hands over. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";

/** Presses the button of this name, and answers the file's name and bytes. */
export async function savedFile(page: Page, of: Locator, button: string): Promise<readonly [string, Buffer]> {
  const download = page.waitForEvent("download");
  await of.getByRole("button", { name: button, exact: true }).click();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
}
