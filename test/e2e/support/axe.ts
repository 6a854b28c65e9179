/** axe-core over a page as it stands: every rule that it has, but for those of level AAA. */
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { z } from "zod";

const checks = z.array(z.object({ message: z.string() }));
const violations = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), any: checks, all: checks, none: checks })),
  }),
);

/**
 * One line a rule and element: `rule: selector: what is wrong`.
 * @param about `colour` asks the rules of colour alone, for a page that was asked all of them in other colours
 */
export async function axeViolations(page: Page, about: "all" | "colour"): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  // Experimental rules, and those that are off unless asked for, too.
  const values = axe
    .getRules(about === "colour" ? ["cat.color"] : undefined)
    .filter(({ tags }) => !tags.includes("wcag2aaa") && !tags.includes("deprecated"))
    .map(({ ruleId }) => ruleId);
  const options = JSON.stringify({ runOnly: { type: "rule", values }, resultTypes: ["violations"] });
  const found = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return violations
    .parse(found)
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, any, all, none }) =>
          `${id}: ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join(" ")}`,
      ),
    );
}
