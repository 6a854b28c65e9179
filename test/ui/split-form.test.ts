import { expect, test } from "vitest";
import { splitAnew } from "../../src-main/contract/split-plan.ts";
import { formOf, planOf, type SplitForm } from "../../src-renderer/features/train/pictures/split/split-form.ts";
import { offeredText, previewText } from "../../src-renderer/features/train/pictures/split/split-texts.ts";

const usual = formOf(null);
const typed = (changes: Partial<SplitForm>) => planOf({ ...usual, ...changes });

test("a form that nobody touched is the usual split, and one that is recorded comes back whole", () => {
  expect(planOf(usual)).toEqual({ plan: splitAnew.parse({ kind: "anew" }), problems: {} });
  for (const group of [null, "name:2", "column:patient", "pattern:patient*_"]) {
    const plan = splitAnew.parse({
      kind: "anew",
      validationShare: 0.07,
      testShare: 0,
      seed: 9,
      group,
      isStratified: false,
    });
    expect(planOf(formOf(plan)).plan).toEqual(plan);
  }
  expect(formOf(null, "name:1").group).toBe("name:1");
});

test("a pattern may be typed as it is, or in the words of the command line", () => {
  expect(typed({ group: "pattern", pattern: " patient*_ " }).plan?.group).toBe("pattern:patient*_");
  expect(typed({ group: "pattern", pattern: "name:-1" }).plan?.group).toBe("name:-1");
});

test("what is wrong stands at its field", () => {
  expect(typed({ validation: "0" }).problems).toEqual({ validation: "At least 1." });
  expect(typed({ test: "much" }).problems).toEqual({ test: "A number, such as 0.1." });
  expect(typed({ seed: "1.5" }).problems).toEqual({ seed: "A whole number." });
  expect(typed({ validation: "50", test: "50" })).toEqual({
    ...{ plan: null, problems: { validation: "Too few are left for training." } },
  });
  expect(typed({ group: "pattern", pattern: "patient" }).problems).toEqual({
    pattern: "Put one * where the group stands, as in patient*_.",
  });
});

test("what is offered, and what it comes to, in words", () => {
  expect(offeredText({ group: "name:1", groups: 47, first: ["p1", "p2", "p3"] }).replaceAll(/\p{Cf}/gu, "")).toBe(
    "Part 1 of the name: 47 groups (p1, p2, p3 …)",
  );
  const counts = { train: 1_000, validation: 200, test: 0 };
  expect(
    previewText({ classes: [], counts, grouping: { groups: 47, ungrouped: 3 }, leftOut: ["owl"] }).replaceAll(
      /\p{Cf}/gu,
      "",
    ),
  ).toBe(
    "1,000 training, 200 validation, 0 test. 47 groups, of which none is in two splits. Of 3 pictures no group can be told: each stands for itself. Left without training pictures, and so left out: owl.",
  );
});
