/** Figures on a page as it stands that do not say their split, their unit or their number of pictures. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { z } from "zod";

const inPage = readFileSync(new URL("figures-in-page.js", import.meta.url), "utf8");

/** One line a figure: what is shown, and what it does not say. */
export async function unnamedFigures(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("'unnamedFigures' in globalThis"))) await page.evaluate(inPage);
  return z.array(z.string()).parse(await page.evaluate("unnamedFigures()"));
}
