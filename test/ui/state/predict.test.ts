// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { PredictState } from "../../../src-renderer/features/predict/predict.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const picture = new Blob(["bytes"], { type: "image/png" });
const answerOf = (runId: number) => ({ logits: [runId], label: null, network: { title: `Run ${runId}` } });
const asked = (input: unknown) => (input as { from: { runId: number } }).from.runId;

test("asks each network about the picture, and the others again once they are chosen", async () => {
  const { api } = scriptedEngine({
    "inference.hold": () => ({ id: "held" }),
    "inference.answer": (input) => answerOf(asked(input)),
  });
  const state = new PredictState(api);
  await state.choose([1]);
  expect(state.answers).toEqual([]);
  await state.show(picture);
  expect([state.heldId, state.answers]).toEqual(["held", [{ runId: 1, answer: answerOf(1) }]]);
  await state.choose([2, 3]);
  expect(state.answers.map(({ runId }) => runId)).toEqual([2, 3]);
});

test("shows the answers to the latest picture alone", async () => {
  const slow = later<unknown>();
  let pictures = 0;
  const { api } = scriptedEngine({
    "inference.hold": () => (++pictures === 1 ? slow.promise : { id: "second" }),
    "inference.answer": (input) => answerOf(asked(input)),
  });
  const state = new PredictState(api);
  await state.choose([1]);
  const first = state.show(picture);
  await state.show(picture);
  slow.resolve({ id: "first" });
  await first;
  expect([state.heldId, state.isAsking]).toEqual(["second", false]);
});

test("says of one network why it does not answer, and shows the other's answer", async () => {
  const { api, answers } = scriptedEngine({
    "inference.hold": () => ({ id: "held" }),
    "inference.answer": (input) => {
      if (asked(input) === 2) throw refusal("Run 2 has no weights.");
      return answerOf(asked(input));
    },
  });
  const state = new PredictState(api);
  await state.choose([1, 2]);
  await state.show(picture);
  expect(state.answers).toMatchObject([{ answer: { logits: [1] } }, { error: { problem: "Run 2 has no weights." } }]);
  answers["inference.hold"] = () => {
    throw refusal("It is too large.");
  };
  await state.show(picture);
  expect([state.error?.problem, state.heldId]).toEqual(["It is too large.", "held"]);
});
