import { describe, expect, test } from "vitest";
import type { Loss } from "../../src-main/contract/architecture.ts";
import type { JobProgress } from "../../src-main/contract/events.ts";
import type { MetricPoint } from "../../src-main/contract/metric.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { experimentProgress } from "../../src-main/domain/experiments/experiment-progress.ts";
import { objective } from "../../src-main/domain/metrics/objective.ts";
import { top1 } from "../../src-main/domain/metrics/top-1.ts";
import { experimentProgressText } from "../../src-renderer/entities/experiment/experiment-texts.ts";
import { Curves } from "../../src-renderer/entities/run/curves.ts";
import { epochMeans } from "../../src-renderer/entities/run/epoch-means.ts";
import { recordedValue } from "../../src-renderer/entities/run/figures.ts";
import { floorSentences } from "../../src-renderer/entities/run/floor-words.ts";
import {
  elsewhereText,
  liveTexts,
  paceText,
  phaseText,
  recordedStageText,
  stageText,
  timeLeftText,
} from "../../src-renderer/entities/run/live-texts.ts";
import {
  goingBlocks,
  liveView,
  recordedProgress,
  trainedElsewhere,
} from "../../src-renderer/entities/run/live-view.ts";
import { floorsOf, linesOf, shownEpochs } from "../../src-renderer/entities/run/run-curves.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { sampleExperimentRuns, smoothingAndRate } from "../support/sample-experiments.ts";
import { samplePair, sampleRun } from "../support/sample-views.ts";

const progress: JobProgress = {
  runIds: [1, 2],
  phase: "training",
  prepared: null,
  epoch: 3,
  epochs: 8,
  step: 150,
  steps: 560,
  imagesPerSecond: 91,
  secondsLeft: 100,
};
const going = samplePair(1, 1, { state: "running" }).reverse();
const ended = samplePair(1, 1).reverse();
const nothing = { isLoading: false, active: [], runs: [], waiting: [], lastSeen: [] };

describe("the Live page", () => {
  test("waits until the engine has said what is going", () => {
    expect(liveView({ ...nothing, active: undefined }).kind).toBe("loading");
    expect(liveView({ ...nothing, isLoading: true }).kind).toBe("loading");
  });
  test("shows the job that is going, arm A first", () => {
    const view = liveView({ ...nothing, active: [progress], runs: going });
    expect(view).toMatchObject({ kind: "going", jobs: [progress], runs: [{ id: 1 }, { id: 2 }] });
  });
  test("keeps the job on screen when it has ended", () => {
    expect(liveView({ ...nothing, runs: ended, lastSeen: [1, 2] })).toMatchObject({
      kind: "over",
      runs: [{ id: 1 }, { id: 2 }],
    });
  });
  test("a job that ended before this window was opened is offered as the latest", () => {
    expect(liveView({ ...nothing, runs: ended })).toMatchObject({ kind: "idle", latest: [{ id: 1 }, { id: 2 }] });
  });
  test("of what waits, the job that comes next is shown, whatever its number", () => {
    const queued = [10, 9].map((id) => sampleRun({ id, state: "queued" }));
    const waiting = [[10], [9]];
    expect(liveView({ ...nothing, runs: [...queued, ...ended], waiting, lastSeen: [1, 2] })).toMatchObject({
      kind: "queued",
      runs: [{ id: 10 }],
    });
  });
  test("with no run at all it has nothing to look back at", () => {
    expect(liveView(nothing)).toEqual({ kind: "idle", latest: [] });
  });
  test("says how far the pictures are while it prepares them", () => {
    const preparing: JobProgress = { ...progress, phase: "preparing", prepared: { done: 1240, total: 5930 } };
    expect(phaseText(preparing)).toBe("Preparing pictures: 1,240 of 5,930");
    expect(phaseText({ ...preparing, phase: "training" })).toBe("Epoch 3 of 8; pictures decoded: 1,240 of 5,930");
  });
  test.each([
    ["compiling", "Compiling the training step"],
    ["training", "Epoch 3 of 8"],
    ["validating", "Epoch 3 of 8: looking at the validation pictures"],
    ["testing", "Looking at the test pictures"],
    ["saving", "Epoch 3 of 8: saving"],
  ] as const)("says that it is %s", (phase, words) => {
    expect(phaseText({ ...progress, phase })).toBe(words);
  });
  test("lets no time or pace stand that nobody tells any more", () => {
    expect(timeLeftText(progress, true)).toMatch(/^about 1.min 40.s left$/);
    expect(paceText(progress, "CPU", true)).toBe("91 images a second · CPU");
    expect(stageText(progress, true)).toBe("Epoch 3 of 8");
    expect(timeLeftText(progress, false)).toBe("time left not known");
    expect(paceText(progress, "CPU", false)).toBe("CPU");
    expect(stageText(progress, false)).toBe("Last heard: Epoch 3 of 8");
  });
});

