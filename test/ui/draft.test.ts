import { describe, expect, test } from "vitest";
import type { Preset } from "../../src-main/contract/configuration.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { InitialWeights } from "../../src-main/contract/weights.ts";
import {
  beginAsRecorded,
  beginBySeed,
  type Draft,
  presetOfDraft,
} from "../../src-renderer/features/train/experiment/draft.ts";
import { draftFromPreset, optimizerOfKind } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { seedTexts } from "../../src-renderer/features/train/experiment/seed-texts.ts";
import { pairOf } from "../support/experiment-of.ts";
import { plainTraining } from "../support/plain-training.ts";

const dataset = { kind: "folder", path: "/pictures" } as const;
const preset: Preset = {
  id: "compact",
  title: "Compact",
  model: { id: "alexnet", inputPixels: 32, width: 0.25 },
  training: {
    ...plainTraining,
    epochs: 8,
    batchSize: 64,
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: 0.002,
    schedule: { kind: "cosine", warmupShare: 0.07 },
    weightDecay: 0.0005,
    clipNorm: 2,
    monitor: { metric: "top1", split: "validation" },
    smoothing: 0.1,
    augmentation: { flip: true, cropPaddingPixels: 4 },
  },
};
const draft = draftFromPreset(preset, null);
const problemsOf = (changes: Partial<Draft>) => draftOutcome({ ...draft, ...changes }, dataset).problems;

describe("a draft filled from a preset", () => {
  test("with nothing that differs asks for exactly the preset's training", () => {
    const { request } = draftOutcome({ ...draft, way: "run" }, dataset);
    expect(request?.configuration).toEqual({
      dataset,
      model: preset.model,
      resize: usualResize,
      training: preset.training,
      seed: 1,
    });
    expect(request?.factors).toEqual([]);
  });

  test("starts as a pair of one-hot against smoothed targets, and arm A's value stands in the configuration", () => {
    const { request } = draftOutcome(draft, dataset);
    expect(request && pairOf(request)).toEqual({ setting: "smoothing", values: [0, 0.1] });
    expect(request?.configuration.training.smoothing).toBe(0);
  });

  test("keeps what a person asked to differ, and the seed, when another preset is taken", () => {
    const before: Draft = { ...draft, differs: "labelNoise", seed: "7", epochs: "99" };
    const after = draftFromPreset(preset, before);
    expect([after.differs, after.seed, after.epochs]).toEqual(["labelNoise", "7", "8"]);
  });

  test("is known by its preset until its size is changed", () => {
    expect(presetOfDraft(draft, [preset])?.id).toBe("compact");
    expect(presetOfDraft({ ...draft, inputPixels: "48" }, [preset])).toBeNull();
  });
});

describe("what a draft begins from", () => {
  const found = {
    path: "/weights.safetensors",
    sha256: "ab".repeat(32),
    frozenThrough: "pool5",
    preprocessing: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  } satisfies InitialWeights;
  const fromFile: Draft = { ...draft, begin: beginAsRecorded(found) };

  test("is the seed at first, and then no file is named", () => {
    expect(draft.begin).toEqual(beginBySeed);
    expect(draftOutcome(draft, dataset).request?.configuration).not.toHaveProperty("initialWeights");
  });
  test("goes into the request as it was found", () => {
    expect(draftOutcome(fromFile, dataset, found).request?.configuration.initialWeights).toEqual(found);
  });
  test("must be found before anything is sent", () => {
    expect(draftOutcome(fromFile, dataset).problems).toEqual({ begin: "Choose the initial weights." });
    expect(draftOutcome({ ...draft, begin: { ...beginBySeed, kind: "run" } }, dataset).request).toBeNull();
  });
  test("of a recorded run is its file as it was then, frozen as it was", () => {
    expect(fromFile.begin).toEqual({
      kind: "file",
      source: { kind: "file", path: "/weights.safetensors" },
      sha256: found.sha256,
      frozenThrough: "pool5",
      isMismatchAllowed: false,
    });
    expect(beginAsRecorded(undefined)).toEqual(beginBySeed);
  });
  test("outlives another preset of the same network, and not another network", () => {
    expect(draftFromPreset({ ...preset, id: "paper" }, fromFile).begin).toEqual(fromFile.begin);
    const other = { ...preset, model: { ...preset.model, id: "vgg16" } };
    expect(draftFromPreset(other, fromFile).begin).toEqual(beginBySeed);
  });
});

describe("two presets of one size", () => {
  const paper: Preset = { ...preset, id: "paper", title: "As in the paper" };
  test("are told apart by the one that the draft was filled from", () => {
    expect(presetOfDraft(draftFromPreset(paper, draft), [preset, paper])?.id).toBe("paper");
    expect(presetOfDraft(draft, [preset, paper])?.id).toBe("compact");
  });
});

