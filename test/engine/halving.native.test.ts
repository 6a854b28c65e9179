import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { isAmongBest } from "../../src-main/domain/experiments/successive-halving.ts";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { gridOf } from "../support/experiment-of.ts";
import { standingAmong } from "../support/plain-standing.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const halvingProcess = fileURLToPath(new URL("../support/halving-process.ts", import.meta.url));

let home: string;
const open: TestEngine[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-halving-"));
});
afterEach(async () => {
  for (const test of open.splice(0)) await test.close();
  await rm(home, { recursive: true, force: true });
});

/** Whose hard loss is its learning rate, one job at a time. */
const start = async (): Promise<Engine> => {
  const trainerEnvironment = { STRATA_SCRIPT_LOSS_IS_RATE: "yes", STRATA_SCRIPT_LOG: join(home, "log") };
  const test = await startEngine({ paths: pathsOf(home), keepsQueue: true, trainerEnvironment });
  test.engine.threads.chooseRunsAtOnce(1);
  open.push(test);
  return test.engine;
};
const search = (rates: readonly number[], changes: Partial<ExperimentRequest> = {}): ExperimentRequest => ({
  ...gridOf(requestFor(1, { training: { epochs: 4 } }).configuration, [
    { setting: "learningRate", values: [...rates] },
  ]),
  halving: { leastEpochs: 1, factor: 2 },
  ...changes,
});
const whenAllOver = async (engine: Engine, experimentId: number) => {
  await eventWhere(engine, (event) => {
    const isLook = event.kind === "snapshot" || event.kind === "progress";
    if (!isLook || event.active.length > 0) return undefined;
    return (
      engine.experiments.view(experimentId).runIds.every((id) => engine.runs.get(id).endReason !== null) || undefined
    );
  });
  return engine.experiments.view(experimentId);
};
const endsOf = (engine: Engine, runIds: readonly number[]) =>
  runIds.map((id) => {
    const { endReason, epochsDone } = engine.runs.get(id);
    return [endReason, epochsDone];
  });