describe("what another engine on the record trains", () => {
  const elsewhere = samplePair(1, 1, { state: "running", endReason: null, stepsDone: 150 }).reverse();
  test("is shown where this one trains nothing, before what waits and what is over", () => {
    const waiting = [[10]];
    const all = [sampleRun({ id: 10, state: "queued" }), ...elsewhere, sampleRun({ id: 4 })];
    expect(liveView({ ...nothing, runs: all, waiting, lastSeen: [4] })).toMatchObject({
      kind: "elsewhere",
      runs: [{ id: 1 }, { id: 2 }],
    });
  });
  test("does not take the place of what trains here, which is not told of as elsewhere", () => {
    const all = [...elsewhere, sampleRun({ id: 7, state: "running" })];
    const active = [{ ...progress, runIds: [7] }];
    expect(liveView({ ...nothing, active, runs: all })).toMatchObject({ kind: "going", runs: [{ id: 7 }] });
    expect(trainedElsewhere(all, active).map((job) => job.map(({ id }) => id))).toEqual([[1, 2]]);
  });
  test("is told in words of its own, by what the record has", () => {
    const recorded = recordedProgress(trainedElsewhere(elsewhere, [])[0]!)!;
    expect(recorded).toMatchObject({ runIds: [1, 2], epoch: 3, epochs: 8, step: 150, steps: 560, secondsLeft: null });
    expect(elsewhereText(recorded)).toBe("Another Strata on this computer is training runs 1 and 2: epoch 3 of 8.");
    const alone = recordedProgress([sampleRun({ id: 24, stepsDone: 560 })])!;
    expect(elsewhereText(alone)).toBe("Another Strata on this computer is training run 24: epoch 8 of 8.");
    const first = recordedProgress([sampleRun({ id: 24, stepsDone: 0, stepsPerEpoch: null })])!;
    expect(elsewhereText(first)).toBe("Another Strata on this computer is training run 24: no step yet.");
    expect(recordedStageText(first)).toBe("No step yet");
  });
});

describe("the unit of the objective", () => {
  const objectiveUnit = (losses: readonly (Loss | null)[]) => liveTexts.chartUnit(objective, 500, losses);
  test("is nats for cross-entropy, margins for the hinge loss, and nothing for both on one axis", () => {
    expect(objectiveUnit(["cross-entropy", "cross-entropy"])).toBe(
      "nats · training, 500\u00a0pictures · what each arm minimises",
    );
    expect(objectiveUnit(["hinge"])).toBe(
      "hinge loss, in margins · training, 500\u00a0pictures · what each arm minimises",
    );
    expect(objectiveUnit(["hinge", "cross-entropy"])).toBe("training, 500\u00a0pictures · what each arm minimises");
    expect(objectiveUnit([null])).toBe("training, 500\u00a0pictures · what each arm minimises");
  });
});

