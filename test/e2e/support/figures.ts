/** Figures on a page as it stands that do not say their split, their unit or their number of pictures. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { unnamedFigure } from "../../support/figure-rule.ts";

const inPage = readFileSync(new URL("figures-in-page.js", import.meta.url), "utf8");
const shownNumbers = z.object({
  hash: z.string(),
  found: z.array(z.object({ said: z.string(), own: z.string(), around: z.string(), heading: z.string() })),
});

/** Sheets without a measured figure of a run, by their page and heading. */
const others: readonly (readonly [page: RegExp, heading: RegExp])[] = [
  // ImageNet figures of papers, each with its source; the person's own runs stand in a table of their own.
  [/^#\/lessons\/depth/, /^Published figures/],
  // Calculated from the numbers that a person sets there.
  [/^#\/(?:lessons|present)\/smoothing/, /^The target/],
  // What a word means, by made-up numbers.
  [/^#\/glossary/, /^/],
];

/** One line a figure: what is shown, and what it does not say. */
export async function unnamedFigures(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("'shownNumbers' in globalThis"))) await page.evaluate(inPage);
  const { hash, found } = shownNumbers.parse(await page.evaluate("shownNumbers()"));
  const ofRuns = found.filter(({ heading }) => !others.some(([of, head]) => of.test(hash) && head.test(heading)));
  return [...new Set(ofRuns.flatMap((one) => unnamedFigure(one) ?? []))];
}
