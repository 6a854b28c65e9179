import { afterEach, beforeEach, expect, it } from "vitest";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, type TestEngine, whenAtStep } from "../support/with-engine.ts";

const timing = { model: { id: "alexnet", inputPixels: 32, width: 0.25 }, classes: 10, batchSize: 4 };
let test: TestEngine;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  environment = {};
  test = await startEngine({ trainerEnvironment: environment });
});
afterEach(() => test.close());

it("answers with the times of each row", async () => {
  const times = await test.engine.rowTimer.time(timing);
  expect(times).toMatchObject({
    batchSize: 4,
    passes: 3,
    wholeMillis: [expect.closeTo(122.4), 136, expect.closeTo(149.6)],
  });
  expect(times.rows.at(0)).toEqual({ path: "conv1", millis: [0.9, 1, 1.1] });
});

it("does not disturb a job that trains, and says which", async () => {
  const { engine } = test;
  const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
  await whenAtStep(engine, runId, 3);
  await expect(engine.rowTimer.time(timing)).rejects.toMatchObject({ code: "training.busy" });
  await engine.scheduling.stop(runId);
});

it("is given up for a job that starts, and for something newer", async () => {
  environment.STRATA_SCRIPT_TIMES_FOREVER = "1";
  await test.close();
  test = await startEngine({ trainerEnvironment: { ...environment } });
  const { engine } = test;
  const givenUp = { code: "timing.given-up" };
  const first = expect(engine.rowTimer.time(timing)).rejects.toMatchObject(givenUp);
  const second = expect(engine.rowTimer.time({ ...timing, batchSize: 8 })).rejects.toMatchObject(givenUp);
  await first;
  await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
  await second;
});

it("refuses what the memory is not there for, before it tries", async () => {
  const large = { model: { id: "vgg19", inputPixels: 512, width: 2 }, classes: 1_000, batchSize: 256 };
  await expect(test.engine.rowTimer.time(large)).rejects.toMatchObject({
    code: "timing.too-large",
    problem: expect.stringMatching(/^A batch of 256 needs about \d+\.\d GB, and \d+\.\d GB are free\.$/),
  });
});

it("passes on what is wrong with the network", async () => {
  const none = { ...timing, model: { ...timing.model, id: "alexnot" } };
  await expect(test.engine.rowTimer.time(none)).rejects.toMatchObject({ code: "model.unknown" });
});

it("times the ways of a factorisation too, and neither beside a job nor what there is not", async () => {
  const { engine } = test;
  const ways = { factorisation: "cascade-5", grid: 8, channels: 8, kernel: 5 };
  const times = await engine.rowTimer.timeWays(ways);
  expect(times.ways.map(({ title }) => title)).toEqual(["One 5×5", "Two 3×3"]);
  await expect(engine.rowTimer.timeWays({ ...ways, factorisation: "none" })).rejects.toMatchObject({
    code: "timing.unknown",
  });
  const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
  await whenAtStep(engine, runId, 3);
  await expect(engine.rowTimer.timeWays(ways)).rejects.toMatchObject({ code: "training.busy" });
  await engine.scheduling.stop(runId);
});
