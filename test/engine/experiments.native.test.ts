import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { systemClock } from "../../src-main/platform/clock.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { armsOf, gridOf, type Pair } from "../support/experiment-of.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const experimentProcess = fileURLToPath(new URL("../support/experiment-process.ts", import.meta.url));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-experiment-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const gridWith = (seeds: readonly number[], vary: Pair = { setting: "smoothing", values: [0, 0.1] }) =>
  gridOf(requestFor(1).configuration, [vary], seeds);

describe("an experiment of twelve blocks", () => {
  const log = () => join(home, "script.log");
  const startProcess = (wish: "start" | "go-on"): ChildProcess =>
    fork(experimentProcess, [home, wish, log()], { execArgv: [] });
  /** Resolves once so many runs are finished, and the next is at step 3. */
  const whenFinished = (child: ChildProcess, count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      child.on("message", ({ finished, step }: { finished: number; step: number }) => {
        if (finished === count && step === 3) resolve();
      });
      child.on("exit", (code) => reject(new Error(`The engine ended with ${code}.`)));
    });
  const killed = async (child: ChildProcess, count: number): Promise<void> => {
    await whenFinished(child, count);
    child.kill("SIGKILL");
    await once(child, "exit");
  };

  it("finishes each run once and loses none, over two kills and two engines that start at once after them", async () => {
    await killed(startProcess("start"), 3);
    await killed(startProcess("go-on"), 7);

    const left = await startEngine({ paths: pathsOf(home) });
    const states = left.engine.runs.list().map(({ state }) => state);
    expect(states.toReversed()).toEqual([
      ...Array.from({ length: 7 }, () => "finished"),
      "interrupted",
      ...Array.from({ length: 4 }, () => "queued"),
    ]);
    await left.close();

    // Neither takes what the other has taken.
    const both = [startProcess("go-on"), startProcess("go-on")];
    await Promise.all(both.map((child) => once(child, "exit")));
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);

    const after = await startEngine({ paths: pathsOf(home) });
    const runs = after.engine.runs.list().toReversed();
    expect(runs.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => "finished"));
    expect(runs.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    // Every point of every run, once.
    for (const { id } of runs)
      expect(after.engine.runs.series({ runIds: [id], metrics: ["hardLoss"] })[0]?.steps).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8,
      ]);
    const page = { leastBlocks: 1, skip: 0, most: 10 };
    const factors = [
      { settings: ["smoothing"], isNamed: false },
      { settings: ["learningRate"], isNamed: false },
    ];
    const listed = { id: 1, factors, seeds: 3, runs: 12, finished: 12, isResumable: false };
    expect(after.engine.experiments.list(page)).toEqual({
      experiments: [{ ...listed, createdAt: expect.any(String) }],
      found: 1,
    });
    expect(after.engine.experiments.list({ ...page, skip: 1 })).toEqual({ experiments: [], found: 1 });
    expect(after.engine.experiments.list({ ...page, leastBlocks: 13 })).toEqual({ experiments: [], found: 0 });
    const experiment = after.engine.experiments.view(1);
    expect(experiment).toMatchObject({ finished: 12, isResumable: false });
    expect(experiment.rows.map(({ runIds }) => runIds)).toEqual([
      [1, 5, 9],
      [2, 6, 10],
      [3, 7, 11],
      [4, 8, 12],
    ]);
    await after.close();

    const lines = readFileSync(log(), "utf8").trimEnd().split("\n");
    const told = (what: string) =>
      lines.filter((line) => line.startsWith(what)).map((line) => Number(line.split(" ")[1]));
    expect(told("finished").toSorted((a, b) => a - b)).toEqual(runs.map(({ id }) => id));
    // Each came to its turn in order, and the two that were training at the kills went on before what waited.
    const turns = lines.filter((line) => !line.startsWith("finished")).map((line) => Number(line.split(" ")[1]));
    expect([...new Set(turns)]).toEqual(runs.map(({ id }) => id));
    expect(told("begun")).toEqual(runs.map(({ id }) => id));
    expect(told("resumed")).toEqual([4, 8]);
  });
});

