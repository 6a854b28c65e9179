/** The command line as a person and a program use it. One file, though a long one: what its first commands train in one home, the later ones show and export. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportFormats, imagenetPixels } from "../../src-main/contract/weights.ts";
import { visibleText } from "../../src-main/domain/visible-text.ts";
import { writeSafetensors } from "../../src-main/platform/safetensors.ts";
import { hardFolderNames } from "../support/hard-names.ts";
import { pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { drawnScene } from "../support/planted-copies.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { scripts } from "../support/trainer-scripts.ts";

let cli: TestCli;
beforeAll(() => {
  cli = createTestCli();
});
afterAll(() => cli.remove());

const train = "train --data drawn:pictures=100,pixels=16 --model inception-v3 --epochs 2";

const evaluation = {
  pictures: 10,
  top1: expect.any(Number),
  top5: expect.any(Number),
  hardLoss: expect.any(Number),
  objective: expect.any(Number),
  objectiveFloor: expect.any(Number),
  ece: expect.any(Number),
  largestLogit: expect.any(Number),
};
const trainedRun = {
  id: expect.any(Number),
  arm: null as "A" | "B" | null,
  model: "inception-v3",
  loss: "cross-entropy",
  dataset: "Drawn shapes",
  state: "finished",
  endReason: "completed",
  epochs: 2,
  steps: 8,
  parameters: 1_000,
  imagesPerSecond: 100,
  validation: evaluation,
  test: evaluation,
  seconds: expect.any(Number),
};

describe("train --json", () => {
  it("prints one document of exactly this shape, and nothing else", async () => {
    const { exitCode, out, err } = await cli.run(`${train} --json`);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out.split("\n")).toHaveLength(2);
    expect(JSON.parse(out)).toEqual({ experiment: null, runs: [trainedRun] });
  });

  it("--keep-graph has the training process leave its graph in that file", async () => {
    const file = join(cli.home, "step.pb");
    expect((await cli.run(`${train} --keep-graph ${file}`)).exitCode).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  it.skipIf(availableParallelism() === 1)(
    "--threads holds the training process to so many, and the run says so",
    async () => {
      const [run] = JSON.parse((await cli.run(`${train} --threads 1 --json`)).out).runs;
      expect((await cli.run(`show ${run.id}`)).out).toMatch(/^threads +1$/m);
      expect((await cli.run(`${train} --threads 0`)).exitCode).toBe(2);
    },
  );

  it("says what does not fit into memory and what would, and trains all the same", async () => {
    const large = "train --data drawn:pictures=3000,pixels=16 --model inception-v3 --input 512 --width 2 --batch 2000";
    const { exitCode, err } = await cli.run(`${large} --epochs 1 --json`);
    expect(exitCode).toBe(0);
    expect(err).toMatch(
      /^Warning: a batch of 2000 would take about .* GB of memory, and .* GB is free\. --batch \d+ would fit\.\n$/,
    );
  });

  it("names the arms and the experiment of a pair", async () => {
    const { out } = await cli.run(`${train} --pair smoothing --json`);
    expect(JSON.parse(out)).toEqual({
      experiment: expect.any(Number),
      runs: [
        { ...trainedRun, arm: "A" },
        { ...trainedRun, arm: "B" },
      ],
    });
  });

  it("--events prints one event a line, every point among them, and the document last", async () => {
    const { exitCode, out } = await cli.run(`${train} --json --events`);
    expect(exitCode).toBe(0);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const points = lines.filter(({ kind }) => kind === "points").flatMap((line) => line.points);
    const steps = points.filter(({ metric }) => metric === "hardLoss").map(({ step }) => step);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lines.at(-1)).toEqual({ kind: "ended", experiment: null, runs: [trainedRun] });
  });

  it("ends with 1 and the reason when training fails", async () => {
    const { exitCode, out } = await cli.run(`${train} --seed ${scripts.killedAtStepThree} --json`);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out).runs[0]).toMatchObject({ state: "failed", endReason: "process-died", steps: 3, test: null });
  });

  it("keeps what is recorded when a person interrupts, and ends with 1", async () => {
    const stopAtFirstPoint = (text: string, interrupt: () => void) => {
      if (text.includes('"kind":"points"')) interrupt();
    };
    const words = `${train} --seed ${scripts.waitsAtStepThree} --json --events`;
    const { exitCode, out, err } = await cli.run(words, { onOut: stopAtFirstPoint });
    expect(exitCode).toBe(1);
    expect(err).toContain("what is recorded stays");
    const last = JSON.parse(out.trimEnd().split("\n").at(-1)!);
    expect(last.runs[0]).toMatchObject({ state: "stopped", endReason: "stopped-by-person" });
  });
});

describe("train for a person", () => {
  it("shows a table, and progress only to somebody who watches", async () => {
    const quiet = await cli.run(train);
    expect(quiet.err).toBe("");
    expect(quiet.out).toMatch(/Figures on the \d+ test pictures;/);
    const watched = await cli.run(train, { isWatched: true });
    expect(watched.err).toContain("\r");
    expect(quiet.out).toContain("losses in nats; ECE from 0 to 1.");
  });

  it("speaks of margins where the network is trained on the hinge loss, and of nats for the rest alone", async () => {
    const drawn = "train --data drawn:pictures=100,pixels=16 --model linear-svm --epochs 2 --pair smoothing";
    const svms = JSON.parse((await cli.run(`${drawn} --json`)).out).runs;
    expect(svms).toMatchObject([{ loss: "hinge" }, { loss: "hinge" }]);
    expect((await cli.run(`show ${svms[0].id}`)).out).toContain(
      "losses in nats, but a hinge loss's objective in margins; ECE from 0 to 1.",
    );
    const compared = (await cli.run(`compare ${svms[0].id} ${svms[1].id}`)).out;
    expect(compared).toContain("hard loss (nats)");
    expect(compared).not.toContain("objective (nats)");
  });
});

describe("what is recorded", () => {
  it("runs, show and compare print their documents", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    const [b, a] = runs.filter(({ arm }: { arm: string | null }) => arm !== null);
    expect(Object.keys(runs[0])).toEqual([
      ...Object.keys(trainedRun),
      ...["title", "experiment", "block", "createdAt", "tags", "isPinned", "isArchived", "diskBytes", "best", "split"],
    ]);

    const { run } = JSON.parse((await cli.run(`show ${b.id} --json`)).out);
    expect(run.configuration.training.smoothing).toBe(0.1);
    expect(run.differs).toEqual([{ setting: "smoothing", values: [0, 0.1], isBlocked: true }]);

    const compared = JSON.parse((await cli.run(`compare ${a.id} ${b.id} --json`)).out);
    expect(compared.differences).toEqual([{ setting: "training.smoothing", values: [0, 0.1] }]);
    expect(compared.results).toEqual([evaluation, evaluation]);
    expect(compared.confusions[0]).toHaveLength(10);
    expect(compared.top1Difference.value).toBeCloseTo(0.2);
    expect((await cli.run(`compare ${a.id} ${b.id}`)).out).toContain("training.smoothing");
    expect((await cli.run(`show ${b.id}`)).out).toContain("smoothed ε = 0.1");
  });

  it("curves writes every point of runs for TensorBoard or as a table, and into no folder that is filled", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    const [{ id }] = runs.filter(({ test: tested }: { test: object | null }) => tested !== null);
    const folder = join(cli.home, "curves");
    const { exported } = JSON.parse((await cli.run(`curves ${id} --to ${folder} --json`)).out);
    expect(exported.files).toEqual([
      { name: expect.stringMatching(/^run-\d+\/events\.out\.tfevents\./), points: expect.any(Number) },
    ]);
    const again = await cli.run(`curves ${id} --to ${folder}`);
    expect([again.exitCode, again.err]).toEqual([1, expect.stringContaining(folder)]);
    const table = join(cli.home, "table");
    await cli.run(`curves ${id} --format csv --to ${table}`);
    const [head, ...lines] = readFileSync(join(table, "curves.csv"), "utf8").trim().split("\n");
    expect([head, lines.length]).toEqual([
      "run,title,metric,unit,split,pictures,per,step,value,training_seconds",
      exported.files[0].points,
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/,hardLoss,nats,train,\d*,batch,2,1,1$/));
  });

  it("calibration says on which pictures it is, in words, as a document and as a table of bins", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    const [{ id }] = runs.filter(({ test: tested }: { test: object | null }) => tested !== null);
    const { calibration } = JSON.parse((await cli.run(`calibration ${id} --json`)).out);
    expect(calibration).toMatchObject({ split: "test", runs: [{ runId: id, temperature: null }] });
    const words = (await cli.run(`calibration ${id}`)).out;
    expect(words).toContain(`Figures on the ${calibration.pictures} test pictures`);
    const [head, ...lines] = (await cli.run(`calibration ${id} --csv`)).out.trim().split("\n");
    expect(head).toMatch(/^run,title,split,pictures,unit,binning,/);
    expect(lines.filter((line) => line.includes(",test,") && line.includes(",equal-width,"))).toHaveLength(15);
    expect((await cli.run(`calibration ${id} --csv --json`)).exitCode).toBe(2);
  });

  it("classes says on which pictures it is, in words, as a document and as a table", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    const [{ id }] = runs.filter(({ test: tested }: { test: object | null }) => tested !== null);
    const { split, runs: told } = JSON.parse((await cli.run(`classes ${id} --json`)).out);
    expect([split, told[0].run]).toEqual(["test", id]);
    const pictures = told[0].confusion.flat().reduce((sum: number, count: number) => sum + count, 0);
    expect(told[0].macro.pictures).toBe(pictures);
    expect((await cli.run(`classes ${id}`)).out).toContain(`On the ${pictures} test pictures: accuracy`);
    const [head, ...lines] = (await cli.run(`classes ${id} --csv`)).out.trim().split("\n");
    expect([head, lines.length]).toEqual([
      "run,title,split,unit,class,pictures,answers,right,precision,recall,f1",
      told[0].classes.length,
    ]);
  });

  it("data suspects names what one or several runs take for another class, or says that there is nothing to judge by", async () => {
    const { runs } = JSON.parse((await cli.run("runs --json")).out);
    const finished = runs.filter(({ test: tested }: { test: object | null }) => tested !== null);
    const [{ id }] = finished;
    const { suspects } = JSON.parse((await cli.run(`data suspects ${id} --json --most 3`)).out);
    expect(suspects.count).toBeGreaterThan(0);
    expect(suspects.first.length).toBe(Math.min(3, suspects.count));
    for (const one of suspects.first) {
      expect(one.label).not.toBe(one.resembles);
      expect(one.labelConfidence).toBeLessThan(one.confidence);
    }
    const { out } = await cli.run(`data suspects ${id}`);
    expect(out).toContain(`${suspects.count} of ${suspects.pictures} pictures that were held out`);
    expect(out).toContain(suspects.first[0].name);
    const failed = runs.find(({ state }: { state: string }) => state === "failed");
    expect((await cli.run(`data suspects ${failed.id}`)).err).toContain("has not answered pictures");
    expect((await cli.run(`data suspects ${id} ${id}`)).err).toContain("one of them is named twice");
  });
});

describe("models and data", () => {
  it("models --json gives the model list with these keys", async () => {
    const { models } = JSON.parse((await cli.run("models --json")).out);
    const keys =
      "id title year weightLayers inputPixels classes parameters auxiliaryParameters multiplyAdds paper family variant";
    for (const model of models) expect(Object.keys(model)).toEqual(keys.split(" "));
    expect(models.find(({ id }: { id: string }) => id === "alexnet")).toMatchObject({
      year: 2012,
      classes: 1_000,
      parameters: 60_965_224,
    });
  });

  it("models show --json gives one network at the size asked for", async () => {
    const { model } = JSON.parse((await cli.run("models show alexnet --input 32 --width 0.5 --classes 7 --json")).out);
    expect(model).toMatchObject({ id: "alexnet", inputPixels: 32, width: 0.5, classes: 7 });
    expect(model.rows.at(-1).output.channels).toBe(7);
  });

  it("data inspect shows names of classes in whatever script, and those that would steer the terminal written out", async () => {
    const files = await Promise.all(hardFolderNames.map((name, place) => pictures(name, 6, 20 * place)));
    const folder = writeFiles(temporaryFolder(), Object.assign({}, ...files));
    const inWords = await cli.run(`data inspect ${folder}`);
    expect(inWords.exitCode).toBe(0);
    for (const name of hardFolderNames) expect(inWords.out).toContain(`\n${visibleText(name.normalize())} `);
    const { out } = await cli.run(`data inspect ${folder} --json`);
    for (const character of ["\u001b", "\u202e"]) expect(inWords.out + out).not.toContain(character);
    const names = JSON.parse(out).dataset.classes.map(({ name }: { name: string }) => name);
    expect(new Set(names)).toEqual(new Set(hardFolderNames.map((name) => name.normalize())));
  });

  it("data inspect --json gives counts, splits and problems", async () => {
    const { dataset } = JSON.parse((await cli.run("data inspect drawn:pictures=100 --json")).out);
    expect(dataset.counts).toEqual({ train: 80, validation: 10, test: 10 });
    expect(dataset.classes).toHaveLength(10);
  });

  it("data inspect says what may be wrong", async () => {
    const files = {
      ...{ ...(await pictures("train/cats", 21, 0)), ...(await pictures("train/dogs", 21, 40)) },
      ...{ ...(await pictures("val/cats", 9, 80)), ...(await pictures("val/dog", 9, 100)) },
    };
    const folder = writeFiles(join(cli.home, "misspelt"), files);
    const { out } = await cli.run(`data inspect ${folder}`);
    expect(out).toContain("“dog” in the validation pictures is probably “dogs”");
    const { findings } = JSON.parse((await cli.run(`data inspect ${folder} --json`)).out);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual([
      ...["misspelt-class-validation", "small-split-validation"],
    ]);
  });

  it("data inspect --pixels names near-duplicates and unusual pictures", async () => {
    const scenes = await Promise.all(Array.from({ length: 14 }, (_, number) => drawnScene(number)));
    const files: Record<string, Uint8Array> = {};
    for (const [number, bytes] of scenes.entries())
      files[`${number < 10 ? "train" : "val"}/${number % 2 ? "a" : "b"}/${number}.jpg`] = bytes;
    files["val/b/copy.png"] = await sharp(scenes[0]!).flop().png().toBuffer();
    files["train/a/black.png"] = await plain(0, 0, 0).png().toBuffer();
    const folder = writeFiles(join(cli.home, "pixels"), files);
    const { findings } = JSON.parse((await cli.run(`data inspect ${folder} --pixels --json`)).out);
    const namesOf = (id: string) =>
      findings
        .find((finding: { id: string }) => finding.id === id)
        .pictures.map((group: { name: string }[]) => group.map(({ name }) => name));
    expect(namesOf("near-duplicates-splits")).toEqual([["train/b/0.jpg", "val/b/copy.png"]]);
    expect(namesOf("unusual-blank")).toEqual([["train/a/black.png"]]);
    const inWords = (await cli.run(`data inspect ${folder} --pixels`)).out;
    expect(inWords).toContain("· train/b/0.jpg = val/b/copy.png");
    expect((await cli.run(`data inspect ${folder}`)).out).not.toContain("near-duplicates");
  });

  it("data inspect says what becomes of photographs, and nothing of that where pictures are drawn as squares", async () => {
    const photographs = { ...(await pictures("ants", 4, 0)), ...(await pictures("bees", 4, 50)) };
    const folder = writeFiles(join(cli.home, "photographs"), photographs);
    expect((await cli.run(`data inspect ${folder}`)).out).toContain("cropped to the middle square");
    expect((await cli.run("data inspect drawn:pictures=100")).out).not.toContain("cropped");
  });
});

describe("weights", () => {
  const torchvisions = () => {
    const path = join(cli.home, "torchvision.safetensors");
    const tensor = (name: string, shape: number[]) => ({
      ...{ name, shape },
      values: () => new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(0.01),
    });
    const first = [tensor("features.0.weight", [64, 3, 11, 11]), tensor("features.0.bias", [64])];
    writeSafetensors(path, [...first, tensor("features.3.bias", [7]), tensor("stranger", [2, 3])], {});
    return path;
  };

  it("models import tells what matched, and writes a file that training begins from", async () => {
    const to = join(cli.home, "imported.safetensors");
    const words = `models import ${torchvisions()} --model alexnet-torchvision --to ${to}`;
    const refused = await cli.run(`${words} --json`);
    expect([refused.exitCode, existsSync(to)]).toEqual([2, false]);
    expect(JSON.parse(refused.out).error).toMatchObject({
      code: "weights.too-little",
      problem: expect.stringContaining("2 of its weights matched, 14 are missing, and 2 of the file's are left over"),
    });
    const { exitCode, out } = await cli.run(`${words} --allow-mismatch --json`);
    expect(exitCode).toBe(0);
    const document = JSON.parse(out);
    expect(Object.keys(document)).toEqual(["file", "matchedBy", "differences", "matched", "missing", "surplus"]);
    expect(document.matchedBy).toBe("name");
    expect(document.differences).toEqual([{ row: "number of convolutions", here: "5", there: "1" }]);
    expect(document.matched).toEqual([
      { name: "conv1/kernel", from: "features.0.weight", shape: [11, 11, 3, 64] },
      { name: "conv1/bias", from: "features.0.bias", shape: [64] },
    ]);
    expect(document.missing).toHaveLength(14);
    expect(document.missing[1]).toEqual({ name: "conv2/bias", shape: [192], from: "features.3.bias", found: [7] });
    expect(document.surplus).toEqual([{ name: "stranger", shape: [2, 3] }]);
    const inWords = (await cli.run(`${words} --allow-mismatch`)).out;
    expect(inWords).toContain("2 matched, 14 missing, 1 surplus. Matched by name and shape.");
    expect(inWords).toContain("It computes something else: number of convolutions, 1 there and 5 here.");

    const alexnet =
      "train --data drawn:pictures=100,pixels=16 --model alexnet-torchvision --input 224 --width 1 --epochs 1";
    const begun = `${alexnet} --initial-weights ${to} --frozen-through conv1 --json`;
    expect(JSON.parse((await cli.run(begun)).out).error.code).toBe("weights.too-little");
    expect(await cli.run(`${train} --allow-mismatch`)).toMatchObject({ exitCode: 2 });
    const [run] = JSON.parse((await cli.run(`${begun} --allow-mismatch`)).out).runs;
    const shown = JSON.parse((await cli.run(`show ${run.id} --json`)).out).run;
    expect(shown.configuration.initialWeights).toEqual({
      path: to,
      sha256: createHash("sha256").update(readFileSync(to)).digest("hex"),
      frozenThrough: "conv1",
      isMismatchAllowed: true,
      preprocessing: imagenetPixels,
    });
  });

  it("models export asks a training process for each format, and export for a run's", async () => {
    const to = join(cli.home, "out");
    for (const format of exportFormats) {
      const { out } = await cli.run(`models export some.safetensors --to ${to} --format ${format} --json`);
      expect(JSON.parse(out).exported).toMatchObject({ format, folder: to });
    }
    const [run] = JSON.parse((await cli.run(`${train} --json`)).out).runs;
    const inWords = (await cli.run(`export ${run.id} --to ${to}`)).out;
    expect(inWords).toContain(`The weights of epoch 2. Written to ${to}`);
    expect((await cli.run(`export ${run.id} --to ${to} --weights last`)).exitCode).toBe(0);
    expect(await cli.run(`export ${run.id} --to ${to} --weights first`)).toMatchObject({ exitCode: 2 });
    expect(JSON.parse((await cli.run(`show ${run.id} --json`)).out).run.weights).toMatchObject({ bytes: 8 });
    const [killed] = JSON.parse((await cli.run(`${train} --seed ${scripts.killedAtStepThree} --json`)).out).runs;
    const none = await cli.run(`export ${killed.id} --to ${to}`);
    expect(none).toMatchObject({ exitCode: 1, err: expect.stringContaining("has no weights on record") });
  });

  it("that are no file, a pickle or of nothing known end with 2 and the reason", async () => {
    const pickle = join(cli.home, "model.pth");
    writeFileSync(pickle, "PK\u0003\u0004 and so on");
    const importing = (path: string, model: string) => cli.run(`models import ${path} --model ${model} --json`);
    const codeOf = async (path: string, model: string) => JSON.parse((await importing(path, model)).out).error.code;
    expect(await codeOf("/nowhere", "vgg11")).toBe("weights.not-found");
    expect(await codeOf(pickle, "vgg11")).toBe("weights.pickle");
    expect(await codeOf(torchvisions(), "zfnet")).toBe("weights.no-mapping");
    expect(await codeOf(torchvisions(), "inception-v3-torchvision")).toBe("weights.unmatched");
    expect((await cli.run(`${train} --initial-weights ${torchvisions()}`)).err).toContain("strata models import");
    expect(await cli.run(`${train} --initial-weights ${pickle}`)).toMatchObject({ exitCode: 2 });
    expect(await cli.run(`${train} --frozen-through conv1`)).toMatchObject({ exitCode: 2 });
    expect(await cli.run(`export 1 --to x --format keras`)).toMatchObject({ exitCode: 2 });
  });
});

describe("exit codes", () => {
  it("2 for what is wrong usage, with --json as a document too", async () => {
    for (const words of ["trian", "train", `${train} --epochs many`, "show one", "compare 1", `${train} --smoothing 2`])
      expect([words, (await cli.run(words)).exitCode]).toEqual([words, 2]);
    const { exitCode, out } = await cli.run("train --json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({ code: "usage" });
  });

  it("1 for what is right and fails, said in words or as a document", async () => {
    const inWords = await cli.run("show 999");
    expect(inWords).toMatchObject({ exitCode: 1, out: "", err: "There is no run 999. See the list of runs.\n" });
    const { exitCode, out, err } = await cli.run("show 999 --json");
    expect([exitCode, err, JSON.parse(out).error.code]).toEqual([1, "", "run.unknown"]);
  });

  it("0 for help, which every command has", async () => {
    const commands =
      "serve|doctor|data inspect|data suspects|models|models show|models import|models export|train|repeat|sweep|experiments|sweeps|queue|resume|runs|show|compare|calibration|classes|export".split(
        "|",
      );
    for (const command of ["", ...commands]) {
      const { exitCode, out } = await cli.run(`${command} --help`.trim());
      expect([command, exitCode]).toEqual([command, 0]);
      expect(out).toContain("Usage: strata");
    }
  });

  it("are those of the process", async () => {
    const entry = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
    const environment = { ...process.env, STRATA_HOME: cli.home };
    const codeOf = (...words: string[]) =>
      new Promise((resolve) => {
        execFile(process.execPath, [entry, ...words], { env: environment }, (error) => resolve(error?.code ?? 0));
      });
    expect(await codeOf("models")).toBe(0);
    expect(await codeOf("show", "999")).toBe(1);
    expect(await codeOf("show", "one")).toBe(2);
  });
});

describe("serve", () => {
  it("prints an address that opens the app, and ends when it is told to", async () => {
    let opened: Promise<Response> | undefined;
    const { exitCode, out } = await cli.run("serve --json", {
      onOut: (text, interrupt) => {
        opened = fetch(JSON.parse(text).openAddress, { redirect: "manual" }).finally(interrupt);
      },
    });
    expect(exitCode).toBe(0);
    expect((await opened)?.status).toBe(303);
    expect(Object.keys(JSON.parse(out))).toEqual(["address", "openAddress"]);
  });

  it("prints the same address at the next start, and another one with --new-token", async () => {
    const address = async (words: string, meanwhile = async () => {}): Promise<string> => {
      let asked: Promise<void> | undefined;
      const { out } = await cli.run(words, {
        onOut: (_, interrupt) => {
          asked = meanwhile().finally(interrupt);
        },
      });
      await asked;
      return JSON.parse(out).openAddress;
    };
    const tokenOf = (at: string) => new URL(at).searchParams.get("token");
    const first = await address("serve --json");
    expect(await address("serve --json")).toBe(first);

    // Where its port is taken, it is the same token at another.
    let beside = "";
    await address("serve --json", async () => {
      beside = await address("serve --json");
    });
    expect(new URL(beside).port).not.toBe(new URL(first).port);
    expect(tokenOf(beside)).toBe(tokenOf(first));

    const renewed = await address("serve --json --new-token");
    expect(new URL(renewed).port).toBe(new URL(beside).port);
    expect(tokenOf(renewed)).not.toBe(tokenOf(first));
    expect(await address("serve --json")).toBe(renewed);
  });

  it("at a port that a person names it says when that is taken, whatever was kept", async () => {
    let refused: Promise<string> | undefined;
    await cli.run("serve --json", {
      onOut: (text, interrupt) => {
        const { port } = new URL(JSON.parse(text).address);
        refused = cli
          .run(`serve --json --port ${port}`)
          .then(({ out }) => JSON.parse(out).error.code)
          .finally(interrupt);
      },
    });
    expect(await refused).toBe("server.port-taken");
  });

  it("warns when it is opened to the network", async () => {
    const { err } = await cli.run("serve --host 0.0.0.0 --json", { onOut: (_, interrupt) => interrupt() });
    expect(err).toContain("open to your network");
  });
});

describe("bench", () => {
  const figures = {
    millisPerStep: 500,
    imagesPerSecond: 64,
    firstStepSeconds: 3,
    peakMemoryBytes: 1_000_000,
    shareOfPeak: expect.any(Number),
    refusal: null,
  };

  it("--json tells what compiled and eager steps cost, each tried in a process of its own", async () => {
    const { exitCode, out } = await cli.run("bench alexnet --input 64 --width 0.5 --batch 32 --json");
    expect(exitCode).toBe(0);
    const { peakFlopsPerSecond, networks } = JSON.parse(out);
    expect(peakFlopsPerSecond).toBe(1e12);
    expect(networks).toEqual([
      {
        model: { id: "alexnet", inputPixels: 64, width: 0.5 },
        classes: 10,
        batchSize: 32,
        precision: "float32",
        compiled: figures,
        eager: { ...figures, millisPerStep: 1_000, imagesPerSecond: 32 },
      },
    ]);
    const { out: shown } = await cli.run("models show alexnet --input 64 --width 0.5 --classes 10 --json");
    const flops = 6 * 32 * JSON.parse(shown).model.multiplyAdds;
    expect(networks[0].compiled.shareOfPeak).toBeCloseTo(flops / 1e12 / 0.5, 12);
  });

  it("has a line for every network of the model registry, at its compact preset, where none is named", async () => {
    const { exitCode, out } = await cli.run("bench");
    expect(exitCode).toBe(0);
    const { out: models } = await cli.run("models --json");
    for (const { id } of JSON.parse(models).models) expect(out).toMatch(new RegExp(`^${id} +32 px .* 2\\.0 ×$`, "m"));
    expect(out).toContain("1,000 GFLOP/s in float32 products");
  });

  it("names a network that there is not, and a size that does not fit", async () => {
    expect(await cli.run("bench resnet")).toMatchObject({ exitCode: 2, err: expect.stringContaining("resnet") });
    expect(await cli.run("bench vgg16 --input 4")).toMatchObject({ exitCode: 2 });
    expect(await cli.run("bench alexnet --steps 0")).toMatchObject({ exitCode: 2 });
    expect(await cli.run("bench alexnet --batch 0")).toMatchObject({ exitCode: 2 });
  });
});
