/** Runs of a sweep and arms of a pair that train side by side, on a real engine with the scripted trainer. */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gridOf, type Pair } from "../support/experiment-of.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

// Of one core all have to take turns.
const isOneCore = availableParallelism() === 1;
const pair: Pair = { setting: "smoothing", values: [0, 0.1] };
const gridWith = (seed: number, values: number[] = [0, 0.1, 0.2, 0.3]) =>
  gridOf(requestFor(1).configuration, [{ setting: "smoothing", values }], [seed]);

let test: TestEngine;
afterEach(() => test.close());

const begin = async (environment: NodeJS.ProcessEnv): Promise<TestEngine["engine"]> => {
  test = await startEngine({ keepsQueue: true, trainerEnvironment: { STRATA_THREADS: "2", ...environment } });
  return test.engine;
};
const threadsOf = (runIds: readonly number[]) => runIds.map((runId) => test.engine.runs.get(runId).threads);
const states = () => test.engine.runs.list().map(({ state }) => state);
const twoAtOnce = { STRATA_RUNS_AT_ONCE: "2" };

describe.skipIf(isOneCore)("two at once", () => {
  it("takes a sweep's runs two by two, each on one thread, and fills a place that is free at once", async () => {
    const engine = await begin(twoAtOnce);
    const { runIds } = await engine.scheduling.start(gridWith(scripts.waitsAtStepThree));
    const [first, second, third, fourth] = runIds as [number, number, number, number];
    await Promise.all([first, second].map((runId) => whenAtStep(engine, runId, 3)));
    expect(states().toReversed()).toEqual(["running", "running", "queued", "queued"]);
    expect(threadsOf(runIds)).toEqual([1, 1, 1, 1]);
    engine.scheduling.stop(second);
    await whenAtStep(engine, third, 3);
    expect(states().toReversed()).toEqual(["running", "stopped", "running", "queued"]);
    expect(engine.runs.get(third).madeBy.at(-1)?.threads).toBe(1);
    for (const runId of [first, third, fourth]) {
      await whenAtStep(engine, runId, 3);
      engine.scheduling.stop(runId);
    }
    for (const runId of runIds) await whenOver(engine, runId);
  });

  it("lets the second wait until the first has decoded the pictures of both", async () => {
    const engine = await begin(twoAtOnce);
    const bothActive = eventWhere(engine, (event) =>
      event.kind === "progress" && event.active.length === 2 ? event.active : undefined,
    );
    const { runIds } = await engine.scheduling.start(gridWith(scripts.waitsAtStepThree, [0, 0.1]));
    const [first] = await bothActive;
    expect(first).toMatchObject({ runIds: [runIds[0]], phase: "training", prepared: null });
    for (const runId of runIds) engine.scheduling.stop(runId);
    for (const runId of runIds) await whenOver(engine, runId);
  });

  it("goes on one after another once a person wants that, on as many threads as before", async () => {
    const engine = await begin({ STRATA_RUNS_AT_ONCE: "" });
    engine.threads.chooseRunsAtOnce(2);
    const { runIds } = await engine.scheduling.start(gridWith(scripts.waitsAtStepThree));
    const [first, second, third, fourth] = runIds as [number, number, number, number];
    await Promise.all([first, second].map((runId) => whenAtStep(engine, runId, 3)));
    engine.threads.chooseRunsAtOnce(1);
    engine.scheduling.stop(first);
    await whenOver(engine, first);
    expect(states().toReversed()).toEqual(["stopped", "running", "queued", "queued"]);
    engine.scheduling.stop(second);
    await whenAtStep(engine, third, 3);
    expect(threadsOf([third])).toEqual([1]);
    for (const runId of [fourth, third]) engine.scheduling.stop(runId);
    for (const runId of runIds) await whenOver(engine, runId);
  });

  it("ends one whose process dies, and touches no other", async () => {
    const engine = await begin(twoAtOnce);
    const waiting = await engine.scheduling.start(gridWith(scripts.waitsAtStepThree, [0]));
    const [goingOn] = waiting.runIds as [number];
    await whenAtStep(engine, goingOn, 3);
    const dying = await engine.scheduling.start(gridWith(scripts.killedAtStepThree, [0]));
    // A sweep of one has nothing to share the machine with: it has its turn once the other is over.
    engine.scheduling.stop(goingOn);
    expect(await whenOver(engine, dying.runIds[0]!)).toMatchObject({ state: "failed", endReason: "process-died" });
    expect(engine.runs.get(goingOn).state).toBe("stopped");

    const both = await engine.scheduling.start({ ...gridWith(scripts.waitsAtStepThree, [0]), seeds: [2, 4] });
    const [killed, other] = both.runIds as [number, number];
    expect(await whenOver(engine, killed)).toMatchObject({ endReason: "process-died" });
    await whenAtStep(engine, other, 3);
    expect(engine.runs.get(other).state).toBe("running");
    engine.scheduling.stop(other);
    await whenOver(engine, other);
  });

  it("gives each arm of a pair a process of its own; what is asked of one counts for both", async () => {
    const engine = await begin(twoAtOnce);
    const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree, { pair }));
    const [a, b] = runIds as [number, number];
    await Promise.all(runIds.map((runId) => whenAtStep(engine, runId, 3)));
    const active = await eventWhere(engine, (event) => (event.kind === "snapshot" ? event.active : undefined));
    expect(active.map((job) => job.runIds)).toEqual([[a], [b]]);
    expect(threadsOf(runIds)).toEqual([1, 1]);
    expect(runIds.map((runId) => engine.runs.get(runId).hasOwnProcess)).toEqual([true, true]);
    engine.scheduling.pause(b);
    for (const runId of runIds) expect(await whenOver(engine, runId)).toMatchObject({ state: "paused" });
    await engine.scheduling.resume(a);
    await Promise.all(runIds.map((runId) => whenAtStep(engine, runId, 3)));
    expect(threadsOf(runIds)).toEqual([1, 1]);
    engine.scheduling.stop(a);
    for (const runId of runIds) expect(await whenOver(engine, runId)).toMatchObject({ state: "stopped" });
  });

  it("goes on with the arm that is not complete, alone", async () => {
    const engine = await begin({ ...twoAtOnce, STRATA_SCRIPT_WAITS: "2" });
    const { runIds } = await engine.scheduling.start(requestFor(11, { pair }));
    const [a, b] = runIds as [number, number];
    expect(await whenOver(engine, a)).toMatchObject({ state: "finished" });
    await whenAtStep(engine, b, 3);
    engine.scheduling.pause(a);
    expect(await whenOver(engine, b)).toMatchObject({ state: "paused" });
    expect((await engine.scheduling.resume(a)).runIds).toEqual([b]);
    expect(await whenOver(engine, b)).toMatchObject({ state: "finished" });
    expect(engine.runs.get(a).state).toBe("finished");
    await expect(engine.scheduling.resume(b)).rejects.toMatchObject({ code: "run.complete" });
  });

  it("lets arms that stop early together share a process", async () => {
    const engine = await begin(twoAtOnce);
    const earlyStopping = { patienceEpochs: 2, minDelta: 0 };
    const request = requestFor(scripts.trainsToTheEnd, { pair, training: { earlyStopping } });
    const { runIds } = await engine.scheduling.start(request);
    for (const runId of runIds)
      expect(await whenOver(engine, runId)).toMatchObject({ hasOwnProcess: false, threads: 2 });
  });
});

