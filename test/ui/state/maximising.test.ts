// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import type { MaximisedPicture, MaximisingQuestion } from "../../../src-main/contract/inference.ts";
import { MaximisingState } from "../../../src-renderer/features/predict/maximising.svelte.ts";
import { scriptedEngine } from "./scripted-engine.ts";

const question: MaximisingQuestion = {
  from: { kind: "run", runId: 3 },
  targets: [
    { kind: "class", place: 0 },
    { kind: "channel", row: "conv1", channel: 4 },
  ],
  seed: 1,
  steps: 10,
};
const picture = (target: number, step: number): MaximisedPicture => ({
  ...{ target, step, value: step / 2, isSilent: false, inputPixels: 1 },
  rgb: Buffer.of(10, 20, 30).toString("base64"),
});

/** A state, and what sends a picture to it. */
function asking() {
  const { api, emit, listeners } = scriptedEngine();
  const state = new MaximisingState(api);
  state.start(question);
  // The scripted engine sends whatever it is given to every subscription.
  return { state, send: (sent: MaximisedPicture) => emit(sent as never), listeners };
}

test("shows each picture in its place as it forms, and how long the rest will take", () => {
  const { state, send } = asking();
  expect(state.forming.map((one) => one.picture)).toEqual([null, null]);
  send(picture(0, 5));
  send(picture(0, 10));
  send(picture(1, 1));
  expect(state.forming.map((one) => one.picture?.value)).toEqual([5, 0.5]);
  expect(Array.from(state.forming[0]!.picture!.pixels.bytes)).toEqual([10, 20, 30, 255]);
  expect([state.isAsking, state.secondsLeft! >= 0]).toEqual([true, true]);
});

test("leaves what was asked before, and keeps what has formed where it is stopped", () => {
  const { state, send, listeners } = asking();
  send(picture(0, 10));
  state.stop();
  expect([listeners.size, state.isAsking, state.forming[0]!.picture?.step]).toEqual([0, false, 10]);
  state.start(question);
  state.start({ ...question, seed: 2 });
  expect([listeners.size, state.forming[0]!.picture]).toEqual([1, null]);
});
