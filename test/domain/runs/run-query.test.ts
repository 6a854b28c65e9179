import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { listedRunDocument, showDocument } from "../../../src-main/cli/run-documents.ts";
import { addTrainFlags } from "../../../src-main/cli/train-flags.ts";
import { findRunField, runFields } from "../../../src-main/domain/runs/run-fields.ts";
import { parseRunQuery } from "../../../src-main/domain/runs/run-query.ts";
import { compareValues, settingLeaves } from "../../../src-main/domain/runs/run-values.ts";
import { variedSettings } from "../../../src-main/domain/settings/settings.ts";
import {
  figureChoicesFor,
  numberColumn,
  settingChoices,
  stateColumn,
} from "../../../src-renderer/features/runs/run-columns.ts";
import { compactInception, sampleRun } from "../../support/sample-views.ts";

const smoothed = { ...compactInception, training: { ...compactInception.training, smoothing: 0.1 } };
const runs = [
  sampleRun({ id: 1, tags: ["night", "small"] }),
  sampleRun({
    id: 2,
    configuration: smoothed,
    state: "failed",
    title: "Too fast",
    validation: null,
    test: null,
    best: null,
  }),
  sampleRun({ id: 3, model: { id: "alexnet", title: "AlexNet" }, note: "Rate: too high" }),
];
const found = (text: string) => runs.filter(parseRunQuery(text, runs).matches).map(({ id }) => id);

describe("asking for runs", () => {
  it("by words: all of them have to occur, wherever", () => {
    expect(found("")).toEqual([1, 2, 3]);
    expect(found("inception FAST")).toEqual([2]);
    expect(found("night")).toEqual([1]);
  });

  it("by a setting, by the end of its path", () => {
    expect(found("smoothing>0")).toEqual([2]);
    expect(found("training.smoothing=0.1")).toEqual([2]);
    expect(found("optimizer.kind=adam smoothing<0.05")).toEqual([1, 3]);
    expect(found("dropout=none")).toEqual([1, 2, 3]);
    expect(found("clipNorm!=none")).toEqual([1, 2, 3]);
  });

  it("by a metric, with shares as people write them; a run without it fits no comparison", () => {
    expect(found("top1>=55%")).toEqual([1, 3]);
    expect(found("top1<1")).toEqual([1, 3]);
    expect(found("best.hardLoss<1.31")).toEqual([1, 3]);
    expect(found("validation.top1>54.9%")).toEqual([]);
    expect(found("best.epoch=7")).toEqual([1, 3]);
  });

  it("by what they are", () => {
    expect(found("state=failed")).toEqual([2]);
    expect(found("model:alex")).toEqual([3]);
    expect(found("tag:small")).toEqual([1]);
    expect(found("archived=true")).toEqual([]);
    expect(found("diskBytes>1e6")).toEqual([1, 2, 3]);
  });

  it("orders numbers as numbers and words as words, and what is not there last either way", () => {
    expect(runs.map(findRunField("top1")!.read)).toEqual([0.553, null, 0.553]);
    expect([3, null, 20, 1].sort((a, b) => compareValues(a, b, false))).toEqual([1, 3, 20, null]);
    expect([3, null, 20, 1].sort((a, b) => compareValues(a, b, true))).toEqual([20, 3, 1, null]);
    expect(["b", "a"].sort((a, b) => compareValues(a, b, false))).toEqual(["a", "b"]);
  });
});

