import { describe, expect, test } from "vitest";
import { type Optimizer, optimizer } from "../../src-main/contract/configuration.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { plannedBlocks, titleOfRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import { latestPair } from "../../src-main/domain/experiments/latest-pair.ts";
import { differingSettings } from "../../src-main/domain/runs/differing-settings.ts";
import { runGroups } from "../../src-main/domain/runs/run-groups.ts";
import { parseRunQuery } from "../../src-main/domain/runs/run-query.ts";
import { elapsedSeconds } from "../../src-main/domain/runs/run-values.ts";
import { finalFigures } from "../../src-renderer/entities/run/figures.ts";
import { givenTitle, shortNames, styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { experimentTitle, whereText } from "../../src-renderer/entities/run/run-titles.ts";
import { runsAfter } from "../../src-renderer/entities/run/runs-after.ts";
import { settingRows } from "../../src-renderer/entities/setting/setting-rows.ts";
import { columnOf, figureChoicesFor, shownColumns } from "../../src-renderer/features/runs/run-columns.ts";
import { experimentOf, type Pair } from "../support/experiment-of.ts";
import { compactInception, samplePair, sampleRun } from "../support/sample-views.ts";

const everything = {
  matches: () => true,
  state: "all",
  read: (run: RunView) => run.id,
  isDescending: true,
} as const;
const ids = (groups: readonly { runs: readonly RunView[] }[]): number[][] =>
  groups.map((group) => group.runs.map((run) => run.id));
const waiting = { state: "queued", validation: null, test: null, endedAt: null } as const;

/** What the engine says of all that is found. */
const foundOf = (some: readonly RunView[]) => ({
  mostClasses: Math.max(0, ...some.map(({ dataset }) => dataset.classes.length)),
  differing: differingSettings(some),
});

describe("what runs are called together", () => {
  test("arms of a pair go by the setting that differs and take the arms' hues, whatever the order", () => {
    const [a, b] = samplePair(1, 1);
    const runStyles = styleRuns([b!, a!]);
    expect(runStyles.map(({ name, short, hue, arm }) => ({ name, short, hue, arm }))).toEqual([
      { name: "Smoothed ε\u00a00.1", short: "smoothed", hue: 1, arm: "B" },
      { name: "One-hot", short: "one-hot", hue: 0, arm: "A" },
    ]);
  });

  test("arm B alone keeps its name and its hue", () => {
    const [, b] = samplePair(1, 1);
    expect(styleRuns([b!])[0]).toMatchObject({ short: "smoothed", hue: 1 });
  });

  test("arms that a person named go by their whole names", () => {
    const names = ["weight decay", "no decay, no crop"];
    const differs = [{ arms: names.map((name) => ({ name, changes: [] })), isBlocked: true }];
    const named = samplePair(1, 1).map((run) => ({ ...run, experiment: { ...run.experiment!, differs } }));
    expect(styleRuns(named).map(({ short }) => short)).toEqual(names);
  });

  test("arms of different pairs take hues in order, and their numbers where titles are alike", () => {
    const runStyles = styleRuns([samplePair(1, 1)[0]!, samplePair(2, 3)[1]!]);
    expect(runStyles.map(({ short, hue }) => [short, hue])).toEqual([
      ["run 1", 0],
      ["run 4", 1],
    ]);
  });

  test("runs with titles of their own go by them", () => {
    const runStyles = styleRuns([sampleRun({ id: 1, title: "First" }), sampleRun({ id: 2, title: "Second" })]);
    expect(experimentTitle(runStyles)).toBe("First against Second");
  });

  test("the number goes from a name only where the word alone tells the arms apart", () => {
    expect(shortNames(["One-hot", "Smoothed ε\u00a00.1"])).toEqual(["one-hot", "smoothed"]);
    expect(shortNames(["Smoothed ε\u00a00.1", "Smoothed ε\u00a00.2"])).toEqual([
      "smoothed ε\u00a00.1",
      "smoothed ε\u00a00.2",
    ]);
    expect(shortNames(["SGD, momentum 0.9", "Adam"])).toEqual(["SGD", "Adam"]);
    expect(shortNames(["0\u00a0% wrong labels", "20\u00a0% wrong labels"])).toEqual([
      "0\u00a0% wrong labels",
      "20\u00a0% wrong labels",
    ]);
  });

  test("a pair's title says what is tried on which pictures, and the line above where it stands", () => {
    const pair = samplePair(14, 1);
    expect(experimentTitle(styleRuns(pair))).toBe("Inception-v3 on cifar10-mini: one-hot against smoothed");
    expect(whereText(pair)).toBe("Experiment 14 · pair · seed 1");
  });
});

describe("the list of runs", () => {
  const runs = [
    ...samplePair(2, 5).reverse(),
    sampleRun({ id: 4, ...waiting, title: "AlexNet, later", model: { id: "alexnet", title: "AlexNet" } }),
    sampleRun({ id: 3, state: "failed", note: "rate too high", test: null, validation: null }),
  ];

  test("puts arms together, arm A first, the latest experiment on top", () => {
    expect(ids(runGroups(runs, everything))).toEqual([[5, 6], [4], [3]]);
  });
  test("finds a run by all of the words of a search, in title, note or number", () => {
    const found = (text: string) => ids(runGroups(runs, { ...everything, matches: parseRunQuery(text, runs).matches }));
    expect(found("alexnet LATER")).toEqual([[4]]);
    expect(found("too high")).toEqual([[3]]);
    expect(found("alexnet high")).toEqual([]);
  });
  test("shows what is going or what ended early, and what is archived only where it is asked for", () => {
    const some = [...runs, sampleRun({ id: 1, isArchived: true })];
    expect(ids(runGroups(some, { ...everything, state: "going" }))).toEqual([[4]]);
    expect(ids(runGroups(some, { ...everything, state: "ended" }))).toEqual([[3]]);
    expect(ids(runGroups(some, { ...everything, state: "archived" }))).toEqual([[1]]);
    expect(ids(runGroups(some, everything))).toEqual([[5, 6], [4], [3]]);
  });
  test("sorts by the best figure of a group, runs without figures last and the latest of them first", () => {
    const top1 = columnOf("top1");
    const by = (isDescending: boolean, some = runs) =>
      ids(runGroups(some, { ...everything, read: top1.value, isDescending }));
    expect(by(true)).toEqual([[5, 6], [4], [3]]);
    expect(by(false, runs.toReversed())).toEqual([[5, 6], [4], [3]]);
    expect(by(true, [...runs, sampleRun({ id: 2 })])).toEqual([[5, 6], [2], [4], [3]]);
  });
  test("what is pinned stands above all, whatever the order", () => {
    const some = [...runs, sampleRun({ id: 1, isPinned: true })];
    expect(ids(runGroups(some, everything))).toEqual([[1], [5, 6], [4], [3]]);
    expect(ids(runGroups(some, { ...everything, isDescending: false }))).toEqual([[1], [3], [4], [5, 6]]);
  });
  test("shows the settings that differ among the runs as columns, until a person chooses", () => {
    const titles = (chosen: readonly string[] | null, some: readonly RunView[]) =>
      shownColumns(chosen, foundOf(some)).map(({ title }) => title);
    const usual = ["Top-1, test", "Hard loss, test", "Best hard loss, validation", "Took", "Disk"];
    expect(titles(null, runs)).toEqual([...usual, "Label smoothing"]);
    expect(titles(null, [runs[2]!])).toEqual(usual);
    expect(titles(["seed", "ece"], runs)).toEqual(["ECE, test", "Seed"]);
  });
  test("a figure in the test pictures' column that is of the validation pictures is marked", () => {
    expect(
      columnOf("top1")
        .words(sampleRun({ id: 1 }))
        .replaceAll("\u00a0", " "),
    ).toBe("55.3 %");
    expect(
      columnOf("top1")
        .words(sampleRun({ id: 1, test: null }))
        .replaceAll("\u00a0", " "),
    ).toBe("54.8 % val");
  });
  test("top-5 is offered and shown only where some run has more than five classes", () => {
    const few = sampleRun({
      id: 1,
      dataset: { id: 1, name: "Pets", classes: ["a", "b", "c", "d", "e"], trainPictures: 10, largestClassShare: null },
    });
    const offered = (some: readonly RunView[]) => figureChoicesFor(foundOf(some)).some(({ id }) => id === "top5");
    expect([offered([few]), offered([few, sampleRun({ id: 2 })])]).toEqual([false, true]);
    expect(shownColumns(["top1", "top5"], foundOf([few])).map(({ id }) => id)).toEqual(["top1"]);
    const figures = (classes: number) =>
      finalFigures([sampleRun({ id: 1 }).test], { classes, losses: [] }).map(({ id }) => id);
    expect([figures(5).includes("top5"), figures(6).includes("top5")]).toEqual([false, true]);
  });
  test("a best figure says at which epoch it was", () => {
    expect(columnOf("best.hardLoss").words(sampleRun({ id: 1 }))).toBe("1.301 @ 7");
    expect(columnOf("best.hardLoss").words(sampleRun({ id: 1, best: null }))).toBe("–");
  });
  test("a run that has not ended has taken no time yet", () => {
    expect(elapsedSeconds(runs[2]!)).toBeNull();
    expect(elapsedSeconds(runs[0]!)).toBe(398);
  });
});

describe("what is compared without being asked", () => {
  test("is the latest pair whose arms both have figures", () => {
    const going = samplePair(3, 9, waiting).reverse();
    expect(latestPair([...going, ...samplePair(2, 7).reverse(), sampleRun({ id: 1 })])).toEqual([7, 8]);
  });
  test("is nothing where there is no pair", () => {
    expect(latestPair([sampleRun({ id: 2 }), sampleRun({ id: 1 })])).toBeNull();
  });
});

test("every setting that a pair can differ in gives two different names", () => {
  const pairs: Pair[] = [
    { setting: "smoothing", values: [0, 0.1] },
    { setting: "weightDecay", values: [0, 0.0005] },
    { setting: "labelNoise", values: [0, 0.2] },
    {
      setting: "optimizer",
      values: [
        { kind: "sgd", momentum: 0.9, isNesterov: false },
        { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 0 },
      ],
    },
  ];
  for (const pair of pairs) {
    const [a, b] = styleRuns(samplePair(1, 1, { pair }));
    expect(a!.short).not.toBe(b!.short);
  }
});

test("arms that differ in one number of an optimiser have two different names, on the page and as titles", () => {
  const others: Readonly<Record<Optimizer["kind"], readonly Readonly<Record<string, number | boolean>>[]>> = {
    sgd: [{ momentum: 0 }, { momentum: 0.5 }, { isNesterov: true }],
    rmsprop: [{ decay: 0.99 }, { momentum: 0 }, { epsilon: 1e-7 }, { initialMeanSquare: 1 }],
    adam: [{ beta1: 0.8 }, { beta2: 0.99 }, { epsilon: 1 }],
  };
  for (const { shape } of optimizer.options) {
    const kind = shape.kind.value;
    const usual = optimizer.parse({ kind });
    // Each number of the kind, so that one which is added is named, too.
    expect([...new Set(others[kind].flatMap((other) => Object.keys(other)))].sort()).toEqual(
      Object.keys(usual)
        .filter((key) => key !== "kind")
        .sort(),
    );
    for (const other of others[kind]) {
      const pair: Pair = { setting: "optimizer", values: [usual, optimizer.parse({ ...usual, ...other })] };
      const [a, b] = styleRuns(samplePair(1, 1, { pair }));
      expect(a!.short).not.toBe(b!.short);
      const titles = plannedBlocks(experimentOf(compactInception, pair))[0]!.map(({ levels }) =>
        titleOfRun("AlexNet", levels, null),
      );
      expect(titles[0]).not.toBe(titles[1]);
    }
  }
});

test("a run is not named by a value that it does not have", () => {
  const level = { name: null, changes: [{ setting: "momentum", value: undefined }] };
  expect(titleOfRun("LeNet-5", [level], 1)).toBe("LeNet-5, no momentum, seed 1");
});

test("a run's settings say its optimiser whole", () => {
  const said = (chosen: Optimizer) => {
    const { training, ...rest } = compactInception;
    return settingRows({ ...rest, training: { ...training, optimizer: chosen } }).find(
      ({ path }) => path === "training.optimizer",
    )?.value;
  };
  expect(said(optimizer.parse({ kind: "rmsprop", initialMeanSquare: 1 }))).toBe(
    "RMSProp, momentum 0.9, decay 0.9, ε 1, mean square from 1",
  );
  expect(said(optimizer.parse({ kind: "adam" }))).toBe("Adam, β₁ 0.9, β₂ 0.999, ε 1e-7");
  expect(said(optimizer.parse({ kind: "sgd", isNesterov: true }))).toBe("SGD, momentum 0.9, Nesterov");
});

describe("titles", () => {
  test("the engine's own title says nothing new beside an arm's name; a person's does", () => {
    expect(givenTitle(sampleRun({ id: 1, title: "Inception-v3, one-hot" }))).toBeNull();
    expect(givenTitle(sampleRun({ id: 1, title: "Inception-v3" }))).toBeNull();
    expect(givenTitle(sampleRun({ id: 1, title: "With more decay" }))).toBe("With more decay");
  });
  test("a run that goes by its network's name is told apart by its pictures", () => {
    expect(experimentTitle(styleRuns([sampleRun({ id: 1, title: "Inception-v3" })]))).toBe(
      "Inception-v3 on cifar10-mini",
    );
    const alike = [sampleRun({ id: 1, title: "Inception-v3" }), sampleRun({ id: 2, title: "Inception-v3" })];
    expect(experimentTitle(styleRuns(alike))).toBe("Inception-v3 on cifar10-mini: run 1 against run 2");
  });
});

describe("the record of runs follows the engine", () => {
  const first = sampleRun({ id: 1 });
  const snapshot = {
    kind: "snapshot",
    active: [],
    queue: { held: null, jobs: [], waiting: 0, experimentIds: [] },
    threads: { choice: "all", fixed: null, threads: 2, cores: 2, runsAtOnce: { choice: "fastest", fixed: null } },
  } as const;
  const record = runsAfter(null, { ...snapshot, runs: [first] });

  test("a snapshot is the whole record: what it does not name is gone", () => {
    const after = runsAfter(record, { ...snapshot, runs: [sampleRun({ id: 2 })] });
    expect([...(after?.keys() ?? [])]).toEqual([2]);
  });
  test("a run's newer state stands in the place of the older, and a removed run is gone", () => {
    const renamed = { ...first, title: "New" };
    expect(runsAfter(record, { kind: "run", run: renamed })?.get(1)).toBe(renamed);
    expect(runsAfter(record, { kind: "runs-removed", runIds: [1] })?.size).toBe(0);
  });
  test("before the snapshot there is no record to change", () => {
    expect(runsAfter(null, { kind: "run", run: first })).toBeNull();
  });
  test("an event that says nothing of runs leaves the very same record", () => {
    expect(runsAfter(record, { kind: "progress", active: [] })).toBe(record);
  });
});
