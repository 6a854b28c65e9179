import { describe, expect, test } from "vitest";
import { beginAsRecorded, beginBySeed, type Draft } from "../../src-renderer/features/train/experiment/draft.ts";
import {
  type DraftChanges,
  noChanges,
  onlyAsked,
  ownSettings,
  parsedValues,
  withChanges,
  withEdit,
  withoutSize,
} from "../../src-renderer/features/train/experiment/draft-changes.ts";
import { draftFromConfiguration } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { compactInception } from "../support/sample-views.ts";

const inception = draftFromConfiguration(compactInception, null);
const vgg: Draft = {
  ...inception,
  modelId: "vgg16",
  optimizer: "sgd",
  momentum: "0.9",
  epochs: "30",
  inputPixels: "64",
};
const edited = (...edits: Partial<Draft>[]): DraftChanges =>
  edits.reduce<DraftChanges>((changes, edit) => withEdit(changes, edit, inception), noChanges);
const begin = beginAsRecorded({
  path: "/weights.safetensors",
  sha256: "ab".repeat(32),
  frozenThrough: null,
  preprocessing: { mean: [0, 0, 0], std: [1, 1, 1] },
});

describe("what a person set", () => {
  test("stands over what another network fills the page with; all else is that network's", () => {
    const changes = edited({ epochs: "3" }, { seed: "7", differs: "labelNoise" });
    expect(withChanges(vgg, changes, 16)).toEqual({ ...vgg, epochs: "3", seed: "7", differs: "labelNoise" });
  });
  test("is a number with the optimiser that it is of", () => {
    expect(withChanges(vgg, edited({ beta1: "0.8" }), 16)).toMatchObject({ optimizer: "adam", beta1: "0.8" });
    expect(withChanges(vgg, edited({ warmupShare: "5" }), 16)).toMatchObject({ schedule: inception.schedule });
  });
  test("is an input for networks that can take it, and shown where it was typed", () => {
    const changes = edited({ inputPixels: "24" });
    expect(withChanges(vgg, changes, 32).inputPixels).toBe("64");
    expect(withChanges(vgg, changes, 16).inputPixels).toBe("24");
    expect(withChanges(inception, edited({ inputPixels: "2" }), 32).inputPixels).toBe("2");
  });
  test("is where the network's own training begins, and no other's", () => {
    expect(withChanges(vgg, edited({ begin }), 16).begin).toEqual(beginBySeed);
    expect(withChanges(inception, edited({ begin }), 16).begin).toEqual(begin);
  });
  test("gives way in size alone where a size is chosen, and but for what is asked where it is given up", () => {
    const changes = edited({ inputPixels: "48", width: "0.5", epochs: "3" }, { differs: "optimizer", begin });
    expect(withoutSize(changes).values).toEqual({ epochs: "3", differs: "optimizer", begin });
    expect(onlyAsked(changes)).toEqual({
      values: { differs: "optimizer", begin },
      inputOf: null,
      beginOf: "inception-v3",
      noiseBefore: null,
    });
  });
  test("is all of a matrix where no label was wrong, and the share from before with another kind", () => {
    const shares = (...edits: Partial<Draft>[]) => {
      let changes = noChanges;
      for (const edit of edits) changes = withEdit(changes, edit, withChanges(inception, changes, 16));
      return withChanges(inception, changes, 16).labelNoise;
    };
    const [matrix, pair] = [{ labelNoiseKind: "matrix" }, { labelNoiseKind: "pair" }] as const;
    expect(shares(matrix)).toBe("100");
    expect(shares(matrix, pair)).toBe(inception.labelNoise);
    expect(shares(matrix, { epochs: "3" }, matrix, pair, matrix, pair)).toBe(inception.labelNoise);
    expect(shares(matrix, { labelNoise: "50" }, pair)).toBe("50");
    expect(shares({ labelNoise: "100" }, matrix, pair)).toBe("100");
  });
  test("counts as a person's own where it is otherwise than filled", () => {
    const changes = edited({ epochs: "3", beta1: inception.beta1, seed: "9" });
    expect(ownSettings(withChanges(inception, changes, 16), inception)).toEqual(["epochs"]);
  });
});

describe("what a tab kept", () => {
  const values: Partial<Draft> = { epochs: "3", flip: false, optimizer: "rmsprop", arms: inception.arms, begin };
  test("comes back as it was", () => {
    expect(parsedValues(JSON.parse(JSON.stringify(values)), inception)).toEqual(values);
  });
  test("is forgotten where the page does not understand it", () => {
    const strange = [
      { epochs: 3 },
      { optimizer: "lion" },
      { arms: { smoothing: ["0"] } },
      { begin: { kind: "web" } },
      "x",
    ];
    for (const kept of strange) expect(parsedValues(kept, inception)).toEqual({});
    expect(parsedValues({ epochs: "3", fromAnotherVersion: "1" }, inception)).toEqual({ epochs: "3" });
  });
});
