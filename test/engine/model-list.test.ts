import { expect, it } from "vitest";
import { architectureOf, modelList } from "../../src-main/engine/models/model-list.ts";

it("the model list is made once", () => {
  expect(modelList()).toBe(modelList());
});

it("a network asked for again is the one that was made, unless a hundred others were asked for since", () => {
  const asked = { id: "lenet5", classes: 7 };
  const first = architectureOf(asked);
  expect(architectureOf({ ...asked })).toBe(first);
  expect(architectureOf({ ...asked, classes: 8 }).classes).toBe(8);
  for (let classes = 10; classes < 110; classes++) architectureOf({ id: "lenet5", classes });
  expect(architectureOf(asked)).not.toBe(first);
  expect(architectureOf(asked)).toEqual(first);
});
