/** axe-core over a page as it stands: every rule that it has, but for those of level AAA. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type axe from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/**
 * One line a rule and element: `rule: selector: what is wrong`.
 * @param about `colour` asks the rules of colour alone, for a page that was asked all of them in other colours
 */
export async function axeViolations(page: Page, about: "all" | "colour"): Promise<readonly string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(source);
  return await page.evaluate(async (isColourAlone) => {
    const { axe } = window;
    if (!axe) throw new Error("axe-core did not start");
    // Experimental rules, and those that are off unless asked for, too.
    const asked = axe
      .getRules(isColourAlone ? ["cat.color"] : undefined)
      .filter(({ tags }) => !tags.includes("wcag2aaa") && !tags.includes("deprecated"));
    const { violations } = await axe.run(document, {
      runOnly: { type: "rule", values: asked.map(({ ruleId }) => ruleId) },
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, any, all, none }) =>
          `${id}: ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join(" ")}`,
      ),
    );
  }, about === "colour");
}
