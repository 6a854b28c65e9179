/** A trained network answers by a process of its own, beside training: as it did in its own evaluations, and whatever becomes of that process. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  AnsweredPicture,
  AnsweringEvent,
  AnswerQuestion,
  AttributionMethod,
  MaximisedPicture,
  MaximisedTarget,
} from "../../src-main/contract/inference.ts";
import type { WeightsSource } from "../../src-main/contract/weights.ts";
import { drawPicture } from "../../src-main/datasets/draw/draw-picture.ts";
import { tempered } from "../../src-main/domain/inspections/tempered.ts";
import { createClient } from "../../src-main/engine/calls/client.ts";
import { createInferenceProcess } from "../../src-main/engine/inference/inference-process.ts";
import { openWeights, usedWeights } from "../../src-main/models/weights-file.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { experimentOf } from "../support/experiment-of.ts";
import { pictures as somePictures, writeFiles } from "../support/picture-folder.ts";
import { plainTraining } from "../support/plain-training.ts";
import { figuresInCsv, unnamedInCsv, unnamedInTerminal } from "../support/printed-figures.ts";
import { createTestCli } from "../support/run-cli.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const source = { kind: "drawn", pictures: 200, pixels: 32, difficulty: 0.2, seed: 3 } as const;
const client = createClient(new AbortController().signal);
const never = new AbortController().signal;

let test: TestEngine;
let from: WeightsSource & { kind: "run" };
let folder: string;
beforeAll(async () => {
  test = await startEngine({ trainerEntry: undefined });
  const { runIds } = await test.engine.scheduling.start(
    experimentOf({
      ...requestFor(1).configuration,
      dataset: source,
      model: { id: "lenet5", inputPixels: 32, width: 1 },
      training: { ...plainTraining, epochs: 2, batchSize: 8, averageDecay: 0.9 },
    }),
  );
  from = { kind: "run", runId: runIds[0]! };
  expect(await whenOver(test.engine, from.runId)).toMatchObject({ state: "finished" });
  folder = join(test.paths.home, "mine");
  const [first = "", second = ""] = (await test.engine.inference.network(from)).classNames!;
  for (const [name, index] of [
    [`a/${first.toUpperCase()}/one.png`, 0],
    [`${second}/inner/two.png`, 1],
    ["three.png", 2],
  ] as const) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), await png(index));
  }
  await writeFile(join(folder, "broken.jpg"), "no picture");
});
afterAll(() => test.close());

async function answered(question: AnswerQuestion) {
  const events: AnsweringEvent[] = [];
  for await (const event of test.engine.inference.answerMany(question, never)) events.push(event);
  const pictures = events.flatMap((event): readonly AnsweredPicture[] =>
    event.kind === "answered" ? event.pictures : [],
  );
  const evaluation = events.flatMap((event) => (event.kind === "ended" ? [event.evaluation] : []))[0]!;
  return { events, pictures, evaluation };
}

/** The drawn picture of this number, as a person would have it: a file. */
const png = (index: number) =>
  sharp(drawPicture(source, index), { raw: { width: 32, height: 32, channels: 3 } })
    .png()
    .toBuffer();

function hold(bytes: Buffer): { readonly kind: "held"; readonly id: string } {
  const { id } = test.engine.inference.hold({ upload: 1, part: bytes.toString("base64"), isLast: true }, client)!;
  return { kind: "held", id };
}

