import { resolve } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { dataFlag, scheduleFlag } from "../../src-main/cli/flags.ts";
import { duration, short, whole } from "../../src-main/cli/format.ts";
import { table } from "../../src-main/cli/table.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "../../src-main/cli/train-flags.ts";

/** The request that this command line makes. */
function request(words: string) {
  let flags: TrainFlags | undefined;
  const command = addTrainFlags(new Command("train"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.action((parsed: TrainFlags) => {
    flags = parsed;
  });
  command.parse(`--data drawn --model inception-v3 ${words}`.trim().split(" "), { from: "user" });
  return requestOf(flags!);
}
const training = (words: string) => request(words).configuration.training;

describe("the flags of train", () => {
  it("leave everything that is not named to the network's nearest preset", () => {
    const { configuration, pair } = request("");
    expect(configuration.model).toEqual({ id: "inception-v3", inputPixels: 32, width: 0.25 });
    expect(configuration.dataset).toMatchObject({ kind: "drawn", pictures: 6_000, pixels: 32 });
    expect(configuration.training).toMatchObject({ smoothing: 0, optimizer: { kind: "adam" } });
    expect(configuration.seed).toBe(1);
    expect(pair).toBeNull();
    expect(request("--input 299").configuration.model.width).toBe(1);
  });

  it("replace the preset's settings one by one", () => {
    const words =
      "--input 48 --width 0.5 --epochs 3 --batch 16 --optimizer sgd --momentum 0.5 --learning-rate 0.1 --schedule step:2,0.5 " +
      "--weight-decay 0.001 --clip-norm none --smoothing 0.2 --label-noise 0.3 --dropout 0.4 --auxiliary-weight 0 --seed 7";
    const { configuration } = request(words);
    expect(configuration).toMatchObject({ model: { inputPixels: 48, width: 0.5 }, seed: 7 });
    expect(configuration.training).toMatchObject({
      epochs: 3,
      batchSize: 16,
      optimizer: { kind: "sgd", momentum: 0.5, isNesterov: false },
      learningRate: 0.1,
      schedule: { kind: "step", everyEpochs: 2, factor: 0.5 },
      weightDecay: 0.001,
      clipNorm: null,
      precision: "float32",
      weightDecayKind: "l2",
      averageDecay: null,
      smoothing: 0.2,
      labelNoise: 0.3,
      dropout: 0.4,
      auxiliaryWeight: 0,
    });
  });

  it("turn augmentation off as a whole or in part", () => {
    expect(training("").augmentation).toEqual({ flip: true, cropPaddingPixels: 4 });
    expect(training("--no-augment").augmentation).toEqual({ flip: false, cropPaddingPixels: 0 });
    expect(training("--no-flip").augmentation).toEqual({ flip: false, cropPaddingPixels: 4 });
    expect(training("--no-augment --crop-padding 2").augmentation).toEqual({ flip: false, cropPaddingPixels: 2 });
  });

  it("make pairs: arm B has the setting's own flag, arm A what it is held against", () => {
    expect(request("--pair smoothing").pair).toEqual({ setting: "smoothing", values: [0, 0.1] });
    expect(request("--pair smoothing --smoothing 0.3").pair).toEqual({ setting: "smoothing", values: [0, 0.3] });
    expect(request("--pair smoothing --smoothing 0.3 --against 0.1").pair?.values).toEqual([0.1, 0.3]);
    expect(request("--pair weight-decay").pair).toEqual({ setting: "weightDecay", values: [0, 5e-4] });
    expect(request("--pair labelNoise --label-noise 0.4").pair).toEqual({ setting: "labelNoise", values: [0, 0.4] });
    expect(request("--pair optimizer --optimizer rmsprop").pair?.values).toMatchObject([
      { kind: "sgd" },
      { kind: "rmsprop" },
    ]);
  });

  it("refuse what cannot be meant", () => {
    for (const words of [
      "--epochs two",
      "--epochs 1.5",
      "--optimizer newton",
      "--schedule step",
      "--pair colour",
      "--against 0",
      "--events",
      "--optimizer adam --momentum 0.9",
      "--smoothing 1",
      "--epochs 0",
      "--unheard-of 1",
    ])
      expect(() => request(words), words).toThrow();
    expect(() => request("--model none")).toThrow(expect.objectContaining({ code: "model.unknown" }));
  });
});

describe("single flags", () => {
  it("name a folder by its whole path, or the drawn set with its settings", () => {
    expect(dataFlag("pictures")).toEqual({ kind: "folder", path: resolve("pictures") });
    expect(dataFlag("drawn:pictures=500,difficulty=0.8,seed=3,pixels=64")).toEqual({
      kind: "drawn",
      pictures: 500,
      difficulty: 0.8,
      seed: 3,
      pixels: 64,
    });
    expect(() => dataFlag("drawn:colour=1")).toThrow();
    expect(() => dataFlag("drawn:pictures=5")).toThrow();
  });

  it("read schedules", () => {
    expect(scheduleFlag("constant")).toEqual({ kind: "constant" });
    expect(scheduleFlag("cosine")).toEqual({ kind: "cosine", warmupShare: 0 });
    expect(scheduleFlag("cosine:0.1")).toEqual({ kind: "cosine", warmupShare: 0.1 });
    expect(scheduleFlag("exponential:2,0.94")).toEqual({ kind: "exponential", everyEpochs: 2, factor: 0.94 });
  });
});

describe("what a terminal shows", () => {
  it("is aligned, words to the left and numbers to the right", () => {
    const columns = [
      { title: "class", cell: ({ name }: { name: string }) => name },
      { title: "pictures", isNumber: true, cell: ({ count }: { count: number }) => whole(count) },
    ];
    expect(
      table(columns, [
        { name: "Äpfel", count: 12 },
        { name: "bees", count: 1_234 },
      ]),
    ).toBe("class   pictures\n─────   ────────\nÄpfel         12\nbees       1,234\n");
  });

  it("has units", () => {
    expect([45, 200, 7_500].map(duration)).toEqual(["45 s", "3 min 20 s", "2 h 5 min"]);
    expect([640, 23_834, 5.7e9].map(short)).toEqual(["640", "23.8 k", "5.7 G"]);
    expect(duration(null)).toBe("–");
  });
});