describe.skipIf(isOneCore)("as many as are fastest", () => {
  const log = () => join(test.paths.home, "script.log");
  const measured = () =>
    existsSync(log())
      ? readFileSync(log(), "utf8")
          .split("\n")
          .filter((line) => line.startsWith("measured"))
      : [];
  const beginFastest = async (environment: NodeJS.ProcessEnv = {}) => {
    const variables: NodeJS.ProcessEnv = { STRATA_RUNS_AT_ONCE: "fastest", ...environment };
    const engine = await begin(variables);
    // Read anew at each start of a trainer.
    variables.STRATA_SCRIPT_LOG = log();
    process.env.STRATA_SCRIPT_LOG = log();
    return engine;
  };
  afterEach(() => {
    delete process.env.STRATA_SCRIPT_LOG;
  });

  it("measures once for a network, and keeps what it found", async () => {
    const engine = await beginFastest({ STRATA_SCRIPT_THREADS_ARE_IDLE: "1" });
    const first = await engine.scheduling.start(gridWith(scripts.trainsToTheEnd));
    for (const runId of first.runIds) await whenOver(engine, runId);
    expect(threadsOf(first.runIds)).toEqual([1, 1, 1, 1]);
    expect(measured()).toEqual(["measured on 2", "measured on 1", "measured on 1"]);
    const second = await engine.scheduling.start(gridWith(scripts.trainsToTheEnd));
    for (const runId of second.runIds) await whenOver(engine, runId);
    expect(threadsOf(second.runIds)).toEqual([1, 1, 1, 1]);
    expect(measured()).toHaveLength(3);
  });

  it("takes turns where a second process gains nothing, and a single run measures nothing", async () => {
    const engine = await beginFastest();
    const { runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd, { pair }));
    for (const runId of runIds)
      expect(await whenOver(engine, runId)).toMatchObject({ hasOwnProcess: false, threads: 2 });
    expect(measured()).toHaveLength(3);
    const single = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    expect(await whenOver(engine, single.runIds[0]!)).toMatchObject({ state: "finished", threads: null });
    expect(measured()).toHaveLength(3);
  });

  it("takes turns where more processes cannot be tried, and measures no more than it could", async () => {
    const engine = await beginFastest({ STRATA_SCRIPT_THREADS_ARE_IDLE: "1", STRATA_SCRIPT_FAILS_ON: "1" });
    const { runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd, { pair }));
    for (const runId of runIds)
      expect(await whenOver(engine, runId)).toMatchObject({ state: "finished", hasOwnProcess: false, threads: 2 });
  });

  it("a run that is stopped while it is measured never begins, and the next has its turn", async () => {
    const engine = await beginFastest({ STRATA_SCRIPT_TIMES_FOREVER: "1" });
    const measuring = eventWhere(engine, (event) =>
      event.kind === "progress" && event.active.some(({ phase }) => phase === "measuring") ? true : undefined,
    );
    const { runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd, { pair }));
    await measuring;
    engine.scheduling.stop(runIds[0]!);
    for (const runId of runIds)
      expect(await whenOver(engine, runId)).toMatchObject({ state: "stopped", startedAt: null });
    const single = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    expect(await whenOver(engine, single.runIds[0]!)).toMatchObject({ state: "finished" });
  });
});
