/** The record, table by table, over the same few rows: hence one long file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MadeBy } from "../../src-main/contract/made-by.ts";
import type { MetricPoint } from "../../src-main/contract/metric.ts";
import type { Clock } from "../../src-main/platform/clock.ts";
import { isProcessAlive, processStart } from "../../src-main/platform/process-start.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { mostRecent } from "../../src-main/store/datasets.ts";
import { createMachineRecords } from "../../src-main/store/machine.ts";
import { migrate } from "../../src-main/store/migrate.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { createOwnerRecords } from "../../src-main/store/owners.ts";
import { mostUnused } from "../../src-main/store/record-dataset.ts";
import { configuration, dataset, predictionsOf, recordRuns, result } from "../support/recorded.ts";
import { sampleMadeBy } from "../support/sample-made-by.ts";

let store: Store;
beforeEach(() => {
  store = openStore(":memory:");
});
afterEach(() => store.close());

const batchLoss = (step: number): MetricPoint => ({
  metric: "hardLoss",
  split: "train",
  cadence: "batch",
  step,
  epoch: 1,
  value: 1 / step,
});
const epochTop1 = (epoch: number): MetricPoint => ({
  metric: "top1",
  split: "validation",
  cadence: "epoch",
  step: epoch * 500,
  epoch,
  value: epoch / 10,
});

describe("data sets", () => {
  it("that nothing was trained on go when many others were looked at, and the list of recent ones stays short", () => {
    const looked = (index: number) => {
      const source = { kind: "folder", path: `/pictures/${index}` } as const;
      return store.datasets.record({ ...dataset, source }, new Date(1_767_225_600_000 + index * 1_000).toISOString())
        .id;
    };
    const trainedOn = store.runs.get(recordRuns(store, 1)[0]!).dataset.id;
    const unused = looked(1);
    for (let index = 2; index <= mostUnused + 20; index++) looked(index);
    const kept = store.datasets.all().map(({ id }) => id);
    expect(kept).toHaveLength(mostUnused + 1);
    expect([kept.includes(trainedOn), kept.includes(unused)]).toEqual([true, false]);
    expect(store.datasets.example(unused, 0)).toBeNull();
    const recent = store.datasets.recent();
    expect(recent).toHaveLength(mostRecent);
    expect(recent[0]?.source).toEqual({ kind: "folder", path: `/pictures/${mostUnused + 20}` });
  });

  it("come back as they were looked at, and the same version keeps its number", () => {
    const first = store.datasets.record(dataset, "2026-01-01T00:00:00.000Z");
    const again = store.datasets.record(dataset, "2026-01-02T00:00:00.000Z");
    const { examples, classNames, leftOut: _, columns: __, ...view } = dataset;
    expect(first).toEqual({ ...view, id: first.id, lookedAt: "2026-01-01T00:00:00.000Z" });
    expect(again).toEqual({ ...first, lookedAt: "2026-01-02T00:00:00.000Z" });
    expect(store.datasets.example(first.id, 3)).toEqual(examples[3]);
    expect(store.datasets.example(first.id, 4)).toBeNull();
    expect(classNames).toEqual(first.classes.map(({ name }) => name));
  });

  it("show the latest version of each source, and forget older ones that no run needs", () => {
    const old = store.datasets.record(dataset, "2026-01-01T00:00:00.000Z");
    const now = store.datasets.record({ ...dataset, fingerprint: "f2" }, "2026-01-02T00:00:00.000Z");
    expect(store.datasets.recent().map(({ id }) => id)).toEqual([now.id]);
    expect(store.datasets.latestOf(dataset.source)?.id).toBe(now.id);
    expect(store.purge.piece(1_000)).toEqual({ isLast: true, runs: 0 });
    expect(() => store.datasets.view(old.id)).toThrow(expect.objectContaining({ code: "data.unknown" }));
  });
});

describe("the threads of this machine", () => {
  it("are every core at first, and then what was chosen last", () => {
    expect(store.machine.threads()).toBe("all");
    for (const choice of ["all-but-one", 3, "all", 1] as const) {
      store.machine.setThreads(choice);
      expect(store.machine.threads()).toBe(choice);
    }
  });

  it("are every core where a damaged record names none that could be meant", () => {
    const database = openDatabase(":memory:");
    migrate(database, ":memory:");
    database.exec("UPDATE machine SET threads = 'al-but'");
    expect(createMachineRecords(database).threads()).toBe("all");
    database.close();
  });
});

describe("runs", () => {
  it("hold their whole configuration before the first step", () => {
    const [runId] = recordRuns(store, 1);
    const run = store.runs.get(runId!);
    expect(run.configuration).toEqual(configuration);
    expect(run).toMatchObject({ state: "queued", endReason: null, parameters: null, stepsPerEpoch: null });
    expect(run.dataset.classes).toEqual(["cat", "dog"]);
  });

  it("say what their network is trained on, and null where it is no longer on the model registry", () => {
    const [runId] = recordRuns(store, 1);
    expect(store.runs.get(runId!).loss).toBeNull();
    const { model } = store.runs.get(runId!);
    const known = openStore(":memory:", (id) => (id === model.id ? "hinge" : null));
    const [knownId] = recordRuns(known, 1);
    expect(known.runs.get(knownId!).loss).toBe("hinge");
    known.close();
  });

  it("end in the state that their reason leads to", () => {
    const reasons = ["completed", "stopped-by-person", "not-finite", "engine-closed", "process-died"] as const;
    const runIds = recordRuns(store, reasons.length);
    for (const [index, reason] of reasons.entries()) store.runs.end(runIds[index]!, reason, null, "2026-01-01");
    const states = runIds.map((runId) => store.runs.get(runId).state);
    expect(states).toEqual(["finished", "stopped", "failed", "interrupted", "failed"]);
  });

  it("go on from the middle of an epoch, which is not done then", () => {
    const [runId] = recordRuns(store, 1);
    store.runs.start(runId!, {
      stepsPerEpoch: 2,
      parameters: 10,
      auxiliaryParameters: 0,
      initialWeightsHash: "0",
      trainingObjectiveFloor: 0,
      step: 0,
      madeBy: sampleMadeBy(),
      initialWeightsMatch: null,
    });
    store.runs.setResumed(runId!, 27, null);
    expect(store.runs.get(runId!)).toMatchObject({ stepsDone: 27, epochsDone: 13, resumed: { step: 27 } });
  });

  it("say what made them, part by part where another version goes on", () => {
    const [runId] = recordRuns(store, 1) as [number];
    expect(store.runs.get(runId).madeBy).toEqual([]);
    const counts = { stepsPerEpoch: 2, parameters: 10, auxiliaryParameters: 0 };
    const facts = { ...counts, initialWeightsHash: "0", trainingObjectiveFloor: 0, initialWeightsMatch: null };
    const [one, two] = [sampleMadeBy(), sampleMadeBy({ version: "0.2.0" })];
    const start = (step: number, madeBy: MadeBy) => store.runs.start(runId, { ...facts, step, madeBy });
    start(0, one);
    start(4, one);
    start(8, two);
    expect(store.runs.get(runId).madeBy).toEqual([
      { fromStep: 0, ...one },
      { fromStep: 8, ...two },
    ]);
    start(0, two);
    expect(store.runs.get(runId).madeBy).toEqual([{ fromStep: 0, ...two }]);
  });

  it("are hidden when removed, come back when restored, and are gone with their points after a purge", () => {
    const [kept, gone] = recordRuns(store, 2) as [number, number];
    for (const runId of [kept, gone]) {
      store.points.add(runId, [batchLoss(1)]);
      store.runs.end(runId, "completed", null, "2026-01-01");
    }
    store.runs.setWeights(gone, { file: "gone.safetensors", bytes: 10 }, null);
    store.runs.remove([kept, gone], "2026-01-01T10:00:00.000Z");
    expect(store.runs.list()).toEqual([]);
    expect(() => store.runs.get(kept)).toThrow(expect.objectContaining({ code: "run.unknown" }));
    expect(store.runs.restore([kept])).toHaveLength(1);
    expect(store.purge.begin("2026-01-01T09:00:00.000Z")).toEqual([]);
    expect(store.purge.piece(1_000)).toEqual({ isLast: true, runs: 0 });
    expect(store.purge.begin("2026-01-01T11:00:00.000Z")).toMatchObject([
      { id: gone, weightsFile: "gone.safetensors" },
    ]);
    expect(store.purge.piece(1_000)).toEqual({ isLast: true, runs: 1 });
    expect(() => store.runs.restore([gone])).toThrow(expect.objectContaining({ code: "run.unknown" }));
    expect(store.points.series(gone)).toEqual([]);
    expect(store.points.series(kept)).toHaveLength(1);
  });

  it("are removed all together or, where one is still going, not at all", () => {
    const [over, active] = recordRuns(store, 2) as [number, number];
    store.runs.end(over, "completed", null, "2026-01-01");
    expect(() => store.runs.remove([over, active], "2026-01-01")).toThrow(
      expect.objectContaining({ code: "run.active" }),
    );
    expect(store.runs.list()).toHaveLength(2);
  });

  it("never share a number with one that was deleted", () => {
    const [first] = recordRuns(store, 1) as [number];
    store.runs.end(first, "completed", null, "2026-01-01");
    store.runs.remove([first], "2026-01-01");
    store.purge.begin("2026-01-02");
    store.purge.piece(1_000);
    expect(recordRuns(store, 1)).toEqual([first + 1]);
  });
});

describe("series", () => {
  it("are thinned each on its own budget, so that rare values survive beside frequent ones", () => {
    const [runId] = recordRuns(store, 1) as [number];
    store.points.add(
      runId,
      [...Array(1_000).keys()].map((index) => batchLoss(index + 1)),
    );
    store.points.add(runId, [epochTop1(1), epochTop1(2)]);
    const [loss, top1] = store.points.series(runId, ["hardLoss", "top1"], 10);
    expect(loss?.steps).toEqual([1, 129, 257, 385, 513, 641, 769, 897, 1_000]);
    expect(loss?.values[1]).toBe(1 / 129);
    expect(top1).toMatchObject({ metric: "top1", split: "validation", steps: [500, 1_000], values: [0.1, 0.2] });
  });

  it("tell how many steps of a run were skipped by its latest epoch, and of no other run", () => {
    const [scaled, other] = recordRuns(store, 2) as [number, number];
    const skipped = { metric: "stepsSkipped", split: "train", cadence: "epoch" } as const;
    const [first, second] = [
      { ...skipped, step: 9, epoch: 1, value: 3 },
      { ...skipped, step: 10, epoch: 2, value: 4 },
    ];
    store.points.add(scaled, [first, second]);
    expect([scaled, other].map((runId) => store.runs.get(runId).stepsSkipped)).toEqual([4, null]);
  });

  const steps = (runId: number, maxPoints: number) => store.points.series(runId, undefined, maxPoints)[0]!.steps;

  it("never have more points than asked for, and always their first and their last", () => {
    const [runId] = recordRuns(store, 1) as [number];
    for (let step = 1; step <= 130; step++) {
      store.points.add(runId, [batchLoss(step)]);
      for (const most of [2, 3, 5, 16, 100]) {
        const kept = steps(runId, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect([kept[0], kept.at(-1)]).toEqual([1, step]);
      }
    }
  });

  it("move no point while a run grows: but for the last, a drawn point was drawn before or is later than all that were", () => {
    // With gaps, as after a run whose values were not all finite.
    const recorded = Array.from({ length: 400 }, (_, index) => 7 + 6 * index + (index % 5));
    const [runId] = recordRuns(store, 1) as [number];
    let before: readonly number[] = [];
    for (const step of recorded) {
      store.points.add(runId, [batchLoss(step)]);
      const now = steps(runId, 16);
      const newest = before.at(-1) ?? 0;
      const settled = new Set(before.slice(0, -1));
      for (const kept of now.slice(0, -1)) expect(settled.has(kept) || kept >= newest).toBe(true);
      before = now;
    }
    expect(before.length).toBeGreaterThan(8);
  });

  it("keep every value of a metric that is rare, however far its steps lie apart", () => {
    const [runId] = recordRuns(store, 1) as [number];
    store.points.add(
      runId,
      Array.from({ length: 40 }, (_, index) => epochTop1(index + 1)),
    );
    expect(steps(runId, 40)).toHaveLength(40);
    expect(steps(runId, 39).length).toBeLessThanOrEqual(39);
  });

  it("hold no value that is not finite", () => {
    const [runId] = recordRuns(store, 1) as [number];
    store.points.add(runId, [
      { ...batchLoss(1), value: Number.NaN },
      { ...batchLoss(2), value: Infinity },
      batchLoss(3),
    ]);
    expect(store.points.series(runId)[0]?.steps).toEqual([3]);
  });
});

describe("evaluations", () => {
  const confusion = (...counts: number[][]) => ({ split: "test" as const, epoch: 1, counts });

  it("give back the last figures and the whole matrix, zeros included", () => {
    const [runId] = recordRuns(store, 1) as [number];
    const first = { split: "test", epoch: 1, step: 4, result, predictions: null } as const;
    store.evaluations.add(runId, { ...first, confusion: confusion([2, 0], [0, 2]) });
    store.evaluations.add(runId, {
      ...first,
      epoch: 2,
      result: { ...result, top1: 0.75 },
      confusion: { ...confusion([1, 1], [0, 2]), epoch: 2 },
    });
    expect(store.runs.get(runId).test).toEqual({ ...result, top1: 0.75 });
    expect(store.evaluations.confusion(runId, "test", 2)).toEqual({
      split: "test",
      epoch: 2,
      counts: [
        [1, 1],
        [0, 2],
      ],
    });
    expect(store.evaluations.confusion(runId, "validation", 2)).toBeNull();
  });

  it("find the pictures that one run or both got wrong, the surest mistake first", () => {
    const [a, b] = recordRuns(store, 2) as [number, number];
    const look = { split: "test", epoch: 1, step: 4, result, confusion: confusion([2, 0], [0, 2]) } as const;
    store.evaluations.add(a, { ...look, predictions: predictionsOf([1, 0.6], [0, 0.9], [1, 0.9], [0, 0.7]) });
    store.evaluations.add(b, { ...look, predictions: predictionsOf([1, 0.95], [0, 0.8], [1, 0.8], [1, 0.99]) });
    expect(store.evaluations.mistakes([a, b], "test", 10)).toEqual([
      {
        example: 0,
        label: 0,
        answers: [
          { answer: 1, confidence: 0.6 },
          { answer: 1, confidence: 0.95 },
        ],
      },
      {
        example: 3,
        label: 1,
        answers: [
          { answer: 0, confidence: 0.7 },
          { answer: 1, confidence: 0.99 },
        ],
      },
    ]);
    expect(store.evaluations.mistakes([a, b], "test", 1)).toHaveLength(1);
  });
});

describe("the best epoch of a run", () => {
  const look = { confusion: { split: "validation", epoch: 1, counts: [[1]] }, predictions: null, step: 4 } as const;
  const monitoring = (metric: string, split: "validation" | "train"): number => {
    const training = { ...configuration.training, monitor: { metric, split } };
    const [runId] = recordRuns(store, 1, "engine-1", { ...configuration, training }) as [number];
    for (const [index, top1] of [0.5, 0.7, 0.7, 0.6].entries()) {
      const result = { pictures: 4, top1, hardLoss: [0.9, 0.8, 0.5, 0.6][index] };
      store.evaluations.add(runId, { ...look, split: "validation", epoch: index + 1, result });
      const step = 4 * (index + 1);
      const mean = { metric: "objective", split: "train", cadence: "epoch", step, epoch: index + 1 } as const;
      store.points.add(runId, [{ ...mean, value: [4, 3, 2, 1][index]! }]);
    }
    return runId;
  };

  it("is the one that what it monitors is best at, whichever way is better and whichever pictures it is of", () => {
    const runIds = [
      monitoring("hardLoss", "validation"),
      monitoring("top1", "validation"),
      monitoring("objective", "train"),
      monitoring("ofAnotherVersion", "validation"),
    ];
    const bestOf = (runId: number) => store.runs.get(runId).best?.epoch ?? null;
    expect(runIds.map(bestOf)).toEqual([3, 2, 4, null]);
    expect(store.runs.get(runIds[2]!).best?.result).toEqual({ pictures: 4, top1: 0.6, hardLoss: 0.6 });
    expect(store.runs.list()).toEqual(runIds.map((id) => store.runs.get(id)).reverse());
  });

  it("is read anew in a list when a run that had ended goes on", () => {
    const runId = monitoring("hardLoss", "validation");
    store.runs.end(runId, "paused", null, "2026-01-01T00:00:01.000Z");
    expect(store.runs.list()[0]?.best?.epoch).toBe(3);
    store.runs.requeue([runId], "engine-1", "back");
    const result = { pictures: 4, top1: 0.6, hardLoss: 0.1 };
    store.evaluations.add(runId, { ...look, split: "validation", epoch: 5, result });
    expect(store.runs.list()[0]?.best?.epoch).toBe(5);
    store.runs.end(runId, "completed", null, "2026-01-01T00:00:02.000Z");
    expect(store.runs.list()).toEqual([store.runs.get(runId)]);
  });
});

describe("a list of runs", () => {
  it("is the newest first, and says of each what asking for it alone says", () => {
    const [first, second] = recordRuns(store, 2) as [number, number];
    const look = { confusion: { split: "validation", epoch: 1, counts: [[1]] }, predictions: null, step: 4 } as const;
    for (const [epoch, hardLoss] of [0.9, 0.6, 0.6, 0.8].entries())
      store.evaluations.add(first, { ...look, split: "validation", epoch: epoch + 1, result: { ...result, hardLoss } });
    store.evaluations.add(first, { ...look, split: "test", epoch: 4, result });
    const list = store.runs.list();
    expect(list.map(({ id }) => id)).toEqual([second, first]);
    expect(list).toEqual([store.runs.get(second), store.runs.get(first)]);
    expect(list[1]).toMatchObject({ validation: { hardLoss: 0.8 }, best: { epoch: 2, result: { hardLoss: 0.6 } } });
    expect(list[0]).toMatchObject({ validation: null, best: null, test: null });
  });
});

describe("owners", () => {
  const now = new Date("2026-01-01T12:00:00.000Z");
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  /** Both clocks as they stand so many seconds later, the time of day set ahead or back besides. */
  const clockAt = (seconds: number, setBySeconds = 0): Clock => ({
    now: () => later(seconds + setBySeconds),
    monotonicMillis: () => seconds * 1_000,
  });

  /** A run that this engine trains. */
  const recordTraining = (engineId: string): number => {
    const [runId] = recordRuns(store, 1, engineId) as [number];
    store.queue.begin([runId], engineId, now.toISOString());
    return runId;
  };

  it("leave what waits in the queue when they are gone", () => {
    const [runId] = recordRuns(store, 1, "gone") as [number];
    expect(store.owners.interruptOrphans(clockAt(0))).toEqual([]);
    expect(store.runs.get(runId)).toMatchObject({ state: "queued", endReason: null });
  });

  it("lose no run while their engine lives, whichever engine asks", () => {
    recordTraining("engine-1");
    store.owners.beat("engine-1", process.pid, now, []);
    store.owners.beat("engine-2", process.pid, now, []);
    expect(store.owners.interruptOrphans(clockAt(60))).toEqual([]);
  });

  it("lose their runs when the engine never was, is gone, or its heart stopped long ago", () => {
    const unknown = recordTraining("never-seen");
    const silent = recordTraining("silent");
    store.owners.beat("silent", process.pid, now, []);
    expect(store.owners.interruptOrphans(clockAt(1))).toEqual([unknown]);
    // By the clock of whoever watches, or where the system tells no starts of processes by the time of day: these begin a second apart.
    expect(store.owners.interruptOrphans(clockAt(119))).toEqual([]);
    expect(store.owners.interruptOrphans(clockAt(121))).toEqual([silent]);
    expect(store.runs.get(silent)).toMatchObject({
      state: "interrupted",
      endReason: "engine-died",
      awaitsAnswer: true,
    });
  });

  const start = processStart(process.pid);
  it.skipIf(start === null)(
    "lose their runs at once when another process has their number by now (left out where the system tells no starts)",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "strata-owners-"));
      store.close();
      store = openStore(join(folder, "strata.sqlite"));
      const database = openDatabase(join(folder, "strata.sqlite"));
      const runId = recordTraining("engine-1");
      store.owners.beat("engine-1", process.pid, now, []);
      expect(store.owners.interruptOrphans(clockAt(1))).toEqual([]);
      const reborn = createOwnerRecords(database, (pid, known) => isProcessAlive(pid, `${known}0`));
      expect(reborn.interruptOrphans(clockAt(1))).toEqual([runId]);
      database.close();
      rmSync(folder, { recursive: true });
    },
  );

  it.skipIf(start === null).each([-3_600, 3_600])(
    "lose no run because the time of day was set by %d seconds, theirs or another engine's (left out where the system tells no starts)",
    (seconds) => {
      const runId = recordTraining("engine-1");
      store.owners.beat("engine-1", process.pid, now, []);
      expect(store.owners.interruptOrphans(clockAt(1, seconds))).toEqual([]);
      store.owners.beat("engine-1", process.pid, later(2 + seconds), []);
      expect(store.owners.interruptOrphans(clockAt(3))).toEqual([]);
      // And do not live for ever because of it: the heart stands still from here on.
      expect(store.owners.interruptOrphans(clockAt(122))).toEqual([]);
      expect(store.owners.interruptOrphans(clockAt(123))).toEqual([runId]);
    },
  );

  it.each([-3_600, 3_600])(
    "known by their number alone are watched for two beats before the time of day, %d seconds off, counts",
    (seconds) => {
      const database = openDatabase(":memory:");
      migrate(database, ":memory:");
      // A number that no process has, so that no start is known of it; and yet it lives.
      const owners = createOwnerRecords(database, () => true);
      const isThere = (at: number) => {
        owners.interruptOrphans(clockAt(at));
        return database.prepare("SELECT count(*) FROM engines").pluck().get() === 1;
      };
      owners.beat("engine-1", 2 ** 30, later(seconds), []);
      expect([isThere(0), isThere(3)]).toEqual([true, true]);
      owners.beat("engine-1", 2 ** 30, later(3 + seconds), []);
      expect([isThere(4), isThere(7), isThere(8)]).toEqual([true, true, false]);
      database.close();
    },
  );

  it("have trained their run for as long as they said last", () => {
    const runId = recordTraining("engine-1");
    store.runs.setAttempt([runId], 34.5);
    store.owners.interruptOrphans(clockAt(0));
    expect(store.runs.get(runId)).toMatchObject({ state: "interrupted", seconds: 34.5 });
  });

  it("take their run back when they were only asleep", () => {
    const runId = recordTraining("sleeper");
    store.owners.interruptOrphans(clockAt(0));
    store.owners.beat("sleeper", process.pid, later(600), [runId]);
    expect(store.runs.get(runId)).toMatchObject({ state: "running", endReason: null, awaitsAnswer: false });
    expect(store.owners.interruptOrphans(clockAt(601))).toEqual([]);
  });
});