describe("the floor of the objective", () => {
  test("is said with the auxiliary loss's share where there is one, and not for one-hot targets", () => {
    const runStyles = styleRuns(samplePair(1, 1));
    expect(floorSentences([runStyles[0]!])).toEqual([]);
    expect(floorSentences([runStyles[1]!])).toEqual([
      "Smoothed ε\u00a00.1: smoothed targets have entropy of their own, 0.500 nats, and the auxiliary heads add 0.4 of it again. The objective cannot fall below 0.700 nats while training, however good the network.",
    ]);
  });
  test("without auxiliary loss is the entropy alone", () => {
    const arm = { ...samplePair(1, 1)[1]!, trainingObjectiveFloor: 0.500264 };
    expect(floorSentences(styleRuns([arm]))).toEqual([
      "Smoothed ε\u00a00.1: smoothed targets have entropy of their own, so the objective cannot fall below 0.500 nats while training, however good the network.",
    ]);
  });
  test("of the hinge loss speaks of margins", () => {
    const arm = { ...samplePair(1, 1)[1]!, loss: "hinge" as const, trainingObjectiveFloor: 0.1 * 9 };
    expect(floorSentences(styleRuns([arm]))).toEqual([
      "Smoothed ε\u00a00.1: smoothed targets ask for a margin for every class at once, so the objective cannot fall below 0.900 while training, however good the network.",
    ]);
  });
  test("of cross-entropy is never taken for the hinge loss's, even where both have the same value", () => {
    const arm = { ...samplePair(1, 1)[1]!, trainingObjectiveFloor: 0.1 * 9 };
    expect(floorSentences(styleRuns([arm]))[0]).toContain("entropy of their own");
  });
  test("of a network that is no longer on the model registry is said without a reason", () => {
    const arm = { ...samplePair(1, 1)[1]!, loss: null };
    expect(floorSentences(styleRuns([arm]))).toEqual([
      "Smoothed ε\u00a00.1: with its smoothed targets the objective cannot fall below 0.700 while training, however good the network.",
    ]);
  });
  test("is drawn for the arm that has one", () => {
    expect(floorsOf(objective, styleRuns(samplePair(1, 1)))).toEqual([
      { id: "floor 2", label: "Smoothed ε\u00a00.1", endLabel: "smoothed", hue: 1, value: 0.7004 },
    ]);
  });
  test("of accuracy there is none: what guesses score is drawn in no arm's colour, once where classes are of a size", () => {
    const guessesWith = (largestClassShare: number | null, fold: { index: number; count: number } | null = null) => {
      const runs = samplePair(1, 1).map((run) => ({
        ...run,
        dataset: { ...run.dataset, largestClassShare },
        configuration: { ...run.configuration, training: { ...run.configuration.training, fold } },
      }));
      return floorsOf(top1, styleRuns(runs)).map(({ label, value, hue }) => [label, value, hue]);
    };
    const chance = ["Chance", 0.1, null];
    expect(guessesWith(0.1)).toEqual([chance]);
    expect(guessesWith(0.62)).toEqual([chance, ["Largest class", 0.62, null]]);
    expect(guessesWith(null)).toEqual([chance]);
    // The pictures of a fold are others.
    expect(guessesWith(0.62, { index: 0, count: 5 })).toEqual([chance]);
  });
});

describe("curves that grow", () => {
  const point = (step: number, value: number): MetricPoint => ({
    metric: "objective",
    split: "train",
    cadence: "batch",
    step,
    epoch: 1,
    value,
  });
  const key = { runId: 1, metric: "objective", split: "train", cadence: "batch" } as const;

  test("count epochs, and a point that comes twice is one", () => {
    const curves = new Curves();
    expect(curves.append(1, [point(5, 2), point(10, 1)], 10)).toBe(true);
    expect(curves.append(1, [point(10, 1)], 10)).toBe(false);
    expect(curves.of(key)).toEqual({ xs: [0.5, 1], ys: [2, 1] });
  });
  test("join a history that arrives after the first live points", () => {
    const curves = new Curves();
    curves.append(1, [point(15, 1)], 10);
    curves.load([{ ...key, steps: [5, 10, 15], values: [3, 2, 1] }], () => 10);
    expect(curves.of(key)).toEqual({ xs: [0.5, 1, 1.5], ys: [3, 2, 1] });
  });
  test("the mean of an epoch stands at its end, once its last step is there", () => {
    expect(epochMeans({ xs: [0.5, 1, 1.5, 2, 2.5], ys: [3, 1, 4, 6, 9] })).toEqual({ xs: [1, 2], ys: [2, 5] });
    expect(epochMeans({ xs: [0.5], ys: [3] })).toEqual({ xs: [], ys: [] });
    expect(epochMeans({ xs: [0.5, 1], ys: [null, 4] })).toEqual({ xs: [1], ys: [4] });
  });
  test("an accuracy's band has an edge for each value, and none for a gap", () => {
    const [line] = linesOf(top1, styleRuns([sampleRun({ id: 1 })]), {
      of: () => ({ xs: [1, 2], ys: [0.5, null] }),
      alongOf: () => null,
    });
    expect(line?.band?.low[0]).toBeCloseTo(0.4564, 3);
    expect(line?.band?.high[0]).toBeCloseTo(0.5436, 3);
    expect(line?.band?.low[1]).toBeNull();
  });
});

