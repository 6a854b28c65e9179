/** The engine with the scripted trainer, from a start to what is left after its end: one long story over one home. */
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src-main/platform/clock.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { armsOf, type Pair } from "../support/experiment-of.ts";
import { crashInWords } from "../support/killed.ts";
import { recordRuns } from "../support/recorded.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const smoothingPair: Pair = { setting: "smoothing", values: [0, 0.1] };

let test: TestEngine;
beforeEach(async () => {
  test = await startEngine();
});
afterEach(() => test.close());

describe("weights of runs", () => {
  it("are deleted with a run that is gone for good, and only then; what a killed process left goes after a day", async () => {
    const { paths } = test;
    await test.engine.close();
    const store = openStore(paths.database);
    const [gone, hidden, kept] = recordRuns(store, 3) as [number, number, number];
    mkdirSync(paths.weights);
    for (const runId of [gone, hidden, kept]) {
      const file = `${runId}.safetensors`;
      writeFileSync(join(paths.weights, file), "");
      store.runs.setWeights(runId, { file, bytes: 0 }, null);
      store.runs.end(runId, "completed", null, "2026-01-01");
    }
    store.runs.remove([gone], "2026-01-01T00:00:00.000Z");
    store.runs.remove([hidden], new Date().toISOString());
    store.close();
    for (const name of ["going.partial", "killed.partial"]) writeFileSync(join(paths.weights, name), "");
    utimesSync(join(paths.weights, "killed.partial"), 0, 0);
    const next = await startEngine({ paths });
    await next.engine.tidy();
    expect(readdirSync(paths.weights)).toEqual([`${hidden}.safetensors`, `${kept}.safetensors`, "going.partial"]);
    expect(next.engine.runs.get(kept).weights).toEqual({ file: `${kept}.safetensors`, bytes: 0 });
    const folder = join(paths.home, "out");
    expect(await next.engine.weights.export({ runId: kept, weights: null, format: "tfjs", folder })).toMatchObject({
      format: "tfjs",
      folder,
    });
    await next.close();
  });

  it("are refused to be exported where there are none", async () => {
    const { engine } = test;
    const { runIds } = await engine.scheduling.start(requestFor(scripts.killedAtStepThree));
    await whenOver(engine, runIds[0]!);
    const exporting = engine.weights.export({ runId: runIds[0]!, weights: null, format: "tfjs", folder: "/nowhere" });
    await expect(exporting).rejects.toMatchObject({ code: "weights.none" });
  });
});