describe("successive halving", () => {
  it("stops at each rung what is not among the best, takes up again what comes to be, and says why", async () => {
    const engine = await start();
    const { experimentId, runIds } = await engine.scheduling.start(search([0.4, 0.3, 0.35, 0.5, 0.1, 0.6]));
    const view = await whenAllOver(engine, experimentId!);
    expect(view.request.halving).toEqual({ leastEpochs: 1, factor: 2, metric: "hardLoss" });
    const said = view.decisions.map(({ runIds: [id], epochs, value, decision, rank, results, goOn }) => [
      ...[runIds.indexOf(id!), epochs, value, decision],
      `${rank} of ${results}, best ${goOn}`,
    ]);
    expect(said).toEqual([
      // The first of all is the best so far, at both rungs.
      [0, 1, 0.4, "goes-on", "1 of 1, best 1"],
      [0, 2, 0.4, "goes-on", "1 of 1, best 1"],
      [1, 1, 0.3, "goes-on", "1 of 2, best 1"],
      [1, 2, 0.3, "goes-on", "1 of 2, best 1"],
      [2, 1, 0.35, "stops", "2 of 3, best 1"],
      [3, 1, 0.5, "stops", "4 of 4, best 2"],
      [2, 1, 0.35, "promoted", "2 of 4, best 2"],
      [2, 2, 0.35, "stops", "2 of 3, best 1"],
      [4, 1, 0.1, "goes-on", "1 of 5, best 2"],
      [4, 2, 0.1, "goes-on", "1 of 4, best 2"],
      [5, 1, 0.6, "stops", "6 of 6, best 3"],
    ]);
    expect(endsOf(engine, runIds)).toEqual([
      ["completed", 4],
      ["completed", 4],
      ["halved", 2],
      ["halved", 1],
      ["completed", 4],
      ["halved", 1],
    ]);
    // Nothing of it is left to go on with by itself, and each stopped run can.
    expect([view.isResumable, view.finished]).toEqual([false, 3]);
    expect(engine.runs.get(runIds[5]!)).toMatchObject({ state: "paused", isResumable: true });
    expect(engine.experiments.goOn(experimentId!).runIds).toEqual(runIds);
    expect(engine.runs.get(runIds[5]!).state).toBe("paused");
  });

  it("is over for a run that a person goes on with, which is then trained to its end", async () => {
    const engine = await start();
    const { experimentId, runIds } = await engine.scheduling.start(search([0.1, 0.2, 0.3]));
    await whenAllOver(engine, experimentId!);
    const last = runIds[2]!;
    expect(engine.runs.get(last).endReason).toBe("halved");
    await engine.scheduling.resume(last);
    await whenAllOver(engine, experimentId!);
    expect(await whenOver(engine, last)).toMatchObject({ endReason: "completed", epochsDone: 4 });
    const ofLast = engine.experiments.view(experimentId!).decisions.filter(({ block }) => block === 2);
    expect(ofLast.map(({ epochs, decision, rank }) => [epochs, decision, rank])).toEqual([
      [1, "stops", 3],
      [1, "released", null],
      // It still counts among the results there.
      [2, "goes-on", null],
    ]);
  });

  it("compares blocks by the mean of their arms, which stop together", async () => {
    const engine = await start();
    const pair = { setting: "labelNoise", values: [0, 0.1], isBlocked: true };
    const request = search([0.1, 0.2]);
    const { experimentId, runIds } = await engine.scheduling.start({
      ...request,
      factors: [...request.factors, pair],
      halving: { leastEpochs: 2, factor: 3, metric: "hardLoss" },
    });
    const view = await whenAllOver(engine, experimentId!);
    expect(view.decisions).toMatchObject([
      { runIds: runIds.slice(0, 2), decision: "goes-on", value: 0.1 },
      { runIds: runIds.slice(2), decision: "stops", value: 0.2 },
    ]);
    expect(endsOf(engine, runIds).map(([reason]) => reason)).toEqual(["completed", "completed", "halved", "halved"]);
  });

  it("goes by the metric of the request, higher being better where it is", async () => {
    const engine = await start();
    const halving = { leastEpochs: 1, factor: 3, metric: "top1" };
    const { experimentId } = await engine.scheduling.start(search([0.1, 0.2], { halving }));
    // The script's top-1 is 0.5 in all: of equals the first counts.
    expect((await whenAllOver(engine, experimentId!)).decisions).toMatchObject([
      { value: 0.5, decision: "goes-on", rank: 1 },
      {},
      { value: 0.5, decision: "stops", rank: 2 },
    ]);
  });

  it("loses and doubles nothing over kills right after its decisions, two jobs at a time", async () => {
    const run = (wish: "start" | "go-on"): ChildProcess => fork(halvingProcess, [home, wish], { execArgv: [] });
    for (const [index, decisions] of [1, 4, 7].entries()) {
      const child = run(index === 0 ? "start" : "go-on");
      const isReached = new Promise<void>((resolve) => {
        child.on("message", (count) => {
          if (typeof count === "number" && count >= decisions) resolve();
        });
        child.on("exit", () => resolve());
      });
      await isReached;
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    const last = run("go-on");
    await once(last, "exit");
    expect(last.exitCode).toBe(0);

    const engine = await start();
    const { decisions, runIds } = engine.experiments.view(1);
    const results = decisions.filter(({ decision }) => decision === "goes-on" || decision === "stops");
    // Each block came to the first rung once, whatever was trained again.
    expect(
      results
        .filter(({ rung }) => rung === 0)
        .map(({ block }) => block)
        .toSorted(),
    ).toEqual([...runIds.keys()]);
    for (const rung of [0, 1]) {
      const ofRung = results.filter((one) => one.rung === rung);
      expect(new Set(ofRung.map(({ block }) => block)).size).toBe(ofRung.length);
      // Each was decided as the rule says of what had come by then.
      for (const [place, { decision, rank }] of ofRung.entries()) {
        const values = ofRung.slice(0, place + 1).map(({ value }) => value);
        const standing = standingAmong(values, place, { factor: 2, metric: "hardLoss" });
        expect([decision, rank]).toEqual([isAmongBest(standing) ? "goes-on" : "stops", standing.rank]);
      }
      // Nothing that is among the best in the end was left behind.
      for (const [place, { block }] of ofRung.entries()) {
        const all = ofRung.map(({ value }) => value);
        const isBest = isAmongBest(standingAmong(all, place, { factor: 2, metric: "hardLoss" }));
        const lastOf = decisions.findLast((one) => one.block === block)!;
        if (isBest) expect([lastOf.rung > rung, lastOf.decision]).not.toEqual([false, "stops"]);
      }
    }
    for (const [block, runId] of runIds.entries()) {
      const lastOf = decisions.findLast((one) => one.block === block)!;
      expect(engine.runs.get(runId).endReason).toBe(lastOf.decision === "stops" ? "halved" : "completed");
    }
  }, 240_000);
});