describe("a run that ended early", () => {
  test("is drawn over the epochs that it began, a run that goes on over all of them", () => {
    expect(shownEpochs(sampleRun({ id: 1, state: "stopped", stepsDone: 160 }))).toBe(3);
    expect(shownEpochs(sampleRun({ id: 1, state: "failed", stepsDone: 3 }))).toBe(1);
    expect(shownEpochs(sampleRun({ id: 1, state: "running", endedAt: null, stepsDone: 160 }))).toBe(8);
    expect(shownEpochs(sampleRun({ id: 1 }))).toBe(8);
  });
  test("with a loss that ran away is said with a power of ten", () => {
    expect(recordedValue(9_052_327_247_872, objective)).toBe("9.1e12");
    expect(recordedValue(1.406, objective)).toBe("1.406");
  });
});

describe("several jobs side by side", () => {
  const swept = sampleExperimentRuns(
    3,
    20,
    { ...smoothingAndRate, seeds: [1] },
    { state: "running", endReason: null, endedAt: null },
  );
  const [first, second, third, fourth] = swept as [RunView, RunView, RunView, RunView];
  const jobOf = (run: RunView, secondsLeft: number | null): JobProgress => ({
    ...progress,
    runIds: [run.id],
    secondsLeft,
  });

  test("the one that was opened is shown as long as it is going, then the first", () => {
    const active = [jobOf(first, 10), jobOf(second, 20)];
    const question = { ...nothing, active, runs: swept };
    expect(liveView(question)).toMatchObject({ kind: "going", runs: [{ id: 20 }], jobs: [{ runIds: [20] }] });
    expect(liveView({ ...question, lastSeen: [21] })).toMatchObject({ kind: "going", runs: [{ id: 21 }] });
    expect(liveView({ ...question, lastSeen: [23] })).toMatchObject({ kind: "going", runs: [{ id: 20 }] });
    expect(goingBlocks(swept, active).map((block) => block.runs.map(({ id }) => id))).toEqual([[20], [21]]);
  });

  test("arms of a pair in processes of their own are one, with a job each", () => {
    const pair = going.map((run) => ({ ...run, hasOwnProcess: true }));
    const active = pair.map((run) => jobOf(run, 5));
    expect(goingBlocks(pair, active)).toMatchObject([{ runs: [{ id: 1 }, { id: 2 }], jobs: [{}, {}] }]);
    // One arm is over before the other.
    const rest = goingBlocks(
      pair,
      active.filter(({ runIds }) => runIds.includes(2)),
    );
    expect(rest).toMatchObject([{ runs: [{ id: 1 }, { id: 2 }], jobs: [{ runIds: [2] }] }]);
  });

  test("an experiment says how far it is, how long it has left and what was best so far", () => {
    const done = { ...first, state: "finished", endReason: "completed", seconds: 40 } as const;
    const waiting = { ...fourth, state: "queued" } as const;
    const runs = [done, second, third, waiting];
    const active = [jobOf(second, 10), jobOf(third, 30)];
    // 10 s and 30 s of what is going, 40 s of what waits, two at a time.
    expect(experimentProgress(3, runs, active)).toMatchObject({
      runs: 4,
      over: 1,
      secondsLeft: 40,
      best: { run: { id: 20 } },
    });
    expect(experimentProgressText(experimentProgress(3, runs, active))).toMatch(
      /^Experiment 3: 1 of 4.runs over · about 40.s left · best so far \d\d\.\d.% top-1 on 500.validation pictures: /,
    );
    expect(experimentProgress(3, runs, [jobOf(second, null)]).secondsLeft).toBeNull();
    expect(experimentProgressText(experimentProgress(3, [second, third], active))).toMatch(
      /^Experiment 3: 0 of 2.runs over$/,
    );
  });
});