describe("a run's own test pictures", () => {
  it("are answered as its evaluation recorded them, to the last bit, and its figures come out again", async () => {
    const { pictures, evaluation } = await answered({ from, pictures: { kind: "split", split: "test" } });
    const store = openStore(test.paths.database);
    const recorded = store.evaluations.predictions(from.runId, "test");
    const { test: figures } = store.runs.get(from.runId);
    store.close();
    expect(pictures).toHaveLength(20);
    expect(pictures.map(({ likeliest, trueProbability }) => [...likeliest[0]!, trueProbability])).toEqual(
      recorded.map(({ answer, confidence, trueConfidence }) => [answer, confidence, trueConfidence]),
    );
    const { pictures: count, top1, top5, hardLoss, ece, largestLogit } = figures!;
    expect(evaluation).toEqual({ pictures: count, top1, top5, hardLoss, ece, largestLogit });
  });

  it("one by one get the same answers, within what another order of sums makes", async () => {
    const store = openStore(test.paths.database);
    const recorded = store.evaluations.predictions(from.runId, "test");
    const { id: datasetId } = store.runs.get(from.runId).dataset;
    store.close();
    for (const { example, label, confidence, answer } of recorded.slice(0, 3)) {
      const one = await test.engine.inference.answer(from, { kind: "example", datasetId, example });
      const powers = one.logits.map(Math.exp);
      expect(one.label).toBe(label);
      expect(powers[answer]! / powers.reduce((sum, power) => sum + power)).toBeCloseTo(confidence, 5);
      const held = await test.engine.inference.answer(from, hold(await png(example)));
      expect(held).toEqual({ ...one, label: null });
    }
  });
});

describe("what a row gives", () => {
  it("is its convolution, computed here by hand from the file of weights", async () => {
    const index = 7;
    const { height, width, channels, values } = await test.engine.inference.activations(
      from,
      hold(await png(index)).id,
      "C1",
    );
    expect([height, width, channels]).toEqual([28, 28, 6]);
    const path = test.engine.weights.pathOf(from.runId, null);
    const file = openWeights(path);
    const used = usedWeights(file, path);
    const [kernel, bias] = ["kernel", "bias"].map((part) => used.read(`C1/${part}`)) as [Float32Array, Float32Array];
    file.close();
    const pixels = Float64Array.from(drawPicture(source, index), (value) => (value / 255 - 0.5) / 0.5);
    for (const [y, x, filter] of [
      [0, 0, 0],
      [13, 5, 3],
      [27, 27, 5],
    ] as const) {
      let sum = bias[filter]!;
      for (let dy = 0; dy < 5; dy++)
        for (let dx = 0; dx < 5; dx++)
          for (let colour = 0; colour < 3; colour++)
            sum += pixels[((y + dy) * 32 + x + dx) * 3 + colour]! * kernel[((dy * 5 + dx) * 3 + colour) * 6 + filter]!;
      expect(values[(y * 28 + x) * 6 + filter]).toBeCloseTo(Math.tanh(sum), 5);
    }
  });

  it("of the last one is the logits, and a row that there is not is named", async () => {
    const picture = hold(await png(7));
    const { values, ...shape } = await test.engine.inference.activations(from, picture.id, "OUTPUT");
    expect(shape).toEqual({ height: 1, width: 1, channels: 10 });
    const { logits } = await test.engine.inference.answer(from, picture);
    expect(Array.from(values, (value) => Number(value.toPrecision(7)))).toEqual(logits);
    const none = test.engine.inference.activations(from, picture.id, "C9");
    await expect(none).rejects.toMatchObject({ code: "inference.no-row" });
  });
});

describe("the pictures that a channel answers to strongest", () => {
  it("are found among all of the validation split, each with its place, and tell the class", async () => {
    const { datasetId, split, pictures, all, channels } = await test.engine.inference.strongestPictures({
      from,
      row: "C3",
    });
    const store = openStore(test.paths.database);
    const examples = store.datasets.examplesOfSplit(datasetId, "validation");
    store.close();
    expect({ split, pictures, all }).toEqual({
      split: "validation",
      pictures: examples.length,
      all: examples.length,
    });
    expect(channels).toHaveLength(16);
    const channel = 5;
    const peaks: { example: number; value: number; x: number; y: number }[] = [];
    for (const { index: example } of examples) {
      const { id } = hold(await png(example));
      const { width, channels: count, values } = await test.engine.inference.activations(from, id, "C3");
      const own = values.filter((_, at) => at % count === channel);
      const place = own.indexOf(Math.max(...own));
      peaks.push({ example, value: own[place]!, x: place % width, y: Math.floor(place / width) });
    }
    peaks.sort((a, b) => b.value - a.value);
    const { strongest, selectivity } = channels[channel]!;
    expect(strongest).toHaveLength(8);
    for (const [at, found] of strongest.entries()) {
      expect(found.value).toBeCloseTo(peaks[at]!.value, 5);
      expect(peaks.find(({ example }) => example === found.example)).toMatchObject({ x: found.x, y: found.y });
    }
    expect(selectivity?.index).toBeGreaterThanOrEqual(0);
    expect((await test.engine.inference.network(from)).classNames).toContain(selectivity?.className);
    const none = test.engine.inference.strongestPictures({ from, row: "C9" });
    await expect(none).rejects.toMatchObject({ code: "inference.no-row" });
  });
});

