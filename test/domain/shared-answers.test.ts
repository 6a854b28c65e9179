import { describe, expect, it } from "vitest";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import {
  haveComparablePictures,
  type NamedPrediction,
  sharedAnswers,
} from "../../src-main/domain/versions/shared-answers.ts";
import { compactInception } from "../support/sample-views.ts";

const answered = (name: string, label: number, answer: number, contentHash = `hash of ${name}`): NamedPrediction => ({
  ...{ name, contentHash, label, answer },
  example: Number(name),
  confidence: 0.8,
  trueConfidence: label === answer ? 0.8 : 0.1,
});

describe("answers that two versions share", () => {
  it("are of pictures with the same name, bytes and label in both, numbered by the first run's classes", () => {
    const before = {
      classes: ["cat", "dog", "hen"],
      predictions: [
        answered("1", 0, 0),
        answered("2", 1, 0),
        answered("3", 2, 2),
        answered("4", 1, 1),
        answered("5", 1, 1),
      ],
    };
    const after = {
      // `hen` is gone, so that `owl` has its number, and pictures have other numbers, too.
      classes: ["cat", "dog", "owl"],
      predictions: [
        { ...answered("1", 0, 2), example: 7 },
        { ...answered("2", 1, 1), example: 8 },
        // Relabelled, and with other bytes.
        answered("4", 2, 2),
        answered("5", 1, 1, "other"),
        answered("6", 0, 0),
      ],
    };
    const { classes, answers } = sharedAnswers([before, after]);
    expect(classes).toEqual(["cat", "dog", "hen", "owl"]);
    expect(answers.map((run) => run.map(({ example, label, answer }) => [example, label, answer]))).toEqual([
      [
        [1, 0, 0],
        [2, 1, 0],
      ],
      [
        [1, 0, 3],
        [2, 1, 1],
      ],
    ]);
  });

  it("are none where nothing is shared", () => {
    const of = (name: string) => ({ classes: ["cat"], predictions: [answered(name, 0, 0)] });
    expect(sharedAnswers([of("1"), of("2")]).answers).toEqual([[], []]);
  });
});

it("runs can be compared on one data set and on versions of it, and not on a folder that held other files, or on another", () => {
  const on = (id: number, dataset: RunConfiguration["dataset"]) => ({
    dataset: { id, name: "", classes: [], trainPictures: null, largestClassShare: null },
    configuration: { ...compactInception, dataset },
  });
  const disk = { kind: "folder", path: "/cats" } as const;
  const version = { ...disk, version: "ab".repeat(32) };
  const drawn = { kind: "drawn", pictures: 100, pixels: 32, difficulty: 0, seed: 1 } as const;
  expect(haveComparablePictures(on(1, disk), on(1, disk))).toBe(true);
  expect(haveComparablePictures(on(1, disk), on(2, version))).toBe(true);
  expect(haveComparablePictures(on(1, disk), on(2, disk))).toBe(false);
  expect(haveComparablePictures(on(1, disk), on(2, { ...version, path: "/dogs" }))).toBe(false);
  expect(haveComparablePictures(on(1, drawn), on(2, { ...drawn, seed: 2 }))).toBe(false);
});