describe("training one run", () => {
  it("records every point, figure and answer, and says so", async () => {
    const { engine } = test;
    const { experimentId, runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    expect(experimentId).toBeNull();
    const run = await whenOver(engine, runIds[0]!);
    expect(run).toMatchObject({
      state: "finished",
      endReason: "completed",
      title: "Inception-v3",
      experiment: null,
      parameters: 1_000,
      epochsDone: 2,
      stepsDone: 8,
      stepsPerEpoch: 4,
      trainingSeconds: 2,
      imagesPerSecond: 100,
      madeBy: [{ fromStep: 0, device: "script" }],
      validation: { top1: 0.5, pictures: 10 },
      test: { top1: 0.7, pictures: 10 },
    });
    const loss = engine.runs.series({ runIds, metrics: ["hardLoss"] });
    expect(loss).toHaveLength(1);
    expect(loss[0]?.steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(loss[0]?.values).toEqual([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8]);
    expect(engine.runs.confusion(runIds[0]!)).toMatchObject({ split: "test", epoch: 2 });
  });

  it("refuses a network that is not on the model registry before anything is recorded", async () => {
    const { configuration, ...rest } = requestFor(scripts.trainsToTheEnd);
    const model = { ...configuration.model, id: "none" };
    const training = test.engine.scheduling.start({ configuration: { ...configuration, model }, ...rest });
    await expect(training).rejects.toMatchObject({ code: "model.unknown" });
    expect(test.engine.runs.list()).toEqual([]);
  });
});

describe("training a pair", () => {
  it("makes two runs of one experiment that differ in the named setting, and compares them", async () => {
    const { engine } = test;
    const started = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd, { pair: smoothingPair }));
    const [a, b] = await Promise.all(started.runIds.map((runId) => whenOver(engine, runId)));
    const differs = [{ ...smoothingPair, isBlocked: true }];
    const place = { id: started.experimentId, block: 0, blocks: 1, differs };
    expect([a?.experiment, b?.experiment]).toEqual([
      { ...place, arm: 0 },
      { ...place, arm: 1 },
    ]);

    const comparison = engine.comparison.compare(started.runIds);
    expect(comparison.differences).toEqual([{ setting: "training.smoothing", values: [0, 0.1] }]);
    expect(comparison.split).toBe("test");
    expect(comparison.results.map((result) => result?.top1)).toEqual([0.7, 0.9]);
    expect(comparison.confusions).toHaveLength(2);
    expect(comparison.mistakes.map(({ answers }) => answers[0]?.confidence)).toEqual([
      expect.closeTo(0.9),
      expect.closeTo(0.8),
      expect.closeTo(0.7),
    ]);
    expect(comparison.top1Difference?.value).toBeCloseTo(0.2);
  });

  it("is not compared with runs that held out another fold, and both are asked about their pictures' labels", async () => {
    const { engine } = test;
    const inFold = (index: number) => requestFor(scripts.trainsToTheEnd, { training: { fold: { index, count: 2 } } });
    const [a, b] = [await engine.scheduling.start(inFold(1)), await engine.scheduling.start(inFold(2))].map(
      ({ runIds: [id] }) => id!,
    ) as [number, number];
    await whenOver(engine, b);
    const refusal = { code: "run.not-comparable", problem: expect.stringContaining("different folds") };
    expect(() => engine.comparison.compare([a, b])).toThrow(expect.objectContaining(refusal));
    const suspects = engine.comparison.labelSuspects([a, b], 1);
    expect(suspects.pictures).toBeGreaterThan(0);
    expect(suspects.first).toHaveLength(Math.min(1, suspects.count));
  });

  it("looked at no test picture where it held out a fold of the training pictures", async () => {
    const { engine } = test;
    const looksOf = async (fold: { index: number; count: number } | null) => {
      const { configuration, ...request } = requestFor(scripts.trainsToTheEnd, { training: { fold } });
      const dataset = { ...requestFor(1).configuration.dataset, seed: 77 };
      const { runIds } = await engine.scheduling.start({ ...request, configuration: { ...configuration, dataset } });
      const run = await whenOver(engine, runIds[0]!);
      expect(run.test).not.toBeNull();
      return [engine.runs.testLooks(run.id), engine.comparison.compare([run.id]).testLooks];
    };
    expect(await looksOf({ index: 1, count: 2 })).toEqual([0, null]);
    expect(await looksOf(null)).toEqual([1, 1]);
  });

  it("is not compared with runs on other pictures, nor with itself", async () => {
    const { engine } = test;
    const request = requestFor(scripts.trainsToTheEnd);
    const first = await engine.scheduling.start(request);
    const dataset = { ...request.configuration.dataset, seed: 2 };
    const second = await engine.scheduling.start({ ...request, configuration: { ...request.configuration, dataset } });
    const [a, b] = [first.runIds[0]!, second.runIds[0]!];
    expect(() => engine.comparison.compare([a, b])).toThrow(expect.objectContaining({ code: "run.not-comparable" }));
    expect(() => engine.comparison.compare([a, a])).toThrow(expect.objectContaining({ code: "run.not-comparable" }));
    await whenOver(engine, b);
  });
});