describe("one vocabulary", () => {
  const drawn = { kind: "drawn", pictures: 100, pixels: 32, difficulty: 0.3, seed: 2 } as const;
  const some = [
    sampleRun({ id: 1, configuration: { ...compactInception, seed: 1, dataset: drawn }, title: "Seven" }),
    sampleRun({
      id: 2,
      configuration: { ...smoothed, seed: 2 },
      state: "failed",
      endReason: "not-finite",
      isPinned: true,
    }),
    sampleRun({
      id: 3,
      configuration: {
        ...compactInception,
        training: { ...compactInception.training, labelNoise: 0.2, learningRate: 0.01 },
      },
      state: "queued",
      note: "Rate: too high",
      tags: ["night", "small"],
      test: { ...sampleRun({ id: 3 }).test!, top1: 0.2 },
      createdAt: "2026-02-01T10:00:00.000Z",
      parameters: 2_000_000,
    }),
  ];

  it.each([
    // The run's seed, not that of the drawn pictures.
    ["seed=2", [2]],
    ["dataset.seed=2", [1]],
    // Page, flag, JSON key, path and short form of one setting.
    ["learning-rate=0.01", [3]],
    ["Learning rate = 0.01", [3]],
    ["learningRate=0.01", [3]],
    ["training.learningRate=0.01", [3]],
    ["configuration.training.learningRate=0.01", [3]],
    ["LR=1e-2", [3]],
    ["lr == 0.01", [3]],
    ["lr≠0.01", [1, 2]],
    ["optimiser=adam optimizer=ADAM optimizer.kind=adam", [1, 2, 3]],
    ["batch=64 batchSize=64 batch-size=64", [1, 2, 3]],
    ["input=32px inputPixels=32", [1, 2, 3]],
    ["schedule=cosine", [1, 2, 3]],
    ['schedule="one cycle"', [1, 2, 3]],
    ["early-stopping=none stops-early=none", [1, 2, 3]],
    ["augment=yes flip=true Augmentation=yes", [1, 2, 3]],
    ["network=Inception-v3 model=inception-v3", [1, 2, 3]],
    ["frozen-through=none begins from=none", [1, 2, 3]],
    // Spaces round a sign, and a unit that stands apart.
    ["smoothing > 0", [2]],
    ["top1 >= 55 %", [1, 2]],
    ["top-1>=55% accuracy<60%", [1, 2]],
    ["best hard loss<1.31 seven", [1]],
    ["epochs>3 steps<9000", [1, 2, 3]],
    // A bare number over 1 is percent of a share, and of a share alone.
    ["top1>20", [1, 2]],
    ["top1<=20", [3]],
    ["top1=55.3%", [1, 2]],
    ["label-noise=20", [3]],
    ["label-noise=0.2 wrong-labels=20%", [3]],
    ["top1<=1", [1, 2, 3]],
    ["epochs=8", [1, 2, 3]],
    // Units.
    ["took>5min time<1h seconds>=300", [1, 2]],
    ["disk>6MB disk<7MB", [1, 2, 3]],
    ["parameters=2M parameters=2,000,000", [3]],
    ["images/s>90", [1, 2, 3]],
    // States by themselves, and by the page's words.
    ["finished", [1]],
    ["FAILED", [2]],
    ["waiting", [3]],
    ["state=waiting state=queued state!=finished", [3]],
    ["state:fail", [2]],
    ["end=not-finite", [2]],
    ["pinned=yes isPinned=true", [2]],
    ["archived=no", [1, 2, 3]],
    ["tag=night tag:sma tags!=day", [3]],
    ["created>=2026-02 created=2026-02-01 createdAt<2026-02-01T11", [3]],
    ["created>2026-02-01", []],
    ["run=2", [2]],
    ["data:cifar dataset=CIFAR10-mini", [1, 2, 3]],
    // Quoted, a sign is no sign.
    ['"rate: too"', [3]],
    ['note:"too high"', [3]],
    ["10:30", []],
    ["zebra", []],
  ])("%s finds %j", (text, ids) => {
    const query = parseRunQuery(text, some);
    expect(query.problem).toBeNull();
    // A run that waits has taken no time, and a queued one here has ended all the same: it is told apart by its figures.
    const matched = some.filter(query.matches).map(({ id }) => id);
    expect(text.startsWith("took") ? matched.filter((id) => id !== 3) : matched).toEqual(ids);
  });

  it.each([
    ["learnig-rate=0.1", "No setting or figure is called learnig-rate.", "Did you mean learning-rate?"],
    ["smothing>0", "No setting or figure is called smothing.", "Did you mean smoothing?"],
    ["besthardlos<1", "No setting or figure is called besthardlos.", "Did you mean best.hardLoss?"],
    ["zzzzzz>1", "No setting or figure is called zzzzzz.", "Name one as the page"],
    ["rate: too high", "No setting or figure is called rate.", "quotes"],
    [
      "kind=adam",
      "No setting or figure is called kind.",
      "Did you mean dataset.kind or dataset.split.kind or optimizer.kind or schedule.kind?",
    ],
    ["top1>", "top1>: there is no value behind the sign.", "as in top1>=80%"],
    [">0.5", ">0.5: there is no name before the sign.", "Begin with a setting"],
    ["top1>high", "top1>high: high is no number.", "Write 80% or 0.8"],
    ["top1>120", "top1>120: 120 is more than 100 %.", "Write 80% or 0.8"],
    ["seed=two", "seed=two: two is no number.", "Write a number"],
    ["seed=1,2", "seed=1,2: 1,2 is no number.", "Write a number"],
    ["top1>5GB", "top1>5GB: GB is no unit of it.", "Write 80% or 0.8"],
    ["disk>3min", "disk>3min: min is no unit of it.", "20MB"],
    ["state=finshed", "state=finshed: finshed is none of", "Did you mean finished?"],
    ["optimizer=newton", "optimizer=newton: newton is none of sgd, rmsprop, adam.", "Name one of them."],
    ["state>finished", "state>finished: State is neither more nor less than anything.", "Ask with = or !=."],
    ["dropout>none", "dropout>none: none is neither more nor less than anything.", "Ask with = or !=."],
    ["pinned=perhaps", "pinned=perhaps: perhaps is neither yes nor no.", "Ask with yes or no."],
    ["created>yesterday", "created>yesterday: yesterday is no date.", "2026-01-31"],
    ["lr", "lr: a name alone says nothing.", "as in lr>0"],
    ["finsihed", "finsihed: no run has this word.", "Did you mean finished?"],
    ["fini", "fini: no run has this word.", "Did you mean finished?"],
  ])("%s is not understood, and says so", (text, problem, remedy) => {
    const query = parseRunQuery(`${text} `, some);
    expect(query.problem?.code).toMatch(/^find\./);
    expect(query.problem?.problem).toContain(problem);
    expect(query.problem?.remedy).toContain(remedy);
  });

  it("leaves out what it did not understand, and finds by the rest", () => {
    const query = parseRunQuery("smothing>0 seed=2", some);
    expect(query.problem).not.toBeNull();
    expect(some.filter(query.matches).map(({ id }) => id)).toEqual([2]);
  });

  it("knows every name of every field by itself", () => {
    for (const field of runFields)
      for (const name of field.names) expect([name, findRunField(name)?.id]).toEqual([name, field.id]);
  });

  it("knows every column of the page, every setting that a sweep varies there, and every flag of train that is a setting", () => {
    const columns = [...figureChoicesFor({ mostClasses: 10 }), ...settingChoices, numberColumn, stateColumn];
    for (const { id, title } of columns) {
      expect([title, findRunField(title)?.id]).toEqual([title, findRunField(id)?.id]);
      expect(findRunField(id), id).not.toBeNull();
    }
    for (const { title } of variedSettings()) expect(findRunField(title), title).not.toBeNull();
    const notSettings = [
      "read-as",
      "gif-first-frame",
      "data-version",
      "pair",
      "against",
      "arm",
      "vary",
      "random",
      "range",
      "choice",
      "search-seed",
      "halving",
      "seeds",
      "preset",
      "hold",
      "multiply-adds",
      "minutes",
      "allow-mismatch",
      "keep-graph",
      "json",
      "events",
    ];
    for (const { long, negate } of addTrainFlags(new Command("train")).options)
      if (!negate && !notSettings.includes(long!.slice(2))) expect(findRunField(long!), long).not.toBeNull();
  });

  it("knows every key of the JSON documents that has one value", () => {
    for (const path of settingLeaves(compactInception).keys()) expect(findRunField(path)?.id, path).toBeDefined();
    const [run] = some;
    for (const document of [listedRunDocument(run!), showDocument(run!, 0).run])
      for (const [key, value] of Object.entries(document))
        if (typeof value !== "object") expect([key, findRunField(key)?.id]).not.toContain(undefined);
    for (const look of ["validation", "test", "best"] as const)
      for (const key of Object.keys(listedRunDocument(run!)[look]!))
        expect(findRunField(`${look}.${key}`), `${look}.${key}`).not.toBeNull();
  });
});