describe("a draft with something wrong", () => {
  test.each([
    [{ epochs: "" }, "epochs", "A number, such as 0.1."],
    [{ epochs: "0" }, "epochs", "At least 1."],
    [{ epochs: "2.5" }, "epochs", "A whole number."],
    [{ learningRate: "0" }, "learningRate", "More than 0."],
    [{ learningRate: "fast" }, "learningRate", "A number, such as 0.1."],
    [{ inputPixels: "8" }, "inputPixels", "At least 16."],
    [{ labelNoise: "120" }, "labelNoise", "At most 100."],
    [{ warmupShare: "100" }, "warmupShare", "Less than 100."],
    [{ clipNorm: "-1" }, "clipNorm", "More than 0."],
    [{ beta2: "1" }, "beta2", "Less than 1."],
    [{ arms: { ...draft.arms, smoothing: ["0", "1"] } }, "armB", "Less than 1."],
  ] as const)("%j says so at the field %s", (changes, field, words) => {
    expect(problemsOf(changes as Partial<Draft>)).toMatchObject({ [field]: words });
  });

  test("says at the noise matrix what is wrong with it beside the pictures", () => {
    const outcome = (noiseMatrix: string, classes: readonly string[] | null = ["cat", "dog", "ship"]) =>
      draftOutcome(
        { ...draft, way: "run", labelNoiseKind: "matrix", noiseMatrix },
        ...([dataset, null, undefined, classes?.map((name) => ({ name })) ?? null] as const),
      );
    expect(outcome("cat,wolf,0.3").problems).toEqual({
      noiseMatrix: "“wolf” is no class of these pictures, which have “cat”, “dog” and “ship”.",
    });
    expect(outcome("cat,dog,").problems).toHaveProperty("noiseMatrix");
    expect(outcome("cat,dog,0.3").problems).toBeNull();
    expect(outcome("cat,wolf,0.3", null).problems).toBeNull();
    expect(outcome(" ")).toMatchObject({
      request: null,
      problems: { noiseMatrix: "Label noise by a matrix needs one." },
      unfilled: new Set(["noiseMatrix"]),
    });
  });

  test.each(["", "1, x", "1, 1", "-1", "1.5", "2147483648"])("refuses %j for seeds", (seed) => {
    expect(problemsOf({ seed })).toEqual({ seed: seedTexts.wrong });
  });

  test("refuses two arms that do not differ", () => {
    expect(problemsOf({ arms: { ...draft.arms, smoothing: ["0.1", "0.10"] } })?.armB).toContain("same value");
  });

  test("does not mind the field whose place the arms have taken", () => {
    expect(problemsOf({ smoothing: "nonsense" })).toBeNull();
    expect(problemsOf({ smoothing: "nonsense", way: "run" })).toHaveProperty("smoothing");
  });
});

describe("what a draft becomes", () => {
  test("leaves clipping out when its field is empty", () => {
    expect(draftOutcome({ ...draft, clipNorm: " " }, dataset).request?.configuration.training.clipNorm).toBeNull();
  });

  test("turns percent into shares", () => {
    const arms = { ...draft.arms, labelNoise: ["0", "20"] as const };
    expect(pairOf(draftOutcome({ ...draft, differs: "labelNoise", arms }, dataset).request!)?.values).toEqual([0, 0.2]);
  });

  test("takes a decimal comma", () => {
    expect(draftOutcome({ ...draft, learningRate: "0,01" }, dataset).request?.configuration.training.learningRate).toBe(
      0.01,
    );
  });

  test("gives an arm the page's own optimiser where it is of that kind, and any other its usual values", () => {
    const own = { ...draft, beta1: "0.8" };
    const optimizer = [optimizerOfKind("adam", own), optimizerOfKind("sgd", own)] as const;
    const asked = { ...own, differs: "optimizer", arms: { ...own.arms, optimizer } } as const;
    expect(pairOf(draftOutcome(asked, dataset).request!)?.values).toEqual([
      { kind: "adam", beta1: 0.8, beta2: 0.999, epsilon: 1e-7 },
      { kind: "sgd", momentum: 0.9, isNesterov: false },
    ]);
  });

  test("says at the arm's own number what is wrong with it", () => {
    const [a, b] = draft.arms.optimizer;
    const arms = { ...draft.arms, optimizer: [a, { ...b, momentum: "1" }] as const };
    expect(problemsOf({ differs: "optimizer", arms })).toEqual({ "armB.momentum": "Less than 1." });
  });
});