describe("a picture that something answers to ever more", () => {
  const formed = async (targets: MaximisedTarget[], { seed = 1, steps = 48 } = {}, signal = never) => {
    const pictures: MaximisedPicture[] = [];
    for await (const picture of test.engine.inference.maximise({ from, targets, seed, steps }, signal))
      pictures.push(picture);
    return pictures;
  };
  const held = async ({ rgb, inputPixels }: MaximisedPicture) => {
    const raw = { width: inputPixels, height: inputPixels, channels: 3 } as const;
    return hold(await sharp(Buffer.from(rgb, "base64"), { raw }).png().toBuffer());
  };

  it("excites a class more than any of the data set's pictures does, and a channel and a unit nearly as far as they go", async () => {
    const [row, channel] = ["C3", 5];
    const targets: MaximisedTarget[] = [
      { kind: "class", place: 2 },
      { kind: "channel", row, channel },
      { kind: "unit", row, channel },
    ];
    const pictures = await formed(targets);
    const valueIn = async (picture: { readonly kind: "held"; readonly id: string }, kind: MaximisedTarget["kind"]) => {
      if (kind === "class") return (await test.engine.inference.answer(from, picture)).logits[2]!;
      const { width, height, channels, values } = await test.engine.inference.activations(from, picture.id, row);
      const own = values.filter((_, at) => at % channels === channel);
      const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
      return kind === "unit" ? own[middle]! : own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const known = await Promise.all(Array.from({ length: 20 }, async (_, index) => hold(await png(index))));
    for (const [place, { kind }] of targets.entries()) {
      const last = pictures.findLast(({ target }) => target === place)!;
      expect(last).toMatchObject({ step: 48, isSilent: false, inputPixels: 32 });
      // What is sent is rounded to 8 bits.
      expect(await valueIn(await held(last), kind)).toBeCloseTo(last.value, 1);
      const ofKnown = await Promise.all(known.map((picture) => valueIn(picture, kind)));
      // Behind a hyperbolic tangent many pictures bring a unit near its end, and some channels all of their units.
      expect(last.value).toBeGreaterThan(kind === "class" ? Math.max(...ofKnown) : 0.9);
    }
  });

  it("is the same again with the same seed, and another with another", async () => {
    const targets: MaximisedTarget[] = [{ kind: "channel", row: "C1", channel: 0 }];
    const [first, again, other] = [
      (await formed(targets, { steps: 5 })).at(-1)!,
      (await formed(targets, { steps: 5 })).at(-1)!,
      (await formed(targets, { steps: 5, seed: 2 })).at(-1)!,
    ];
    expect(again).toEqual(first);
    expect(other.rgb).not.toBe(first.rgb);
  });

  it("is refused for what the network does not have, and ends where nobody waits", async () => {
    await expect(formed([{ kind: "class", place: 10 }])).rejects.toMatchObject({ code: "inference.no-class" });
    await expect(formed([{ kind: "unit", row: "C9", channel: 0 }])).rejects.toMatchObject({
      code: "inference.no-row",
    });
    await expect(formed([{ kind: "unit", row: "C1", channel: 6 }])).rejects.toMatchObject({
      code: "inference.no-channel",
    });
    const left = new AbortController();
    const all = formed([{ kind: "class", place: 0 }], { steps: 2_000 }, left.signal);
    setTimeout(() => left.abort(), 300);
    await expect(all).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("where it looked", () => {
  const usualPlace = 2;
  const attributionOf = (method: AttributionMethod, heldId: string, isRandom = false, place = usualPlace) =>
    test.engine.inference.attribution({ from, heldId, method, place, isRandom });
  const logitOf = async (pixels: Uint8Array) => {
    const raw = { width: 32, height: 32, channels: 3 } as const;
    const picture = hold(await sharp(pixels, { raw }).png().toBuffer());
    const { logits } = await test.engine.inference.answer(from, picture);
    return { logit: logits[usualPlace]!, probability: tempered(logits, 1)[usualPlace]! };
  };

  it("by occlusion is what is answered to the picture with a grey patch on each place, one place checked as a picture of its own", async () => {
    const index = 9;
    const { id: heldId } = hold(await png(index));
    const map = await attributionOf("occlusion", heldId);
    expect(map).toMatchObject({ side: 13, cellPixels: 2, offsetPixels: 3, about: { patchPixels: 8 } });
    expect(map.values).toHaveLength(13 * 13);
    const [row, column] = [5, 11];
    const pixels = new Uint8Array(drawPicture(source, index));
    const whole = await logitOf(pixels);
    for (let y = 2 * row; y < 2 * row + 8; y++)
      for (let x = 2 * column; x < 2 * column + 8; x++) pixels.set([128, 128, 128], (y * 32 + x) * 3);
    const hidden = await logitOf(pixels);
    expect(map.values[row * 13 + column]).toBeCloseTo(whole.probability - hidden.probability, 5);
    // Nothing of what was learned is in the other.
    const random = await attributionOf("occlusion", heldId, true);
    if (map.about.method !== "occlusion" || random.about.method !== "occlusion") throw new Error("Another method");
    expect(map.about.whole).toBeCloseTo(whole.probability, 5);
    expect(random.about.whole).not.toBeCloseTo(map.about.whole, 3);
    const none = test.engine.inference.attribution({ from, heldId, method: "occlusion", place: 10, isRandom: false });
    await expect(none).rejects.toMatchObject({ code: "inference.no-class" });
  });

  it("by gradient × input is how the logit changes with a pixel, tried by changing it", async () => {
    const index = 9;
    const map = await attributionOf("gradient-input", hold(await png(index)).id);
    expect(map).toMatchObject({ side: 32, cellPixels: 1 });
    for (const at of [16 * 32 + 16, 5 * 32 + 20]) {
      let expected = 0;
      for (const colour of [0, 1, 2]) {
        const by = async (steps: number) => {
          const pixels = new Uint8Array(drawPicture(source, index));
          pixels[3 * at + colour]! += steps;
          return (await logitOf(pixels)).logit;
        };
        const value = drawPicture(source, index)[3 * at + colour]! / 127.5 - 1;
        expected += (value * ((await by(3)) - (await by(-3)))) / (6 / 127.5);
      }
      expect(Math.abs(map.values[at]! - expected)).toBeLessThan(1e-5 + 0.02 * Math.abs(expected));
    }
  });

  it("by integrated gradients sums to what the logit rises by, to within 1 %", async () => {
    const picture = await png(9);
    const { values, about } = await attributionOf("integrated-gradients", hold(picture).id);
    if (about.method !== "integrated-gradients") throw new Error("Another method");
    const sum = values.reduce((all, value) => all + value, 0);
    expect(Math.abs(sum - about.logitRise) / Math.abs(about.logitRise)).toBeCloseTo(about.completenessError!, 5);
    expect(about.completenessError).toBeLessThan(0.01);
    // The network's 0 is half a step from this grey.
    const grey = await logitOf(new Uint8Array(32 * 32 * 3).fill(128));
    const whole = await logitOf(new Uint8Array(drawPicture(source, 9)));
    expect(Math.abs(about.logitRise - (whole.logit - grey.logit))).toBeLessThan(0.02);
  });

  it("by Grad-CAM is the last grid weighted by gradients, worked back by hand from the file of weights", async () => {
    const { id: heldId } = hold(await png(9));
    const { values: grid } = await test.engine.inference.activations(from, heldId, "S4");
    const [c5, f6] = await Promise.all(
      ["C5", "F6"].map(async (row) => (await test.engine.inference.activations(from, heldId, row)).values),
    );
    const path = test.engine.weights.pathOf(from.runId, null);
    const file = openWeights(path);
    const used = usedWeights(file, path);
    const [toC5, toF6, toOutput] = ["C5", "F6", "OUTPUT"].map((row) => used.read(`${row}/kernel`)) as Float32Array[];
    file.close();
    const slope = (tanh: number) => 1 - tanh ** 2;
    const weightsFor = (place: number) => {
      const atF6 = Array.from(f6!, (tanh, unit) => slope(tanh) * toOutput![unit * 10 + place]!);
      const back = (gradient: readonly number[], kernel: Float32Array, from: number): number =>
        gradient.reduce((sum, value, to) => sum + value * kernel[from * gradient.length + to]!, 0);
      const atC5 = Array.from(c5!, (tanh, unit) => slope(tanh) * back(atF6, toF6!, unit));
      return Array.from({ length: 16 }, (_, channel) => {
        const places = Array.from({ length: 25 }, (_, at) => back(atC5, toC5!, at * 16 + channel));
        return places.reduce((sum, value) => sum + value, 0) / 25;
      });
    };
    let most = 0;
    for (let place = 0; place < 10; place++) {
      const map = await attributionOf("grad-cam", heldId, false, place);
      expect(map).toMatchObject({ side: 5, cellPixels: 6.4, about: { row: "S4" } });
      const weights = weightsFor(place);
      for (const [at, value] of map.values.entries()) {
        const sum = weights.reduce((all, weight, channel) => all + weight * grid[at * 16 + channel]!, 0);
        expect(value).toBeCloseTo(Math.max(0, sum), 5);
      }
      most = Math.max(most, ...map.values);
    }
    expect(most).toBeGreaterThan(0.001);
  });
});

describe("a person's own pictures", () => {
  it("have the class of the nearest folder that is named like one, and what is no picture is said", async () => {
    const network = await test.engine.inference.network(from);
    const [first = "", second = ""] = network.classNames!;
    const { pictures, evaluation } = await answered({
      from,
      pictures: { kind: "paths", paths: [folder, join(folder, "three.png")] },
    });
    expect(pictures.map(({ name, label, problem }) => [name.slice(folder.length + 1), label, problem])).toEqual([
      ["broken.jpg", null, "not-a-picture"],
      ["three.png", null, null],
      [join("a", first.toUpperCase(), "one.png"), 0, null],
      [join(second, "inner", "two.png"), 1, null],
      ["three.png", null, null],
    ]);
    expect(evaluation).toMatchObject({ pictures: 2 });
    expect(network).toMatchObject({ model: { id: "lenet5" }, epoch: 2, isGoingOn: false, resize: { fit: "crop" } });
  });

  it("are refused by name where nothing is there, and a held picture that went is asked for again", async () => {
    const none = answered({ from, pictures: { kind: "paths", paths: [join(test.paths.home, "backups")] } });
    await expect(none).rejects.toMatchObject({ code: "data.not-found" });
    const gone = test.engine.inference.answer(from, { kind: "held", id: "0" });
    await expect(gone).rejects.toMatchObject({ code: "picture.not-held" });
    const broken = test.engine.inference.answer(from, hold(Buffer.from("no picture")));
    await expect(broken).rejects.toMatchObject({ code: "picture.damaged" });
  });
});

describe("weights", () => {
  it("from a file serve as a run's do", async () => {
    const path = test.engine.weights.pathOf(from.runId, null);
    const picture = hold(await png(5));
    const ofFile = await test.engine.inference.answer({ kind: "file", path }, picture);
    expect(ofFile.logits).toEqual((await test.engine.inference.answer(from, picture)).logits);
    expect(ofFile.network).toMatchObject({ title: "LeNet-5", epoch: 2 });
  });

  it("of the epochs that are kept answer as it was then, and others are refused with those that are", async () => {
    const { inference } = test.engine;
    expect(inference.epochs(from.runId).map(({ epoch }) => epoch)).toEqual([1, 2]);
    const picture = hold(await png(7));
    const [first, last, ended] = await Promise.all(
      [1, 2, undefined].map(async (epoch) => inference.answer({ ...from, epoch }, picture)),
    );
    expect([first!.network.epoch, last]).toEqual([1, ended]);
    expect(first!.logits).not.toEqual(last!.logits);
    await expect(inference.answer({ ...from, epoch: 3 }, picture)).rejects.toMatchObject({
      code: "weights.epoch-not-kept",
      remedy: "Choose one of its epochs 1, 2.",
    });
    expect(test.engine.weights.firstKernels(from.runId, 1).values).not.toEqual(
      test.engine.weights.firstKernels(from.runId).values,
    );
  });

  it("of a run that is paused are those of its latest saved state", async () => {
    const { engine } = test;
    const { runIds } = await engine.scheduling.start(
      experimentOf({
        ...requestFor(1).configuration,
        dataset: source,
        model: { id: "lenet5", inputPixels: 32, width: 1 },
        training: { ...plainTraining, epochs: 500, batchSize: 8 },
      }),
    );
    const [runId] = runIds as [number];
    while (engine.runs.get(runId).checkpoint === null) await new Promise((resolve) => setTimeout(resolve, 20));
    engine.scheduling.pause(runId);
    await whenOver(engine, runId);
    const { network } = await engine.inference.answer({ kind: "run", runId }, hold(await png(5)));
    expect(network).toMatchObject({ isGoingOn: true, epoch: engine.runs.get(runId).checkpoint!.epoch });
  });

  it("of a run that never began are not there", async () => {
    await expect(test.engine.inference.network({ kind: "run", runId: 99 })).rejects.toMatchObject({
      code: "run.unknown",
    });
  });
});

describe("the process", () => {
  const path = () => test.engine.weights.pathOf(from.runId, null);
  const asking = (files: readonly Uint8Array[]) =>
    ({
      kind: "predict",
      network: { path: path() },
      pictures: { kind: "held", files },
      resize: { fit: "crop", filter: "lanczos3" },
    }) as const;

  it("that is killed is said, and another answers the next question", async () => {
    const process_ = createInferenceProcess({ environment: () => ({}) });
    const picture = await png(1);
    await process_.ask<"predict">(asking([picture]), never);
    const before = process_.pid!;
    const asked = process_.ask<"predict">(asking(Array.from({ length: 2_000 }, () => picture)), never);
    process.kill(before, "SIGKILL");
    await expect(asked).rejects.toMatchObject({ code: "inference.process-died" });
    expect((await process_.ask<"predict">(asking([picture]), never)).refused).toEqual([null]);
    expect(process_.pid).not.toBe(before);
    process_.close();
  });

  it("leaves what nobody waits for, and answers others meanwhile", async () => {
    const process_ = createInferenceProcess({ environment: () => ({}) });
    const picture = await png(1);
    await process_.ask<"predict">(asking([picture]), never);
    const pid = process_.pid;
    const left = new AbortController();
    const long = process_.ask<"predict">(asking(Array.from({ length: 5_000 }, () => picture)), left.signal);
    left.abort(new Error("gone"));
    await expect(long).rejects.toThrow("gone");
    expect((await process_.ask<"predict">(asking([picture, picture]), never)).logits).toHaveLength(20);
    expect(process_.pid).toBe(pid);
    // What was left may be heard of a moment later; until then it does not rest.
    const rested = () => {
      process_.rest();
      return process_.pid;
    };
    await expect.poll(rested).toBeNull();
    process_.close();
  });
});

describe("the test pictures", () => {
  it("are looked at each time that they are put to a network, however many of its answers are waited for", async () => {
    const looks = () => test.engine.runs.testLooks(from.runId);
    const before = looks();
    await answered({ from, pictures: { kind: "split", split: "validation" } });
    expect(looks()).toBe(before);
    const { events } = await answered({ from, pictures: { kind: "split", split: "test" } });
    expect([looks(), events.at(-1)]).toMatchObject([before + 1, { testLooks: before + 1 }]);
    for await (const event of test.engine.inference.answerMany(
      { from, pictures: { kind: "split", split: "test" } },
      never,
    ))
      if (event.kind === "answered") break;
    expect(looks()).toBe(before + 2);
  });

  it("are looked at where the folder that they lie in is asked about, and not where a part of it is", async () => {
    const own = writeFiles(join(test.paths.home, "own"), {
      ...(await somePictures("cat", 12)),
      ...(await somePictures("dog", 12, 60)),
    });
    const { runIds } = await test.engine.scheduling.start(
      experimentOf({
        ...requestFor(1).configuration,
        dataset: { kind: "folder", path: own },
        model: { id: "lenet5", inputPixels: 32, width: 1 },
        training: { ...plainTraining, epochs: 1, batchSize: 8 },
      }),
    );
    const runId = runIds[0]!;
    expect(await whenOver(test.engine, runId)).toMatchObject({ state: "finished" });
    const asked = async (...paths: string[]) => {
      const { events } = await answered({ from: { kind: "run", runId }, pictures: { kind: "paths", paths } });
      return [test.engine.runs.testLooks(runId), events.at(-1)];
    };
    expect(await asked(join(own, "cat"))).toMatchObject([1, { testLooks: null }]);
    expect(await asked(own)).toMatchObject([2, { testLooks: 2 }]);
    expect(await asked(join(own, "cat"), join(own, "dog"))).toMatchObject([3, { testLooks: 3 }]);
  });
});

describe("strata predict", () => {
  it("answers in words, as one document, and as lines with a head", async () => {
    const cli = createTestCli(test.paths.home);
    const words = await cli.run(`predict ${from.runId} --split test`);
    expect(words).toMatchObject({ exitCode: 0, err: "" });
    expect(words.out).toMatch(/LeNet-5 after epoch 2: 20 pictures in \d+ s\./);
    expect(words.out).toMatch(
      /Of 20 test pictures with a true class: top-1 [\d.]+ % \(95 % interval [\d.]+ % to [\d.]+ %\), top-5 .*, hard loss [\d.]+ nats/,
    );
    expect(unnamedInTerminal(words.out)).toEqual([]);
    const looks = test.engine.runs.testLooks(from.runId);
    const json = JSON.parse((await cli.run(`predict ${from.runId} --split test --json`)).out);
    expect([json.split, json.testLooks]).toEqual(["test", looks + 1]);
    expect(json).toMatchObject({ network: { run: from.runId, model: "lenet5", epoch: 2, isGoingOn: false } });
    expect([json.pictures.length, json.evaluation.pictures, json.pictures[0].likeliest.length]).toEqual([20, 20, 5]);
    const csv = (await cli.run(`predict ${from.runId} ${join(folder, "three.png")} --csv`)).out.split("\n");
    expect([figuresInCsv(csv.join("\n")), unnamedInCsv(csv.join("\n"))]).toEqual([3, []]);
    expect(csv[0]).toBe(
      "picture,true_class,answer,probability,true_class_probability,second,second_probability,problem,split,unit",
    );
    const [picture, ...figures] = csv[1]!.split(",");
    expect(picture).toBe(join(folder, "three.png"));
    expect(figures.join()).toMatch(/^,\w+,0\.\d+,,\w+,0\.\d+,,given,fraction$/);
  });

  it("says what it needs", async () => {
    const cli = createTestCli(test.paths.home);
    const answer = async (words: string) => {
      const { exitCode, out } = await cli.run(`${words} --json`);
      return [exitCode, JSON.parse(out).error.code];
    };
    expect(await answer(`predict ${from.runId}`)).toEqual([2, "usage"]);
    expect(await answer(`predict ${from.runId} x --split test`)).toEqual([2, "usage"]);
    expect(await answer(`predict 99 --split test`)).toEqual([1, "run.unknown"]);
    expect(await answer(`predict ${from.runId} ${join(folder, "none")}`)).toEqual([2, "data.not-found"]);
    expect(await answer(`predict ${join(folder, "three.png")} ${folder}`)).toEqual([1, "weights.damaged"]);
  });
});
