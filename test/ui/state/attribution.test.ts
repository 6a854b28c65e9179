// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { AttributionState } from "../../../src-renderer/features/predict/attribution.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const from = { kind: "run", runId: 1 } as const;
const mapOf = (whole: number) => ({
  side: 1,
  cellPixels: 2,
  offsetPixels: 3,
  values: [whole],
  about: { method: "occlusion", patchPixels: 8, whole },
});

test("asks with what was learned and with random weights, and keeps the answer to the latest question", async () => {
  const slow = later<unknown>();
  const { api, answers } = scriptedEngine({ "inference.attribution": () => slow.promise });
  const state = new AttributionState(api);
  const first = state.load({ from, heldId: "a", method: "occlusion", place: 0 });
  answers["inference.attribution"] = (input) => mapOf((input as { isRandom: boolean }).isRandom ? 0.1 : 0.9);
  const question = { from, heldId: "a", method: "grad-cam", place: 3 } as const;
  await state.load(question);
  slow.resolve(mapOf(0.5));
  await first;
  expect(state.found).toEqual({ question, learned: mapOf(0.9), random: mapOf(0.1) });
  expect(state.isAsking).toBe(false);
});

test("says why there is none", async () => {
  const { api } = scriptedEngine({
    "inference.attribution": () => {
      throw refusal("The picture is no longer held.");
    },
  });
  const state = new AttributionState(api);
  await state.load({ from, heldId: "a", method: "occlusion", place: 0 });
  expect([state.found, state.error?.problem]).toEqual([null, "The picture is no longer held."]);
});
