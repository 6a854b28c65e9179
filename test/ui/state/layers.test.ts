// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { type LayerQuestion, LayerState } from "../../../src-renderer/features/predict/layers.svelte.ts";

const question: LayerQuestion = { from: { kind: "run", runId: 3, epoch: 2 }, heldId: "held", row: "conv1/a b" };
/** A grid of 1 × 2 with two channels, as the engine sends it. */
const bytes = (() => {
  const view = new DataView(new ArrayBuffer(12 + 16));
  for (const [place, side] of [1, 2, 2].entries()) view.setUint32(4 * place, side, true);
  for (const [place, value] of [0.5, -1, 2, 3].entries()) view.setFloat32(12 + 4 * place, value, true);
  return view.buffer;
})();

test("reads height, width, channels and values of the row that was asked for", async () => {
  const asked: unknown[] = [];
  const state = new LayerState(async (...words) => {
    asked.push(words);
    return new Response(bytes);
  });
  await state.load(question);
  expect(asked).toEqual([["/activations/held", { run: "3", row: "conv1/a b", epoch: "2" }]]);
  expect(state.found?.activations).toEqual({
    height: 1,
    width: 2,
    channels: 2,
    values: Float32Array.of(0.5, -1, 2, 3),
  });
});

test("says why there is none, in the engine's words where it has some", async () => {
  const error = { code: "picture.not-held", problem: "The picture is no longer held.", remedy: "Choose it again." };
  const refused = new LayerState(async () => Response.json({ error }, { status: 404 }));
  await refused.load(question);
  expect(refused.error?.problem).toBe(error.problem);
  const unheard = new LayerState(() => Promise.reject(new Error("gone")));
  await unheard.load(question);
  expect(unheard.error?.problem).toBe("The layer was not sent.");
});
