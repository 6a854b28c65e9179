// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { PredictState } from "../../../src-renderer/features/predict/predict.svelte.ts";
import { later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

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

test("asks each network as it was after the chosen epoch, or after the last one before that is kept", async () => {
  const states = (...epochs: number[]) => epochs.map((epoch) => ({ epoch, bytes: 10 }));
  const { api, calls } = scriptedEngine({
    "inference.hold": () => ({ id: "held" }),
    "inference.network": () => ({ classNames: ["cat"] }),
    "inference.epochs": (input) => ((input as { runId: number }).runId === 1 ? states(1, 2, 4, 6) : states(2, 5)),
    "inference.answer": (input) => answerOf(asked(input)),
  });
  const state = new PredictState(api);
  await state.choose([1, 2]);
  await state.show(picture);
  await settled();
  expect([state.epochs, state.epochBytes, state.classNamesOf(1)]).toEqual([[1, 2, 4, 5, 6], 60, ["cat"]]);
  const weights = () => [state.weightsOf(1).epoch, state.weightsOf(2).epoch];
  expect(weights()).toEqual([undefined, undefined]);
  await state.chooseEpoch(4);
  expect(weights()).toEqual([4, 2]);
  expect(calls.slice(-2).map(([, input]) => (input as { from: unknown }).from)).toEqual([
    { kind: "run", runId: 1, epoch: 4 },
    { kind: "run", runId: 2, epoch: 2 },
  ]);
  await state.chooseEpoch(1);
  expect(weights()).toEqual([1, 2]);
  await state.choose([2]);
  expect(state.epoch).toBeNull();
});