describe("an experiment of several blocks", () => {
  it("is paused and gone on with as one; its finished runs are left alone", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const { experimentId, runIds } = await engine.scheduling.start(gridWith([11, scripts.waitsAtStepThree]));
    const [first, second, third, fourth] = runIds as [number, number, number, number];
    await whenAtStep(engine, third, 3);
    expect([first, second].map((runId) => engine.runs.get(runId).state)).toEqual(["finished", "finished"]);
    engine.experiments.pause(experimentId!);
    await whenOver(engine, third);
    expect(engine.runs.get(fourth)).toMatchObject({ state: "paused", startedAt: null });
    expect(engine.experiments.view(experimentId!)).toMatchObject({ finished: 2, isResumable: true });

    const before = [first, second].map(engine.runs.get);
    engine.experiments.goOn(experimentId!);
    await whenAtStep(engine, third, 3);
    expect(engine.runs.get(third).resumed).toEqual({ step: 0, error: null });
    expect(engine.queue.view().jobs).toEqual([[fourth]]);
    expect([first, second].map(engine.runs.get)).toEqual(before);
    engine.experiments.stop(experimentId!);
    await whenOver(engine, third);
    // What a person stopped is done with.
    expect(engine.experiments.view(experimentId!)).toMatchObject({ finished: 2, isResumable: false });
    await close();
  });

  it("goes on by itself after its engine died, but for a run that keeps being there when engines die: that one is asked about", async () => {
    const first = await startEngine({ paths: pathsOf(home), keepsQueue: true });
    const { runIds } = await first.engine.scheduling.start(gridWith([scripts.waitsAtStepThree]));
    const [training, waiting] = runIds as [number, number];
    await whenAtStep(first.engine, training, 3);
    await first.close();

    const store = openStore(join(home, "strata.sqlite"));
    const die = (at: Date): void => {
      store.runs.requeue([training], "gone", "front");
      store.queue.begin([training], "gone", at.toISOString());
      expect(store.owners.interruptOrphans({ ...systemClock, now: () => at })).toEqual([training]);
    };
    die(new Date());
    die(new Date());
    expect(store.runs.get(training)).toMatchObject({ state: "interrupted", awaitsAnswer: false });
    expect(store.queue.interruptedAmongMany()).toEqual([training]);
    die(new Date());
    expect(store.queue.interruptedAmongMany()).toEqual([]);
    store.close();

    const next = await startEngine({ paths: pathsOf(home), keepsQueue: true });
    expect(next.engine.runs.get(training)).toMatchObject({
      state: "interrupted",
      awaitsAnswer: true,
      isResumable: true,
    });
    expect(next.engine.queue.view()).toMatchObject({ held: "interrupted", jobs: [[waiting]] });
    next.engine.queue.leave();
    await whenAtStep(next.engine, waiting, 3);
    await next.close();
  });

  it("is not taken from another engine that trains it", async () => {
    const paths = pathsOf(home);
    const app = await startEngine({ paths });
    const { experimentId, runIds } = await app.engine.scheduling.start(gridWith([scripts.waitsAtStepThree]));
    await whenAtStep(app.engine, runIds[0]!, 3);
    const other = await startEngine({ paths });
    expect(() => other.engine.experiments.goOn(experimentId!)).toThrow(
      expect.objectContaining({ code: "experiment.elsewhere" }),
    );
    expect(() => other.engine.experiments.goOn(99)).toThrow(expect.objectContaining({ code: "experiment.unknown" }));
    app.engine.experiments.stop(experimentId!);
    await whenOver(app.engine, runIds[0]!);
    await other.close();
    await app.close();
  });

  it("takes as long as its runs together, measured once for all that cost the same", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const { configuration } = requestFor(1);
    const dataset = await openDataset(configuration.dataset);
    // Decoded already: what that takes is tried anew for each estimate, and is never quite the same.
    const { inputPixels } = configuration.model;
    await (
      await preparePictures({ dataset, inputPixels, resize: usualResize, cacheFolder: pathsOf(home).pictureCache })
    ).close();
    const one = await engine.estimator.estimate(armsOf(requestFor(1)));
    const { runs, seconds } = await engine.experiments.estimate(gridWith([1, 2, 3]));
    expect([runs, one.decodingSeconds]).toEqual([6, 0]);
    expect(seconds).toBeCloseTo(6 * one.seconds!);
    const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
    await whenAtStep(engine, runIds[0]!, 3);
    const other = gridWith([1], { setting: "batchSize", values: [8, 16] });
    expect(await engine.experiments.estimate(other)).toEqual({ runs: 2, seconds: null });
    await close();
  });

  it("grows by seeds and levels: only what is new is trained, in blocks that are numbered on", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const { experimentId: id, runIds: first } = await engine.scheduling.start(gridWith([11]));
    const experimentId = id!;
    for (const runId of first) await whenOver(engine, runId);
    // As a person leaves the list: every view is kept, and has to be told anew.
    expect(engine.runs.list().map(({ experiment }) => experiment?.blocks)).toEqual([2, 2]);
    engine.runs.rename(1, "Mine");
    const growth = { seeds: [12], levels: [{ setting: "smoothing", values: [0.2] }] };
    expect(await engine.experiments.estimateGrowth(experimentId, growth)).toMatchObject({ runs: 4 });
    expect(engine.runs.list()).toHaveLength(2);

    // Two windows at once: what the first added is not added again.
    const both = await Promise.allSettled([1, 2].map(() => engine.scheduling.grow(experimentId, growth)));
    const outcomes = both.map((one) => (one.status === "fulfilled" ? one.value.runIds.length : one.reason.code));
    expect(new Set(outcomes)).toEqual(new Set([4, "experiment.nothing-new"]));
    for (const run of engine.runs.list()) await whenOver(engine, run.id);
    const runs = engine.runs.list().toReversed();
    // What a person named stays; the other gains its seed, as those have that were added.
    const titles = runs.map(({ title }) => title);
    expect(titles.slice(0, 4)).toEqual([
      "Mine",
      "Inception-v3, smoothed ε = 0.1, seed 11",
      "Inception-v3, smoothed ε = 0.2, seed 11",
      "Inception-v3, one-hot, seed 12",
    ]);
    expect(runs.map(({ experiment }) => [experiment?.block, experiment?.blocks])).toEqual(
      [0, 1, 2, 3, 4, 5].map((block) => [block, 6]),
    );
    const { rows, finished, request } = engine.experiments.view(experimentId);
    expect([finished, request.seeds, rows.map(({ runIds }) => runIds)]).toEqual([
      6,
      [11, 12],
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]);

    await expect(engine.scheduling.grow(experimentId, { ...growth, seeds: [-1] })).rejects.toThrow();
    await expect(
      engine.scheduling.grow(experimentId, { seeds: [], levels: [{ setting: "smoothing", values: [7] }] }),
    ).rejects.toThrow();
    expect(engine.experiments.view(experimentId)).toMatchObject({ request, finished: 6 });
    await close();
  });

  it("grows wholly or not at all", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const { experimentId: id, runIds } = await engine.scheduling.start(gridWith([11]));
    const experimentId = id!;
    for (const runId of runIds) await whenOver(engine, runId);
    const before = engine.experiments.view(experimentId);
    const record = openDatabase(join(home, "strata.sqlite"));
    record.exec(
      "CREATE TRIGGER stop BEFORE INSERT ON runs WHEN NEW.block = 3 BEGIN SELECT RAISE(ABORT, 'no more'); END",
    );
    const growth = { seeds: [12], levels: [] };
    await expect(engine.scheduling.grow(experimentId, growth)).rejects.toThrow("no more");
    expect(engine.experiments.view(experimentId)).toEqual(before);
    record.exec("DROP TRIGGER stop");
    record.close();
    expect((await engine.scheduling.grow(experimentId, growth)).runIds).toEqual([3, 4]);
    for (const run of engine.runs.list()) await whenOver(engine, run.id);
    await close();
  });

  it("is refused before anything is recorded when one of its networks is not on the model registry", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const request = gridWith([1], { setting: "model", values: ["alexnet", "none"] });
    await expect(engine.scheduling.start(request)).rejects.toMatchObject({ code: "model.unknown" });
    expect(engine.runs.list()).toEqual([]);
    expect(engine.experiments.list({ leastBlocks: 1, skip: 0, most: 1 }).found).toBe(0);
    await close();
  });
});
