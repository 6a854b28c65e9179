// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { StrongestState } from "../../../src-renderer/features/predict/strongest.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const found = (pictures: number) => ({ datasetId: 1, split: "validation", pictures, all: 9, channels: [] });

test("keeps the answer to the latest question, and says why there is none", async () => {
  const slow = later<unknown>();
  const { api, answers } = scriptedEngine({ "inference.strongestPictures": () => slow.promise });
  const state = new StrongestState(api);
  const first = state.load({ from: { kind: "run", runId: 1 }, row: "C1" });
  answers["inference.strongestPictures"] = () => found(5);
  await state.load({ from: { kind: "run", runId: 1 }, row: "C3" });
  slow.resolve(found(4));
  await first;
  expect(state.found).toEqual({ question: { from: { kind: "run", runId: 1 }, row: "C3" }, pictures: found(5) });
  answers["inference.strongestPictures"] = () => {
    throw refusal("The folder is gone.");
  };
  await state.load({ from: { kind: "run", runId: 1 }, row: "C5" });
  expect([state.error?.problem, state.isAsking]).toEqual(["The folder is gone.", false]);
});
