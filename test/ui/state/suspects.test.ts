// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import type { LabelSuspects } from "../../../src-main/contract/label-suspects.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { canNameSuspects, suspectRuns } from "../../../src-main/domain/runs/suspect-runs.ts";
import { decisionOfKey } from "../../../src-renderer/features/runs/suspects/suspect-keys.ts";
import { SuspectsState } from "../../../src-renderer/features/runs/suspects/suspects.svelte.ts";
import {
  answersText,
  askedRunsText,
  decisionsText,
  saidText,
} from "../../../src-renderer/features/runs/suspects/suspects-texts.ts";
import { repeatedPictures } from "../../../src-renderer/features/train/experiment/repeated.ts";
import { cifar, samplePair, sampleRun } from "../../support/sample-views.ts";
import { later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

const suspect = (name: string, label: string, resembles: string) => ({
  ...({ example: 0, name, split: "train", label, resembles, confidence: 0.9, labelConfidence: 0.01 } as const),
  answers: [{ runId: 3, className: resembles, confidence: 0.9, labelConfidence: 0.01 }],
});
const found: LabelSuspects = {
  datasetId: 7,
  classes: ["cat", "dog", "owl"],
  asked: [{ runId: 3, split: "test", fold: null, pictures: 40 }],
  pictures: 40,
  count: 4,
  first: [
    suspect("1.png", "cat", "dog"),
    suspect("2.png", "cat", "dog"),
    suspect("3.png", "dog", "owl"),
    suspect("4.png", "owl", "cat"),
  ],
};
const from = { kind: "folder", path: "/cats" } as const;
const version = {
  key: "ab".repeat(32),
  number: 1,
  parentKey: null,
  author: "me",
  note: "",
  createdAt: "",
  source: from,
  edits: [],
};

async function opened() {
  const engine = scriptedEngine({ "runs.labelSuspects": () => found, "data.saveVersion": () => version });
  const suspects = new SuspectsState(engine.api);
  await suspects.open([3], "suspects of run 3");
  return { ...engine, suspects };
}

describe("going through label suspects", () => {
  test("each decision brings the next picture, an undo the one before, and what is decided becomes edits by class", async () => {
    const { suspects } = await opened();
    expect(suspects.current?.name).toBe("1.png");
    suspects.accept();
    suspects.decide({ kind: "exclude" });
    suspects.undo();
    expect(suspects.current?.name).toBe("2.png");
    suspects.accept();
    suspects.decide({ kind: "keep" });
    suspects.decide({ kind: "exclude" });
    expect(suspects.current).toBeNull();
    // Beyond the end nothing is decided on.
    suspects.accept();
    suspects.decide({ kind: "exclude" });
    expect(suspects.edits).toEqual([
      { kind: "relabel", pictures: ["1.png", "2.png"], className: "dog" },
      { kind: "exclude", pictures: ["4.png"] },
    ]);
    expect(decisionsText(suspects.decisions)).toBe("2 relabelled, 1 excluded, 1 kept");
  });

  test("a picked class that is the label keeps it, and is no change", async () => {
    const { suspects } = await opened();
    suspects.decide({ kind: "relabel", className: "cat" });
    expect([suspects.decisions, suspects.edits]).toEqual([[{ kind: "keep" }], []]);
  });

  test("they are saved with the scan that they were seen in; then nothing more is decided", async () => {
    const { suspects, calls } = await opened();
    suspects.accept();
    await suspects.save(from);
    const edits = [{ kind: "relabel", pictures: ["1.png"], className: "dog" }];
    expect(calls.at(-1)).toEqual([
      "data.saveVersion",
      { from, edits, datasetId: 7, author: null, note: "suspects of run 3" },
    ]);
    expect(suspects.saved).toEqual(version);
    suspects.undo();
    suspects.accept();
    expect(suspects.decisions).toHaveLength(1);
  });

  test("what could not be saved is said, with every decision kept; without a change nothing is sent", async () => {
    const { suspects, answers, calls } = await opened();
    suspects.decide({ kind: "keep" });
    await suspects.save(from);
    expect(calls).toHaveLength(1);
    answers["data.saveVersion"] = () => {
      throw refusal("The pictures have changed.");
    };
    suspects.accept();
    await suspects.save(from);
    expect([suspects.error?.problem, suspects.decisions.length, suspects.saved, suspects.isSaving]).toEqual([
      "The pictures have changed.",
      2,
      null,
      false,
    ]);
  });

  test("decisions outlive the dialog until they are saved or another run is asked", async () => {
    const { suspects, calls } = await opened();
    suspects.accept();
    await suspects.open([3], "another note");
    expect([suspects.decisions.length, suspects.note, calls.length]).toEqual([1, "suspects of run 3", 1]);
    await suspects.open([3, 4], "suspects of runs 3 and 4");
    expect([suspects.decisions.length, suspects.note]).toEqual([0, "suspects of runs 3 and 4"]);
    suspects.accept();
    await suspects.save(from);
    await suspects.open([3, 4], "again");
    expect([suspects.decisions.length, suspects.saved, suspects.note]).toEqual([0, null, "again"]);
  });

  test("suspects of runs that were left come too late to be shown", async () => {
    const { suspects, answers } = await opened();
    const slow = later<LabelSuspects>();
    answers["runs.labelSuspects"] = () => slow.promise;
    void suspects.open([1], "");
    answers["runs.labelSuspects"] = () => ({ ...found, pictures: 41 });
    await suspects.open([2], "");
    slow.resolve(found);
    await settled();
    expect(suspects.found?.pictures).toBe(41);
  });
});

test("keys decide: A, K, X or Delete, and a number for a class that there is", () => {
  const classes = Array.from({ length: 12 }, (_, place) => `class ${place + 1}`);
  const of = (key: string) => decisionOfKey(key, { resembles: "owl" }, classes);
  expect(of("a")).toEqual({ kind: "relabel", className: "owl" });
  expect(of("A")).toEqual(of("a"));
  expect(of("k")).toEqual({ kind: "keep" });
  expect([of("x"), of("Delete")]).toEqual([{ kind: "exclude" }, { kind: "exclude" }]);
  expect(of("9")).toEqual({ kind: "relabel", className: "class 9" });
  expect(decisionOfKey("3", { resembles: "owl" }, ["cat", "owl"])).toBeNull();
  expect([of("0"), of("Enter"), of(" "), of("10")]).toEqual([null, null, null, null]);
});

describe("runs that are asked", () => {
  const run = (id: number, index: number | null, changes: Partial<RunView> = {}): RunView => {
    const sample = sampleRun({ id });
    const fold = index === null ? null : { index, count: 3 };
    const training = { ...sample.configuration.training, fold };
    return { ...sample, state: "finished", configuration: { ...sample.configuration, training }, ...changes };
  };
  test("a run is asked with its arm-mate, which held out the same pictures", () => {
    const [a, b] = samplePair(1, 1);
    expect(suspectRuns(b!, [a!, b!], [a!, b!]).map(({ id }) => id)).toEqual([b!.id, a!.id]);
    const failed = { ...a!, state: "failed" as const };
    expect(suspectRuns(b!, [failed, b!], []).map(({ id }) => id)).toEqual([b!.id]);
  });
  test("of a run that held out a fold, those that differ in it alone, the latest of each, in order", () => {
    const other = run(9, 3);
    const seeded = { ...other, configuration: { ...other.configuration, seed: 99 } };
    const all = [seeded, run(8, 2), run(7, 3), run(6, 2), run(5, 1), run(4, null), run(3, 3, { state: "failed" })];
    expect(suspectRuns(run(5, 1), [], all).map(({ id }) => id)).toEqual([5, 8, 7]);
    // The run itself is asked, also where a later one held out its fold.
    expect(suspectRuns(run(6, 2), [], all).map(({ id }) => id)).toEqual([5, 6, 7]);
  });
  test("a run that held out no fold is asked with those that differ from it in their folds alone, of one number of folds", () => {
    const [first, second] = [run(8, 2), run(7, 1)];
    const inFive = run(6, 3);
    const { training } = inFive.configuration;
    const others = { ...inFive.configuration, training: { ...training, fold: { index: 3, count: 5 } } };
    const all = [first, second, { ...inFive, configuration: others }, run(5, null)];
    expect(suspectRuns(run(4, null), [run(4, null)], all).map(({ id }) => id)).toEqual([4, 7, 8]);
  });
  test("a run on drawn pictures, or without answers, has none to be mended", () => {
    expect(canNameSuspects(run(1, null))).toBe(true);
    expect(canNameSuspects(run(1, null, { state: "stopped" }))).toBe(false);
    expect(canNameSuspects(run(1, null, { test: null, validation: null }))).toBe(false);
    const { configuration } = run(1, null);
    const dataset = { kind: "drawn", pictures: 100, pixels: 32, difficulty: 0, seed: 1 } as const;
    expect(canNameSuspects(run(1, null, { configuration: { ...configuration, dataset } }))).toBe(false);
  });
});

describe("words", () => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  test("name the runs whose probabilities are shown, and what they held out", () => {
    expect([askedRunsText([3]), askedRunsText([4, 3]), askedRunsText([7, 5, 6]), askedRunsText([1, 3, 5])]).toEqual([
      "run 3",
      "runs 3 and 4",
      "runs 5 to 7",
      "runs 1, 3 and 5",
    ]);
    expect(plain(answersText(found))).toBe(
      "4 of 40 pictures that were held out look like another class than their label says. Probabilities are those of run 3, about the test pictures, which it did not learn from.",
    );
    const asked = [1, 2, 3].map(
      (index) => ({ runId: 10 + index, split: "test", fold: { index, count: 3 }, pictures: 9 }) as const,
    );
    expect(plain(answersText({ ...found, asked, count: 2_272 }))).toBe(
      "2,272 of 40 pictures that were held out look like another class than their label says. Probabilities are those of runs 11 to 13, each about the fold that it held out. The surest 4 are shown.",
    );
    expect(answersText({ ...found, asked: asked.slice(0, 2) })).toContain(
      "runs 11 and 12, each about the fold that it held out (2 of 3 folds).",
    );
    expect(answersText({ ...found, asked: [...found.asked, ...asked] })).toContain(
      "run 3, about the test pictures, which it did not learn from; of runs 11 to 13, each about the fold that it held out.",
    );
  });
  test("tell what was decided and what comes next to those who do not see it", () => {
    const [first, second] = found.first;
    const decided = { decision: { kind: "relabel", className: "dog" }, suspect: first! } as const;
    expect(plain(saidText(decided, second!, { number: 2, of: 4 }))).toBe(
      "1.png relabelled as dog. 2 of 4: labelled cat, looks like dog with 90 %.",
    );
    expect(saidText({ ...decided, decision: { kind: "exclude" } }, null, { number: 4, of: 4 })).toBe(
      "1.png excluded. You have been through all of them.",
    );
  });
  test("a page that was filled from a run says that its pictures are another version, and not that they are others", () => {
    const run = sampleRun({ id: 1 });
    const source = { ...cifar.source, version: "ab".repeat(32) } as const;
    const chosen = { id: 99, source };
    expect(repeatedPictures(run, { chosen, isScanning: false })).toBe("version");
  });
});