describe("the queue", () => {
  it("trains one job at a time, in order, and a waiting one can be taken out", async () => {
    const { engine } = test;
    const [first] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    const [second] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    const [third] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenAtStep(engine, first, 3);
    expect([first, second, third].map((id) => engine.runs.get(id).state)).toEqual(["running", "queued", "queued"]);
    engine.scheduling.stop(second);
    expect(engine.runs.get(second)).toMatchObject({
      state: "stopped",
      endReason: "stopped-by-person",
      startedAt: null,
    });
    engine.scheduling.stop(first);
    expect(await whenOver(engine, third)).toMatchObject({ state: "finished" });
  });
});

describe("stopping", () => {
  it("keeps everything up to the batch that was going", async () => {
    const { engine } = test;
    const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree, { pair: smoothingPair }));
    await whenAtStep(engine, runIds[0]!, 3);
    engine.scheduling.stop(runIds[1]!);
    const [a, b] = await Promise.all(runIds.map((runId) => whenOver(engine, runId)));
    for (const run of [a, b]) expect(run).toMatchObject({ state: "stopped", stepsDone: 3, epochsDone: 0, test: null });
    expect(engine.runs.series({ runIds: [runIds[0]!] })[0]?.values).toEqual([1, 1 / 2, 1 / 3]);
  });

  it("kills a process that does not listen, and still keeps what it had said", async () => {
    const { engine, close } = await startEngine({ stopGraceMillis: 200 });
    onTestFinished(close);
    const [runId] = (await engine.scheduling.start(requestFor(scripts.ignoresInterrupt))).runIds as [number];
    await whenAtStep(engine, runId, 3);
    engine.scheduling.stop(runId);
    expect(await whenOver(engine, runId)).toMatchObject({
      state: "stopped",
      endReason: "stopped-by-person",
      stepsDone: 3,
    });
  });

  it("says that a process crashed when it was to pause, and lets the run go on", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.crashesWhenInterrupted))).runIds as [number];
    await whenAtStep(engine, runId, 3);
    engine.scheduling.pause(runId);
    const run = await whenOver(engine, runId);
    expect(run).toMatchObject({ state: "failed", endReason: "process-died", isResumable: true });
    expect(run.error?.problem).toContain(crashInWords);
  });

  it("is refused for a run that is not there, and does nothing to one that is over", async () => {
    const { engine } = test;
    expect(() => engine.scheduling.stop(99)).toThrow(expect.objectContaining({ code: "run.unknown" }));
    const [runId] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenOver(engine, runId);
    engine.scheduling.stop(runId);
    expect(engine.runs.get(runId).state).toBe("finished");
  });
});

describe("a training process that ends on its own", () => {
  it("ends the run with what killed it, and the engine trains the next", async () => {
    const { engine } = test;
    const [killed] = (await engine.scheduling.start(requestFor(scripts.killedAtStepThree))).runIds as [number];
    const run = await whenOver(engine, killed);
    expect(run).toMatchObject({ state: "failed", endReason: "process-died", stepsDone: 3 });
    // The kernel keeps count of those it ends for want of memory, and this was none of them.
    expect(run.error?.problem).toContain("killed from outside");
    expect(engine.runs.series({ runIds: [killed] })[0]?.steps).toEqual([1, 2, 3]);

    const [next] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    expect(await whenOver(engine, next)).toMatchObject({ state: "finished" });
  });

  it("is quoted with its last words", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.exitsAtStepThree))).runIds as [number];
    const { error } = await whenOver(engine, runId);
    expect(error?.problem).toContain("exit code 7: Error: the script says so");
  });

  it("is believed where it says itself why it cannot begin", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.cannotBegin))).runIds as [number];
    const run = await whenOver(engine, runId);
    expect(run).toMatchObject({ state: "failed", endReason: "error", error: { code: "native.broken" } });
  });
});

describe("a training process that leaves tensors behind", () => {
  it("has it told in its run", async () => {
    const { engine } = test;
    const { runIds } = await engine.scheduling.start(requestFor(scripts.leaksTensors));
    expect(await whenOver(engine, runIds[0]!)).toMatchObject({ state: "finished", leakedTensors: 3 });
  });
});

