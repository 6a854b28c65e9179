import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { describe, expect, it, onTestFinished } from "vitest";
import { varyFlag } from "../../src-main/cli/experiment-flags.ts";
import { dataFlag, scheduleFlag } from "../../src-main/cli/flags.ts";
import { exactDuration, short, whole } from "../../src-main/cli/format.ts";
import { optimizerFlag } from "../../src-main/cli/optimizer-flags.ts";
import { table } from "../../src-main/cli/table.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "../../src-main/cli/train-flags.ts";
import { type Optimizer, optimizer } from "../../src-main/contract/configuration.ts";
import { pairOf } from "../support/experiment-of.ts";

/** The request that this command line makes. */
function request(words: string, more: readonly string[] = []) {
  let flags: TrainFlags | undefined;
  const command = addTrainFlags(new Command("train"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.action((parsed: TrainFlags) => {
    flags = parsed;
  });
  command.parse([...`--data drawn --model inception-v3 ${words}`.trim().split(" "), ...more], { from: "user" });
  return requestOf(flags!);
}
const training = (words: string) => request(words).configuration.training;

describe("the flags of train", () => {
  it("leave everything that is not named to the network's nearest preset", () => {
    const { configuration, factors } = request("");
    expect(configuration.model).toEqual({ id: "inception-v3", inputPixels: 32, width: 0.25 });
    expect(configuration.dataset).toMatchObject({ kind: "drawn", pictures: 6_000, pixels: 32 });
    expect(configuration.training).toMatchObject({ smoothing: 0, optimizer: { kind: "adam" } });
    expect(configuration.seed).toBe(1);
    expect(factors).toEqual([]);
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

  it("read a matrix of label noise from a file, and mean all of it unless they say how much", () => {
    const folder = mkdtempSync(join(tmpdir(), "strata-noise-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "noise.csv");
    writeFileSync(file, ",cat,dog\ncat,0.7,0.3\ndog,,1");
    const noise = (words: string) => {
      const { labelNoise, labelNoiseKind, noiseMatrix } = request(words).configuration.training;
      return { labelNoise, labelNoiseKind, noiseMatrix };
    };
    const read = { labelNoiseKind: "matrix", noiseMatrix: "cat,dog,0.3" };
    expect(noise(`--label-noise-kind matrix --noise-matrix ${file}`)).toEqual({ ...read, labelNoise: 1 });
    expect(noise(`--label-noise-kind matrix --noise-matrix ${file} --label-noise 0.5`)).toEqual({
      ...read,
      labelNoise: 0.5,
    });
    expect(() => request(`--noise-matrix ${file}`)).toThrow("symmetric takes no --noise-matrix.");
    // As PowerShell redirects.
    writeFileSync(file, "\uFEFFcat,dog,0.3\r\n", "utf16le");
    expect(noise(`--label-noise-kind matrix --noise-matrix ${file}`)).toMatchObject(read);
    writeFileSync(file, "cat,dog,1.3");
    expect(() => request(`--label-noise-kind matrix --noise-matrix ${file}`)).toThrow("is not between 0 and 1");
  });

  it("say how pictures become squares, alone or with the filter", () => {
    expect(request("").configuration.resize).toEqual({ fit: "crop", filter: "lanczos3" });
    expect(request("--fit pad").configuration.resize).toEqual({ fit: "pad", filter: "lanczos3" });
    expect(request("--resize-filter bilinear").configuration.resize).toEqual({ fit: "crop", filter: "bilinear" });
    expect(() => request("--fit stretch")).toThrow("Allowed choices are crop, crop-top");
    expect(varyFlag("fit=crop,squash", [])).toEqual([
      { setting: "pictureFit", values: ["crop", "squash"], isBlocked: false },
    ]);
    expect(() => request("--pair fit")).toThrow("fit is none of smoothing, label-noise");
  });

  it("set every number of every optimiser, alone and behind its kind", () => {
    const given: Readonly<Record<Optimizer["kind"], readonly [flags: string, behind: string, Optimizer]>> = {
      sgd: ["--momentum 0.5 --nesterov", "momentum=0.5,nesterov=yes", { kind: "sgd", momentum: 0.5, isNesterov: true }],
      rmsprop: [
        "--square-decay 0.95 --momentum 0.4 --epsilon 0.001 --initial-mean-square 1",
        "square-decay=0.95,momentum=0.4,epsilon=0.001,initial-mean-square=1",
        { kind: "rmsprop", decay: 0.95, momentum: 0.4, epsilon: 0.001, initialMeanSquare: 1 },
      ],
      adam: [
        "--beta1 0.8 --beta2 0.99 --epsilon 1e-4",
        "beta1=0.8,beta2=0.99,epsilon=1e-4",
        { kind: "adam", beta1: 0.8, beta2: 0.99, epsilon: 1e-4 },
      ],
    };
    for (const { shape } of optimizer.options) {
      const [flags, behind, expected] = given[shape.kind.value];
      // No number at its usual value, so that none is left out here unnoticed.
      const usual = Object.entries(optimizer.parse({ kind: expected.kind }));
      for (const [key, value] of usual) if (key !== "kind") expect(expected).not.toHaveProperty(key, value);
      expect(training(`--optimizer ${expected.kind} ${flags}`).optimizer).toEqual(expected);
      expect(training(`--optimizer ${expected.kind}:${behind}`).optimizer).toEqual(expected);
      expect(
        pairOf(request(`--pair optimizer --optimizer sgd --against ${expected.kind}:${behind}`))?.values[0],
      ).toEqual(expected);
    }
    // Of the preset's own optimiser, where none is named.
    expect(training("--beta2 0.99").optimizer).toMatchObject({ kind: "adam", beta1: 0.9, beta2: 0.99 });
    expect(training("--input 299 --initial-mean-square 0").optimizer).toMatchObject({
      epsilon: 1,
      initialMeanSquare: 0,
    });
    expect(training("--optimizer sgd --nesterov --no-nesterov").optimizer).toMatchObject({ isNesterov: false });
  });

  it("give the papers' recipe TensorFlow 1's start, and any other RMSProp Keras'", () => {
    expect(training("--input 299").optimizer).toMatchObject({ kind: "rmsprop", epsilon: 1, initialMeanSquare: 1 });
    expect(training("--optimizer rmsprop").optimizer).toMatchObject({ kind: "rmsprop", initialMeanSquare: 0 });
  });

  it("hold out a fold of five unless more are named", () => {
    expect(training("").fold).toBeNull();
    expect(training("--fold 2").fold).toEqual({ index: 2, count: 5 });
    expect(training("--fold 2 --folds 10").fold).toEqual({ index: 2, count: 10 });
    expect(() => request("--folds 10")).toThrow("--folds needs --fold.");
  });

  it("set the least gain of early stopping", () => {
    expect(training("--early-stopping 3").earlyStopping).toEqual({ patienceEpochs: 3, minDelta: 0 });
    expect(training("--early-stopping 3 --min-delta 0.01").earlyStopping).toEqual({
      patienceEpochs: 3,
      minDelta: 0.01,
    });
    expect(() => request("--min-delta 0.01")).toThrow("--min-delta needs --early-stopping.");
    expect(() => request("--early-stopping none --min-delta 0.01")).toThrow("--min-delta needs --early-stopping.");
  });

  it("say which number an optimiser does not have", () => {
    expect(() => request("--optimizer sgd --epsilon 1")).toThrow("sgd takes no --epsilon.");
    expect(() => request("--optimizer rmsprop --nesterov")).toThrow("rmsprop takes no --nesterov.");
    expect(() => optimizerFlag("adam:momentum=0.9")).toThrow("adam has no momentum; it has beta1, beta2, epsilon.");
    expect(() => optimizerFlag("rmsprop:square-decay=1")).toThrow(/^square-decay: /);
    expect(() => optimizerFlag("sgd:nesterov=perhaps")).toThrow("perhaps is neither yes nor no.");
  });

  it("turn augmentation off as a whole or in part", () => {
    expect(training("").augmentation).toEqual({ flip: true, cropPaddingPixels: 4 });
    expect(training("--no-augment").augmentation).toEqual({ flip: false, cropPaddingPixels: 0 });
    expect(training("--no-flip").augmentation).toEqual({ flip: false, cropPaddingPixels: 4 });
    expect(training("--no-augment --crop-padding 2").augmentation).toEqual({ flip: false, cropPaddingPixels: 2 });
  });

  it("make pairs: arm B has the setting's own flag, arm A what it is held against", () => {
    expect(pairOf(request("--pair smoothing"))).toEqual({ setting: "smoothing", values: [0, 0.1] });
    expect(pairOf(request("--pair smoothing --smoothing 0.3"))).toEqual({ setting: "smoothing", values: [0, 0.3] });
    expect(pairOf(request("--pair smoothing --smoothing 0.3 --against 0.1"))?.values).toEqual([0.1, 0.3]);
    expect(pairOf(request("--pair weight-decay"))).toEqual({ setting: "weightDecay", values: [0, 5e-4] });
    expect(pairOf(request("--pair labelNoise --label-noise 0.4"))).toEqual({ setting: "labelNoise", values: [0, 0.4] });
    expect(pairOf(request("--pair optimizer --optimizer rmsprop"))?.values).toMatchObject([
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
      "--optimizer adam:beta1=1",
      "--optimizer rmsprop --initial-mean-square 0.5",
      "--optimizer rmsprop --epsilon 0",
      "--optimizer adam --beta1 1",
      "--early-stopping 3 --min-delta -1",
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

  it("vary an optimiser with its numbers, and its numbers alone", () => {
    expect(varyFlag("optimizer=sgd,adam:beta1=0.8,beta2=0.9,rmsprop", [])).toMatchObject([
      {
        setting: "optimizer",
        values: [{ kind: "sgd" }, { kind: "adam", beta1: 0.8, beta2: 0.9 }, { kind: "rmsprop" }],
      },
    ]);
    expect(varyFlag("initial-mean-square=0,1", varyFlag("nesterov=no,yes", []))).toEqual([
      { setting: "nesterov", values: [false, true], isBlocked: false },
      { setting: "initialMeanSquare", values: [0, 1], isBlocked: false },
    ]);
  });

  it("say what is drawn from, and how often", () => {
    const { factors } = request(
      "--random 20 --range learning-rate=1e-4..1e-1:log --range dropout=0..0.5 --choice optimizer=sgd,adam:beta1=0.8,beta2=0.9 --search-seed 3",
    );
    expect(factors).toMatchObject([
      {
        draws: 20,
        seed: 3,
        ranges: [
          { setting: "learningRate", kind: "log", from: 1e-4, to: 0.1 },
          { setting: "dropout", kind: "uniform", from: 0, to: 0.5 },
          { setting: "optimizer", kind: "choice", values: [{ kind: "sgd" }, { kind: "adam", beta1: 0.8, beta2: 0.9 }] },
        ],
        isBlocked: false,
      },
    ]);
    expect(request("--random 2 --choice dropout=none,0.5").factors).toMatchObject([
      { seed: 1, ranges: [{ values: [null, 0.5] }] },
    ]);
  });

  it("take none as a value of its own where the setting has it, and else as empty", () => {
    expect(request("--class-weights none --dropout none").configuration.training).toMatchObject({
      ...{ classWeights: "none", dropout: null },
    });
    expect(request("--vary class-weights=none,balanced --vary dropout=none,0.5").factors).toMatchObject([
      { setting: "classWeights", values: ["none", "balanced"] },
      { setting: "dropout", values: [null, 0.5] },
    ]);
  });

  it("combine a pair, named arms, what varies from run to run, and seeds", () => {
    const all = request("--pair smoothing --vary learning-rate=0.1,0.01 --seeds 4,5", [
      "--arm",
      "as it is",
      "--arm",
      "no decay: weight-decay=0; precision=bfloat16",
    ]);
    expect(all.seeds).toEqual([4, 5]);
    expect(all.factors).toEqual([
      { setting: "learningRate", values: [0.1, 0.01], isBlocked: false },
      { setting: "smoothing", values: [0, 0.1], isBlocked: true },
      {
        arms: [
          { name: "as it is", changes: [] },
          {
            name: "no decay",
            changes: [
              { setting: "weightDecay", value: 0 },
              { setting: "precision", value: "bfloat16" },
            ],
          },
        ],
        isBlocked: true,
      },
    ]);
    expect(() => request("", ["--arm", "alone"])).toThrow("one arm is compared with no other");
    expect(() => request("", ["--arm", ": width=1"])).toThrow("an arm needs a name");
    expect(() => request("", ["--arm", "a: hue=1"])).toThrow("hue is none of");
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
    expect([45, 200, 7_500].map(exactDuration)).toEqual(["45 s", "3 min 20 s", "2 h 5 min"]);
    expect([640, 23_834, 5.7e9].map(short)).toEqual(["640", "23.8 k", "5.7 G"]);
    expect(exactDuration(null)).toBe("–");
  });
});
