// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { splitAnew } from "../../../src-main/contract/split-plan.ts";
import { SplitState } from "../../../src-renderer/features/train/pictures/split/split.svelte.ts";
import { refusal, scriptedEngine } from "./scripted-engine.ts";

const source = { kind: "folder", path: "/scans" } as const;
const plan = (seed: number) => splitAnew.parse({ kind: "anew", seed });
const counts = { train: 8, validation: 1, test: 1 };
const previewed = { classes: [], counts, grouping: null, leftOut: [] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("asks once for what a person stopped at, and shows what it comes to", async () => {
  const engine = scriptedEngine({ "data.previewSplit": () => previewed });
  const split = new SplitState(engine.api);
  for (const seed of [1, 12, 123]) split.ask(source, plan(seed));
  await vi.runAllTimersAsync();
  expect(engine.calls).toEqual([["data.previewSplit", { source, split: plan(123) }]]);
  expect(split.preview).toEqual(previewed);
  split.ask(source, null);
  expect(split.preview).toBeNull();
});

test("says why there is none, and forgets it with the next", async () => {
  const engine = scriptedEngine({
    "data.previewSplit": () => {
      throw refusal("No picture has a group by name:9.");
    },
  });
  const split = new SplitState(engine.api);
  split.ask(source, plan(1));
  await vi.runAllTimersAsync();
  expect([split.preview, split.error?.problem]).toEqual([null, "No picture has a group by name:9."]);
  engine.answers["data.previewSplit"] = () => previewed;
  split.ask(source, plan(2));
  await vi.runAllTimersAsync();
  expect([split.preview, split.error]).toEqual([previewed, null]);
});
