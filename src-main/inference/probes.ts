/** How much of the class can be read from each row by a straight cut: a classifier is trained on what the row gives for training pictures, and asked about others. */
import { setImmediate } from "node:timers/promises";
import { standardised } from "../domain/inspections/standardised.ts";
import { floats, joinedNumbers } from "../domain/joined-numbers.ts";
import { featuresOf } from "./features.ts";
import { correctOf, fittedLogistic, type LabelledFeatures, type LogisticWeights } from "./logistic-regression.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquares } from "./read-squares.ts";
import type { InferenceTaskOf, LabelledPictures, PictureRefusal, RowFeatures, RowProbes } from "./tasks.ts";

/** From much to little: each fit begins where the one before ended. */
const decays = [1, 0.1, 0.01];
/** Of the training pictures, every fifth is held out to choose the decay by. */
const heldOutOf = 5;

type Asked = Pick<InferenceTaskOf<"probes">, "train" | "validation">;

/** @throws StrataError `inference.no-row`, `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function probesFor(
  { network: { path }, resize, rows, classes, pixelsSide, train, validation }: InferenceTaskOf<"probes">,
  signal: AbortSignal,
): Promise<RowProbes> {
  const of = async (featuresIn: (own: LabelledPictures) => Promise<RowFeatures>) => {
    const [learned, asked] = [
      labelled(train, await featuresIn(train)),
      labelled(validation, await featuresIn(validation)),
    ];
    const found: RowProbes["rows"][number][] = [];
    for (const [at, own] of learned.entries()) found.push(await probed(own, asked[at]!, classes, signal));
    return { found, learned: learned[0]?.labels.length ?? 0, asked: asked[0]?.labels.length ?? 0 };
  };
  const pixels =
    pixelsSide === null ? null : await of((own) => pixelsOf(own, { inputPixels: pixelsSide, resize }, signal));
  const { found, learned, asked } = await withNetwork({ path }, (network) =>
    of(({ pictures }) => featuresOf(network, { pictures, resize, rows }, signal)),
  );
  return { rows: found, pixels: pixels?.found[0] ?? null, train: learned, validation: asked };
}

function labelled({ labels }: Asked["train"], { rows, refused }: RowFeatures): readonly LabelledFeatures[] {
  const own = labels.filter((_, at) => refused[at] === null);
  return rows.map((row) => ({ ...row, labels: own }));
}

/** @throws the signal's reason */
export async function probed(
  learned: LabelledFeatures,
  asked: LabelledFeatures,
  classes: number,
  signal: AbortSignal,
): Promise<RowProbes["rows"][number]> {
  const { channels } = learned;
  const [values, others] = standardised(learned.values, channels, [asked.values]);
  const all = { ...learned, values };
  const [most, heldOut] = [false, true].map((isHeldOut) => taken(all, (at) => (at % heldOutOf === 0) === isHeldOut));
  let weights: LogisticWeights | undefined;
  let best: { readonly decay: number; readonly correct: number; readonly weights: LogisticWeights } | null = null;
  for (const decay of decays) {
    weights = fittedLogistic(most!, classes, decay, weights);
    const correct = correctOf(heldOut!, classes, weights);
    // Of equal ones the greater.
    if (best === null || correct > best.correct) best = { decay, correct, weights };
    // Whoever leaves is heard between.
    await setImmediate();
    signal.throwIfAborted();
  }
  const fit = fittedLogistic(all, classes, best!.decay, best!.weights);
  return { channels, decay: best!.decay, correct: correctOf({ ...asked, values: others! }, classes, fit) };
}

function taken({ channels, values, labels }: LabelledFeatures, isTaken: (at: number) => boolean): LabelledFeatures {
  const places = [...labels.keys()].filter(isTaken);
  return {
    channels,
    values: joinedNumbers(
      places.map((at) => values.subarray(at * channels, (at + 1) * channels)),
      floats,
    ),
    labels: places.map((at) => labels[at]!),
  };
}

/** As one row of values: those of each pixel. */
async function pixelsOf(
  { pictures }: LabelledPictures,
  square: Parameters<typeof readSquares>[1],
  signal: AbortSignal,
): Promise<RowFeatures> {
  const parts: Float32Array[] = [];
  const refused: (PictureRefusal | null)[] = [];
  const channels = square.inputPixels ** 2 * 3;
  for await (const squares of readSquares(pictures, square, 64, signal)) {
    parts.push(Float32Array.from(squares.pixels));
    refused.push(...squares.refused);
  }
  return { rows: [{ channels, values: joinedNumbers(parts, floats) }], refused };
}