describe("closing", () => {
  it("interrupts what trains, and leaves what waits in the queue", async () => {
    const { engine, paths } = test;
    const [training] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    const [waiting] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenAtStep(engine, training, 3);
    await engine.close();
    const later = await startEngine({ paths });
    expect(later.engine.runs.get(training)).toMatchObject({ state: "interrupted", endReason: "engine-closed" });
    expect(later.engine.runs.get(waiting)).toMatchObject({ state: "queued", endReason: null });
    await later.close();
  });
});

describe("removing and restoring", () => {
  it("hides a run until it is restored, and refuses one that is going", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    expect(() => engine.runs.remove([runId])).toThrow(expect.objectContaining({ code: "run.active" }));
    engine.scheduling.stop(runId);
    await whenOver(engine, runId);
    engine.runs.remove([runId]);
    expect(engine.runs.list()).toEqual([]);
    expect(engine.runs.restore([runId])[0]?.id).toBe(runId);
    expect(engine.runs.rename(runId, "The first").title).toBe("The first");
    expect(engine.runs.annotate(runId, "Stopped early.").note).toBe("Stopped early.");
  });
});

describe("what was removed", () => {
  it("is told of and can be restored for 30 days, and is gone at a start after them", async () => {
    const { engine, paths } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenOver(engine, runId);
    engine.runs.remove([runId]);
    const daysLater = (days: number) => ({ ...systemClock, now: () => new Date(Date.now() + days * 86_400_000) });
    const tidyAt = async (days: number) => {
      const later = await startEngine({ paths, clock: daysLater(days) });
      await later.engine.tidy();
      await later.close();
    };
    await tidyAt(29);
    const { title } = engine.runs.restore([runId])[0]!;
    expect(engine.runs.deleted()).toEqual({ runs: [], found: 0, diskBytes: 0 });
    engine.runs.remove([runId]);
    expect(engine.runs.deleted()).toMatchObject({ found: 1, diskBytes: 8, runs: [{ id: runId, title, diskBytes: 8 }] });
    expect(engine.runs.restore([runId])).toHaveLength(1);
    engine.runs.remove([runId]);
    await tidyAt(31);
    expect(() => engine.runs.restore([runId])).toThrow(expect.objectContaining({ code: "run.unknown" }));
  });

  it("can be deleted for good at once, and what was not removed stays whoever asks for that", async () => {
    const { engine } = test;
    const start = async () => (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds[0]!;
    const [gone, kept] = [await start(), await start()];
    for (const runId of [gone, kept]) await whenOver(engine, runId);
    engine.runs.remove([gone]);
    engine.runs.forget([gone, kept]);
    expect(engine.runs.deleted().found).toBe(0);
    expect(() => engine.runs.restore([gone])).toThrow(expect.objectContaining({ code: "run.unknown" }));
    expect(engine.runs.get(kept).id).toBe(kept);
    await engine.tidy();
    expect(engine.runs.list().map(({ id }) => id)).toEqual([kept]);
  });
});

describe("estimates", () => {
  it("come from two steps tried just now, and from earlier runs once there are some", async () => {
    const { engine } = test;
    const request = requestFor(scripts.trainsToTheEnd, { pair: smoothingPair });
    // In each of two arms, five batches of 16 at 0.5 s, and a look at the 10 validation pictures at 0.1 s a batch.
    const perEpoch = 2 * (5 * 0.5 + (10 / 16) * 0.1);
    const measured = await engine.estimator.estimate(armsOf(request));
    expect(measured).toMatchObject({ basis: "measured", memory: { doesFit: true, batchThatFits: null } });
    expect(measured.memory).toEqual(
      await engine.estimator.memory(armsOf(request)).then((memory) => ({ ...memory, freeBytes: expect.any(Number) })),
    );
    expect(measured.secondsPerEpoch).toBeCloseTo(perEpoch);
    // And the start, in which each arm's first step is done, the test pictures, and drawing 100 pictures that are not in the cache.
    const withoutDrawing = 3 - 2 * 0.5 + 2 * perEpoch + 2 * (10 / 16) * 0.1;
    expect(measured.seconds! - measured.decodingSeconds!).toBeCloseTo(withoutDrawing);
    expect(measured.decodingSeconds).toBeGreaterThan(0);

    const { runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    await whenOver(engine, runIds[0]!);
    const known = await engine.estimator.estimate(armsOf(request));
    // 100 pictures a second in each arm.
    expect(known).toMatchObject({ basis: "runs" });
    // A look is a third of a step.
    expect(known.secondsPerEpoch).toBeCloseTo(2 * (5 * (16 / 100) + 10 / 100 / 3));
  });

  it("take the memory that an earlier run of the same held over what is calculated", async () => {
    const { engine } = test;
    const request = requestFor(scripts.trainsToTheEnd);
    const calculated = (await engine.estimator.memory(armsOf(request))).peakBytes;
    const { runIds } = await engine.scheduling.start(request);
    const run = await whenOver(engine, runIds[0]!);
    expect(run).toMatchObject({ predictedMemoryBytes: calculated, peakMemoryBytes: 2e9, leakedTensors: 0 });
    expect((await engine.estimator.memory(armsOf(request))).peakBytes).toBe(2e9);
    const other = requestFor(scripts.trainsToTheEnd, { training: { batchSize: 8 } });
    expect((await engine.estimator.memory(armsOf(other))).peakBytes).toBeLessThan(calculated);
  });

  it("try nothing that does not fit, and name the largest batch that does", async () => {
    const { engine } = test;
    const request = requestFor(scripts.trainsToTheEnd, { training: { batchSize: 4096 } });
    const pictures = { ...request.configuration.dataset, pictures: 6000 };
    const large = { id: "inception-v3", inputPixels: 512, width: 2 };
    const configuration = { ...request.configuration, dataset: pictures, model: large };
    const estimate = await engine.estimator.estimate([configuration]);
    expect(estimate).toMatchObject({ seconds: null, secondsPerEpoch: null, basis: null, memory: { doesFit: false } });
    const { batchThatFits, freeBytes } = estimate.memory;
    const at = async (batchSize: number) => {
      const training = { ...configuration.training, batchSize };
      return (await engine.estimator.memory([{ ...configuration, training }])).peakBytes;
    };
    expect(await at(batchThatFits!)).toBeLessThanOrEqual(freeBytes);
    expect(await at(batchThatFits! + 1)).toBeGreaterThan(freeBytes);
  });

  it("do not disturb a job that trains", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    await expect(engine.estimator.estimate(armsOf(requestFor(1)))).rejects.toMatchObject({ code: "training.busy" });
    engine.scheduling.stop(runId);
    await whenOver(engine, runId);
  });
});

describe("events", () => {
  it("tell every point to a window that was there from the start", async () => {
    const { engine } = test;
    const steps: number[] = [];
    const all = eventWhere(engine, (event) => {
      if (event.kind === "points")
        steps.push(...event.points.filter(({ metric }) => metric === "hardLoss").map(({ step }) => step));
      return steps.length === 8 ? steps : undefined;
    });
    await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    expect(await all).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("two engines on one record", () => {
  it("leave each other's runs alone, and one stops the other's when asked", async () => {
    const { engine, paths } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    await whenAtStep(engine, runId, 3);
    const other = await startEngine({ paths });
    expect(other.engine.runs.get(runId).state).toBe("running");
    other.engine.scheduling.stop(runId);
    expect(await whenOver(engine, runId)).toMatchObject({ state: "stopped" });
    expect(other.engine.runs.get(runId).state).toBe("stopped");
    await other.close();
  });
});
