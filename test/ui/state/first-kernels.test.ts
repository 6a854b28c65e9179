// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { FirstKernelsState } from "../../../src-renderer/entities/run/first-kernels.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const kernels = { row: "conv1", height: 1, width: 1, inputs: 3, filters: 1, all: 1, values: [1, 2, 3] };

test("shows the kernels of the run that was asked for last", async () => {
  const slow = later<unknown>();
  const { api, answers } = scriptedEngine({ "weights.firstKernels": () => slow.promise });
  const state = new FirstKernelsState(api);
  const first = state.load(1);
  answers["weights.firstKernels"] = () => kernels;
  await state.load(2);
  slow.resolve({ ...kernels, row: "other" });
  await first;
  expect(state.found).toEqual({ runId: 2, kernels });
  await state.load(null);
  expect(state.found).toBeNull();
});

test("says why there are none, and forgets it with the next run", async () => {
  const { api, answers } = scriptedEngine({
    "weights.firstKernels": () => {
      throw refusal("Linear SVM has no convolution to look at.");
    },
  });
  const state = new FirstKernelsState(api);
  await state.load(1);
  expect([state.found, state.error?.problem]).toEqual([null, "Linear SVM has no convolution to look at."]);
  answers["weights.firstKernels"] = () => kernels;
  await state.load(2);
  expect([state.found?.runId, state.error]).toEqual([2, null]);
});
