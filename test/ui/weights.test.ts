import { expect, test } from "vitest";
import { keptEpochOptions, notKeptText } from "../../src-renderer/entities/run/weights-texts.ts";
import { sampleRun } from "../support/sample-views.ts";

const best = sampleRun({ id: 1 }).best!;
const kept = (keptEpochs: { best: number | null; last: number | null }, restoredEpoch: number | null = null) => ({
  ...{ keptEpochs, restoredEpoch, best: { ...best, epoch: 5 }, epochsDone: 8 },
});

test("both epochs can be chosen where both are kept, and one where they are the same", () => {
  expect(keptEpochOptions(kept({ best: 5, last: 8 })).map(({ label }) => label)).toEqual([
    "Last, after 8\u00a0epochs",
    "Best epoch (5), by validation loss",
  ]);
  expect(keptEpochOptions(kept({ best: 8, last: 8 }))).toEqual([
    { value: "last", label: "Last, after 8\u00a0epochs, the best by validation loss" },
  ]);
});

test("what is not kept is said, with the reason", () => {
  const restored = kept({ best: 5, last: null }, 5);
  expect(keptEpochOptions(restored).map(({ value }) => value)).toEqual(["best"]);
  expect(notKeptText(restored, "last")).toBe(
    "Those of the last epoch, 8, are not kept: the run ended with those of epoch 5, its best.",
  );
  expect(notKeptText(kept({ best: null, last: 8 }), "best")).toMatch(/^Those of the best epoch, 5, are not kept/);
  expect(notKeptText(kept({ best: 5, last: 8 }), "best")).toBeNull();
});
