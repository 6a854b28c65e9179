// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { OcclusionState } from "../../../src-renderer/features/predict/occlusion.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const mapOf = (whole: number) => ({ patchPixels: 8, stridePixels: 2, side: 1, whole, probabilities: [whole] });

test("asks with what was learned and with random weights, and keeps the answer to the latest question", async () => {
  const slow = later<unknown>();
  const { api, answers } = scriptedEngine({ "inference.occlusion": () => slow.promise });
  const state = new OcclusionState(api);
  const first = state.load({ runId: 1, heldId: "a", place: 0 });
  answers["inference.occlusion"] = (input) => mapOf((input as { isRandom: boolean }).isRandom ? 0.1 : 0.9);
  const question = { runId: 1, heldId: "a", place: 3 };
  await state.load(question);
  slow.resolve(mapOf(0.5));
  await first;
  expect(state.found).toEqual({ question, learned: mapOf(0.9), random: mapOf(0.1) });
  expect(state.isAsking).toBe(false);
});

test("says why there is none", async () => {
  const { api } = scriptedEngine({
    "inference.occlusion": () => {
      throw refusal("The picture is no longer held.");
    },
  });
  const state = new OcclusionState(api);
  await state.load({ runId: 1, heldId: "a", place: 0 });
  expect([state.found, state.error?.problem]).toEqual([null, "The picture is no longer held."]);
});
