// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { ClassPlanesState } from "../../../src-renderer/features/predict/class-planes.svelte.ts";
import { scriptedEngine } from "./scripted-engine.ts";

const from = [1, 2].map((runId) => ({ kind: "run", runId }) as const);

test("the classes that the first network suggests are asked of the others", async () => {
  const asked: unknown[] = [];
  const { api } = scriptedEngine({
    "inference.classPlane": (question) => {
      asked.push(question);
      return { places: [3, 5, 8], row: "fc7", channels: 4, splits: [] };
    },
  });
  const state = new ClassPlanesState(api);
  await state.load({ from, places: null });
  expect(asked).toEqual([
    { from: from[0], places: null },
    { from: from[1], places: [3, 5, 8] },
  ]);
  expect(state.found?.planes).toHaveLength(2);
  await state.load({ from, places: [0, 1, 2] });
  expect(asked.slice(2)).toEqual(from.map((one) => ({ from: one, places: [0, 1, 2] })));
});
