/** Every flag with values that it cannot have: each is refused with exit code 2 and a sentence, before any run is recorded. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { centredPixels } from "../../src-main/contract/weights.ts";
import { writeWeights } from "../../src-main/models/weights-file.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { startEngine, type TestEngine } from "../support/with-engine.ts";

let engine: TestEngine;
let cli: TestCli;
beforeAll(async () => {
  engine = await startEngine();
  cli = createTestCli(engine.paths.home, engine.engine);
});
afterAll(() => engine.close());

const train = "train --data drawn:pictures=100,pixels=16 --model alexnet --epochs 1";
const sweep = train.replace("train", "sweep");
const lenet = train.replace("alexnet", "lenet5");

/** A file with LeNet-5's first layer at 32 px, and none of the others. */
function firstLayerOfLenet(): string {
  const path = join(cli.home, "first-layer.safetensors");
  const tensor = (name: string, shape: number[]) => ({
    ...{ name, shape },
    values: () => new Float32Array(shape.reduce((product, side) => product * side, 1)),
  });
  const size = { inputPixels: 32, width: 1, classes: 10, preprocessing: centredPixels };
  writeWeights(
    path,
    { formatVersion: 1, layout: "strata", architecture: "lenet5", ...size, classNames: null, trained: null },
    [tensor("C1/kernel", [5, 5, 3, 6]), tensor("C1/bias", [6])],
  );
  return path;
}

async function expectUsage(words: string | readonly string[], said: string): Promise<void> {
  const list = typeof words === "string" ? words.split(" ") : words;
  const { exitCode, out, err } = await cli.run(list);
  expect([list.join(" "), exitCode, out]).toEqual([list.join(" "), 2, ""]);
  expect(err).toContain(said);
  const json = await cli.run([...list, "--json"]);
  expect([json.exitCode, JSON.parse(json.out).error.problem]).toEqual([2, expect.any(String)]);
}

