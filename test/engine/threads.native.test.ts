import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ThreadsView } from "../../src-main/contract/machine.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import type { Engine, EngineOptions } from "../../src-main/engine/create-engine.ts";
import { createCaller } from "../../src-main/engine/router.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { armsOf } from "../support/experiment-of.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const cores = availableParallelism();
/** As the scripted trainer was told where TensorFlow would be. */
const threadsOfRun = ({ madeBy }: RunView) => madeBy.map(({ threads }) => threads);
const allButOne = Math.max(1, cores - 1);

let home: string;
const open: TestEngine[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-threads-"));
});
afterEach(async () => {
  for (const test of open.splice(0)) await test.close();
  await rm(home, { recursive: true, force: true });
});

const start = async (options: Partial<EngineOptions> = {}): Promise<Engine> => {
  const test = await startEngine({ paths: pathsOf(home), ...options });
  open.push(test);
  return test.engine;
};
const train = async (engine: Engine, seed: number): Promise<number> =>
  (await engine.scheduling.start(requestFor(seed))).runIds[0]!;
/** As a window is told of it, now or as soon as it is so. */
const whenThreads = (engine: Engine, isSo: (view: ThreadsView) => boolean = () => true): Promise<ThreadsView> =>
  eventWhere(engine, (event) =>
    (event.kind === "snapshot" || event.kind === "threads") && isSo(event.threads) ? event.threads : undefined,
  );

describe("the threads that a person chose", () => {
  it("are every core at first, and count from the next job that begins", async () => {
    const engine = await start();
    expect(await whenThreads(engine)).toMatchObject({ choice: "all", fixed: null, threads: cores, cores });
    const before = await train(engine, scripts.waitsAtStepThree);
    const behind = await train(engine, scripts.trainsToTheEnd);
    await whenAtStep(engine, before, 3);
    engine.threads.choose("all-but-one");
    engine.scheduling.stop(before);
    expect(threadsOfRun(await whenOver(engine, before))).toEqual([cores]);
    expect(threadsOfRun(await whenOver(engine, behind))).toEqual([allButOne]);
  });

  it("are told to every window, outlive the engine, and reach another engine on the same record", async () => {
    const first = await start();
    const beside = await start();
    const told = whenThreads(first, ({ choice }) => choice === 1);
    const toldBeside = whenThreads(beside, ({ choice }) => choice === 1);
    await createCaller({ engine: first }).chooseThreads({ choice: 1 });
    const chosen = { choice: 1, fixed: null, threads: 1, cores };
    expect(await told).toMatchObject(chosen);
    expect(await toldBeside).toMatchObject(chosen);
    await Promise.all([first.close(), beside.close()]);
    expect(await whenThreads(await start())).toMatchObject(chosen);
  });

  it("give way to what the engine was started with, and are kept for those that were not", async () => {
    const engine = await start({ trainerEnvironment: { STRATA_THREADS: "1" } });
    engine.threads.choose("all-but-one");
    expect(await whenThreads(engine)).toMatchObject({ choice: "all-but-one", fixed: 1, threads: 1, cores });
    expect(threadsOfRun(await whenOver(engine, await train(engine, scripts.trainsToTheEnd)))).toEqual([1]);
    await engine.close();
    expect(await whenThreads(await start({ trainerEnvironment: { STRATA_THREADS: "none" } }))).toMatchObject({
      fixed: null,
      threads: allButOne,
    });
    expect(await whenThreads(await start({ trainerEnvironment: { STRATA_THREADS: "all" } }))).toMatchObject({
      choice: "all-but-one",
      fixed: "all",
      threads: cores,
    });
  });

  it.skipIf(cores === 1)(
    "change the estimate at once: a run with other threads says nothing of the next one",
    async () => {
      const engine = await start();
      const request = requestFor(scripts.trainsToTheEnd);
      await whenOver(engine, await train(engine, scripts.trainsToTheEnd));
      expect((await engine.estimator.estimate(armsOf(request))).basis).toBe("runs");
      engine.threads.choose("all-but-one");
      expect((await engine.estimator.estimate(armsOf(request))).basis).toBe("measured");
      engine.threads.choose("all");
      expect((await engine.estimator.estimate(armsOf(request))).basis).toBe("runs");
    },
  );

  it("are refused where they cannot be meant", async () => {
    const api = createCaller({ engine: await start() });
    for (const choice of [0, 1.5, -1]) await expect(api.chooseThreads({ choice })).rejects.toThrow();
  });
});
