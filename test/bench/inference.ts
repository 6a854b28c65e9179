/**
 * What asking a trained network costs: `node test/bench/inference.ts`. A compact Inception-v3 is trained for an epoch on drawn pictures; then the first answer of a
 * process that is not there yet and the next one are timed, what a row gives, where it looked and a picture that a channel answers to most, what a row of Inception-v3 as
 * published gives, 10,000 pictures are answered, twice, against the pace of an evaluation in training, and steps of training are timed with and without someone who asks beside
 * them, in turns. Nothing else may run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { attributionMethods } from "../../src-main/contract/inference.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { centredPixels } from "../../src-main/contract/weights.ts";
import { createClient } from "../../src-main/engine/calls/client.ts";
import { createEngine } from "../../src-main/engine/create-engine.ts";
import { realTrainer } from "../../src-main/engine/machine/diagnose.ts";
import { askTrainer } from "../../src-main/engine/trainer/ask-trainer.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";
import { writeWeights } from "../../src-main/models/weights-file.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { defaultTraining } from "../../src-main/training/presets.ts";
import { experimentOf } from "../support/experiment-of.ts";
import { plain } from "../support/picture-folder.ts";
import { whenOver } from "../support/with-engine.ts";
import { median } from "./median.ts";

const never = new AbortController().signal;
const model = { id: "inception-v3", inputPixels: 32, width: 0.25 };
const configuration: RunConfiguration = {
  dataset: drawnSource.parse({
    kind: "drawn",
    pictures: 14_000,
    split: { kind: "anew", validationShare: 0.05, testShare: 10 / 14 },
  }),
  model,
  resize: usualResize,
  training: { ...defaultTraining(model.id, model), epochs: 1, batchSize: 64 },
  seed: 1,
};
const home = mkdtempSync(join(tmpdir(), "strata-inference-"));
const engine = await createEngine({ paths: pathsOf(home), version: "0.0.0" });
const say = (what: string, value: string) => console.log(`${what.padEnd(60)} ${value}`);
const millisOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};
/** Seconds of a step and of an evaluated batch, by a training process of its own. */
async function costs(leastSeconds: number) {
  const command = {
    kind: "measure",
    arms: [configuration],
    classes: 10,
    steps: 20,
    enoughSeconds: 60,
    leastSeconds,
  } as const;
  const answer = await askTrainer(realTrainer, command, never);
  if (answer.kind !== "measured") throw new Error("It was not measured.");
  return answer.costs;
}

/** A file of weights as a seed may draw them: what they are takes no part in the time. */
function fullSizeWeights(): string {
  const [architecture, classes, inputPixels] = ["inception-v3", 1_000, 299];
  const path = join(home, "full.safetensors");
  const random = createRandom(1, "weights");
  const tensors = listWeights(findArchitecture(architecture), classes).map(({ name, shape }) => ({
    ...{ name, shape },
    values: () =>
      Float32Array.from({ length: shape.reduce((all, side) => all * side, 1) }, () => 0.1 * random.uniform()),
  }));
  const size = { architecture, inputPixels, width: 1, classes, classNames: null };
  writeWeights(
    path,
    { formatVersion: 1, layout: "strata", preprocessing: centredPixels, trained: null, ...size },
    tensors,
  );
  return path;
}

try {
  const { runIds } = await engine.scheduling.start(experimentOf(configuration));
  const runId = runIds[0]!;
  const run = await whenOver(engine, runId);
  if (run.state !== "finished") throw new Error(run.error?.problem ?? "The run did not finish.");
  const from = { kind: "run", runId } as const;

  const bytes = await plain(90).png().toBuffer();
  const part = { upload: 1, part: bytes.toString("base64"), isLast: true };
  const { id } = engine.inference.hold(part, createClient(never))!;
  const ask = () => engine.inference.answer(from, { kind: "held", id }, never);
  say("first answer, with the start of the process", `${(await millisOf(ask)).toFixed(0)} ms`);
  const next: number[] = [];
  for (let time = 0; time < 9; time++) next.push(await millisOf(ask));
  say("the next answers", `${median(next).toFixed(0)} ms`);

  const row = "Mixed_5b/Branch_0/Conv2d_0a_1x1";
  say("what a row of it gives", `${(await millisOf(() => engine.inference.activations(from, id, row))).toFixed(0)} ms`);
  for (const method of attributionMethods) {
    const asked = { from, heldId: id, method, place: 0, isRandom: false };
    say(
      `where it looked, by ${method}`,
      `${(await millisOf(() => engine.inference.attribution(asked))).toFixed(0)} ms`,
    );
  }
  const target = { kind: "channel", row, channel: 0 } as const;
  const made = await millisOf(async () => {
    for await (const _ of engine.inference.maximise({ from, targets: [target], seed: 1, steps: 96 }, never));
  });
  say("a picture that a channel answers to most, 96 steps", `${made.toFixed(0)} ms`);
  const full = { kind: "file", path: fullSizeWeights() } as const;
  const fullRow = () => engine.inference.activations(full, id, "Mixed_7c/Branch_0/Conv2d_0a_1x1");
  say("what a row of Inception-v3 as published gives, first", `${(await millisOf(fullRow)).toFixed(0)} ms`);
  say("and then", `${(await millisOf(fullRow)).toFixed(0)} ms`);

  const { secondsPerEvaluation } = await costs(0);
  const pace = configuration.training.batchSize / secondsPerEvaluation[0]!;
  say("an evaluation in training", `${pace.toFixed(0)} pictures a second`);
  // The first time the pass is compiled, which a training's evaluation has behind it.
  for (const time of ["with the pass to compile", "compiled"]) {
    let pictures = 0;
    for await (const event of engine.inference.answerMany(
      { from, pictures: { kind: "split", split: "test" } },
      never,
    )) {
      if (event.kind === "begun") ({ pictures } = event);
      if (event.kind !== "ended") continue;
      const answered = pictures / event.seconds;
      say(
        `${pictures} pictures answered, ${time}`,
        `${answered.toFixed(0)} a second, ${(answered / pace).toFixed(2)} ×`,
      );
    }
  }

  const [alone, beside, waited]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < 3; round++) {
    alone.push((await costs(15)).secondsPerStep[0]!);
    let isOver = false;
    const asking = (async () => {
      while (!isOver) waited.push(await millisOf(ask));
    })();
    beside.push((await costs(15)).secondsPerStep[0]!);
    isOver = true;
    await asking;
  }
  const [usual, disturbed] = [median(alone), median(beside)];
  say("a step of training alone", `${(1_000 * usual).toFixed(1)} ms`);
  say(
    "a step beside one picture asked after another",
    `${(1_000 * disturbed).toFixed(1)} ms, ${(disturbed / usual).toFixed(3)} ×`,
  );
  const slowest = Math.max(...waited);
  say(
    "an answer meanwhile",
    `${median(waited).toFixed(0)} ms, ${(median(waited) / median(next)).toFixed(1)} ×, ${slowest.toFixed(0)} ms at most`,
  );
} finally {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
}