describe("known before a run begins", () => {
  it.each(
    [
      // Numbers and their ranges.
      ["--epochs 0", "epochs: "],
      ["--epochs 1.5", "not a whole number"],
      ["--epochs many", "not a number"],
      ["--batch 0", "batchSize: "],
      ["--batch 5000", "batchSize: "],
      ["--batch 81", "batchSize: 81 is more than the 80 training pictures."],
      ["--input 8", "inputPixels: "],
      ["--input 513", "inputPixels: "],
      ["--input 32.5", "not a whole number"],
      ["--width 0", "width: "],
      ["--width 3", "width: "],
      ["--learning-rate 0", "learningRate: "],
      ["--learning-rate -1", "learningRate: "],
      ["--learning-rate 101", "learningRate: "],
      ["--momentum 1 --optimizer sgd", "momentum: "],
      ["--momentum 0.9 --optimizer adam", "adam takes no --momentum"],
      ["--weight-decay -1", "weightDecay: "],
      ["--weight-decay 2", "weightDecay: "],
      ["--clip-norm 0", "clipNorm: "],
      ["--smoothing 1", "smoothing: "],
      ["--smoothing -0.1", "smoothing: "],
      ["--label-noise 1.1", "labelNoise: "],
      ["--label-noise-kind matrix", "noiseMatrix: label noise by a matrix needs one"],
      ["--noise-matrix README.md --label-noise-kind matrix", "README.md: line "],
      ["--noise-matrix /nowhere.csv --label-noise-kind matrix", "/nowhere.csv cannot be read"],
      ["--dropout 1", "dropout: "],
      ["--dropout some", "not a number"],
      ["--auxiliary-weight 2", "auxiliaryWeight: "],
      ["--average-decay 1", "averageDecay: "],
      ["--early-stopping 0", "patienceEpochs: "],
      ["--crop-padding -1", "cropPaddingPixels: "],
      ["--crop-padding 65", "cropPaddingPixels: "],
      ["--crop-padding 32 --input 32", "cropPaddingPixels: 32 px around pictures of 32 px"],
      ["--seed -1", "seed: "],
      ["--seed 1.5", "not a whole number"],
      // Words of a list.
      ["--optimizer newton", "none of sgd, rmsprop, adam"],
      ["--weight-decay-kind l3", "Allowed choices are l2, decoupled"],
      ["--precision float64", "Allowed choices are float32, bfloat16, float16"],
      ["--pair colour", "none of smoothing"],
      ["--pair smoothing --against high", "--against: high is not a number."],
      ["--pair smoothing --against 2", "--pair smoothing: "],
      ["--pair optimizer --against newton", "--against: newton is none of"],
      ["--against 0", "--against needs --pair"],
      ["--events --json", ""],
      // Texts with a form of their own.
      ["--schedule sometimes", "none of constant, step:30,0.1"],
      ["--schedule constant:5", "none of constant, step:30,0.1"],
      ["--schedule step:2", "none of constant, step:30,0.1"],
      ["--schedule step:2,2", "none of constant, step:30,0.1"],
      ["--schedule step:2,0.5,9", "none of constant, step:30,0.1"],
      ["--schedule cosine:1", "none of constant, step:30,0.1"],
      ["--schedule plateau:1.5,0.1", "none of constant, step:30,0.1"],
      // First weights and what of them is frozen.
      ["--initial-weights /nowhere.safetensors", "There is no such file of weights."],
      ["--frozen-through conv1", "--frozen-through needs --initial-weights"],
      ["--unheard-of 1", "unknown option"],
      ["surplus", "too many arguments"],
    ].filter(([words]) => words !== "--events --json"),
  )("train %s", async (words, said) => {
    await expectUsage(`${train} ${words}`, said!);
  });

  it("train --noise-matrix for another kind of noise", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "noise.csv": "circle,square,0.2\n" });
    await expectUsage(`${train} --noise-matrix ${join(folder, "noise.csv")}`, "symmetric takes no --noise-matrix");
  });

  it.each([
    ["train --data drawn --model alexnett", "Did you mean alexnet?"],
    ["train --data /nowhere --model alexnet", "There is no such folder."],
    ["train --data drawn:pictures=5 --model alexnet", "pictures: "],
    ["train --data drawn:colour=1 --model alexnet", "colour is none of"],
    ["train --data drawn:pixels=16,pictures=100 --model inception-v3 --input 15", "inputPixels: "],
    ["train --model alexnet", "required option"],
    ["models --classes 1", ">=2"],
    ["models show alexnet --width 0", ">=0.05"],
    ["models show alexnet --input 5000", "<=512"],
    ["models show alexnet --classes 0", ">=2"],
    ["models show alexnett", "Did you mean alexnet?"],
    ["bench alexnet --batch 0", ">=1"],
    ["bench alexnet --classes 1", ">=2"],
    ["bench alexnet --steps 0", "At least one step"],
    ["serve --port 70000", "<=65535"],
    ["runs --limit 0", "It is 1 to 10,000"],
    ["runs --state done", "Allowed choices are"],
    ["runs --model alexnett", "Did you mean alexnet?"],
    ["show one", "not a number"],
    ["resume", "Name one run, or an experiment"],
    ["export 1", "required option"],
    ["data inspect /nowhere", "There is no such folder."],
  ])("%s", expectUsage);

  it.each([
    [["data", "inspect", ""], "The argument after inspect is empty."],
    [["data", "inspect", "  "], "The argument after inspect is empty."],
    [[...train.split(" "), "--initial-weights", ""], "The argument after --initial-weights is empty."],
    [["train", "--data=", "--model", "alexnet"], "The argument after train is empty."],
    [["runs", "--find", ""], "The argument after --find is empty."],
    [["models", "show", ""], "The argument after show is empty."],
    [[""], "The first argument is empty."],
  ])("empty: %j", expectUsage);

  it.each([
    ["--vary smoothing=1.5", "smoothing: "],
    ["--vary smoothing=", "smoothing needs values"],
    ["--vary smoothing=0,0", "only 1 differ"],
    ["--vary batch=16,81", "batchSize: 81 is more than the 80 training pictures."],
    ["--vary model=lenet5,alexnett", "Did you mean alexnet?"],
    ["--vary input=16,600", "inputPixels: "],
    ["--vary optimizer=adam --vary momentum=0.9 --seeds 1,2", "momentum: no run of the experiment has this setting."],
    ["--vary precision=float64,float32", "precision: "],
    ["--vary flip=maybe", "neither yes nor no"],
    ["--vary smoothing=0,0.1 --vary smoothing=0.2", "varied twice"],
    ["--vary colour=1,2", "colour is none of"],
    ["--random 3", "--random needs what to draw from"],
    ["--range dropout=0..0.5", "need --random"],
    ["--random 3 --range dropout=0", "is no range"],
    ["--random 3 --range colour=0..1", "colour is none of"],
    ["--random 3 --range learning-rate=0..0.1:log", "begin above 0"],
    ["--random 3 --range dropout=0.5..0.1", "not below its end"],
    ["--random 3 --range smoothing=0..2", "The range of label smoothing: 2: "],
    ["--random 5 --choice flip=yes,no", "only 2 were found"],
    [
      "--random 200 --range smoothing=0..0.5 --seeds 1,2,3 --vary learning-rate=" +
        Array.from({ length: 20 }, (_, at) => (at + 1) / 100).join(","),
      "12000 runs",
    ],
    ["--random 3 --range smoothing=0..0.5 --vary smoothing=0,0.1", "varied twice"],
    ["--pair smoothing --halving usual", "there is one block"],
    ["--halving least=1,zeta=3 --seeds 1,2", "zeta=3 is none of"],
    ["--halving least=9999 --seeds 1,2", "must be fewer than"],
    ["--halving least=0 --seeds 1,2", "least is 1 or more"],
    ["--epochs 3 --halving metric=objective --seeds 1,2", "cannot rank runs"],
    ["--halving eta=1 --seeds 1,2", "eta is 2 or more"],
    ["--seeds 1,1", "only 1 differ"],
    ["--seeds 1,two", "not a number"],
    ["--seeds=-1,2", "seeds: "],
  ])("sweep %s, also as a dry run", async (words, said) => {
    await expectUsage(`${sweep} ${words}`, said);
    await expectUsage(`${sweep} ${words} --dry-run`, said);
  });

  it("what a file of first weights can give, and which of its rows can be frozen", async () => {
    const from = `--input 32 --initial-weights ${firstLayerOfLenet()}`;
    await expectUsage(
      `${lenet} ${from} --frozen-through nosuch`,
      "The network has no row named nosuch that could be frozen. Choose one of C1",
    );
    await expectUsage(`${lenet} ${from} --frozen-through c1x`, "Did you mean C1? Choose one of C1");
    await expectUsage(`${lenet} ${from}`, "Too little of the file fits lenet5");
    await expectUsage(
      `${lenet} ${from} --allow-mismatch --frozen-through C3`,
      "Row C3 would be frozen as the seed draws it",
    );
    await expectUsage(`${train} ${from}`, "No weight in the file has the name and shape of one of alexnet's.");
  });

  it("too few pictures of a class; a preset's batch gives way to few, and only a batch that was named is held to them", async () => {
    const folderOf = async (count: number) => {
      const folder = temporaryFolder();
      for (const [name, red] of [
        ["cat", 0],
        ["dog", 100],
      ] as const)
        writeFiles(folder, await pictures(name, count, red));
      return folder;
    };
    const small = async (count: number) => `train --data ${await folderOf(count)} --model lenet5 --epochs 1`;
    await expectUsage(await small(3), "3 usable pictures; 4 are needed.");
    await expectUsage(`${await small(6)} --batch 12`, "batchSize: 12 is more than the 8 training pictures.");
    expect((await cli.run(await small(6))).exitCode).toBe(0);
  });

  it("and nothing of all that is recorded", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    expect(runs).toHaveLength(1);
    expect(JSON.parse((await cli.run("experiments --json")).out).experiments).toEqual([]);
  });
});
