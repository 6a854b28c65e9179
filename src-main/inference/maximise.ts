/**
 * A picture that a unit, a channel or a class answers to most, by gradient ascent from noise (Olah, Mordvintsev & Schubert 2017). The picture is held as its
 * frequencies and as colours that do not go together, and is turned, scaled and shifted a little at every step, so that what forms is more than a pattern of
 * single pixels. Goes on from where it stood, so that a person can see it form.
 */
import type { Scalar, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Architecture } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import type { MaximisedTarget } from "../contract/inference.ts";
import type { Warp } from "../domain/inspections/warped-places.ts";
import { createRandom } from "../platform/random.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type Forward, type OpenNetwork, readAtRow } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { createSynthesis, warped } from "./synthesis.ts";
import type { AscentState, InferenceTaskOf, Maximised } from "./tasks.ts";

type Ascent = Omit<InferenceTaskOf<"maximise">, "kind" | "network">;

interface Answering {
  readonly forward: Forward;
  readonly architecture: Pick<Architecture, "id">;
}

const adam = { rate: 0.05, first: 0.9, second: 0.999, epsilon: 1e-8 };
/** Where a rectifier answers 0 there is no way up, so that the noise is made stronger until it answers; near grey is best. */
const noiseDeviations = [0.01, 0.1, 0.3, 1, 3];
const mostWarp = { degrees: 10, scale: 0.1, shiftShare: 1 / 16 };

/** @throws StrataError `inference.no-row`, `inference.no-channel`, `weights.*`, `model.unknown` */
export function maximisedFor({ network: { path }, ...task }: InferenceTaskOf<"maximise">): Promise<Maximised> {
  return withNetwork({ path }, (network) => maximise(network, task));
}

/** Goes on until the last step, or until it has taken its time; at least one step. */
function maximise(network: OpenNetwork, { target, seed, steps, from, mostMillis }: Ascent): Maximised {
  const { inputPixels: side, preprocessing } = network.description;
  // One black picture gives the forward pass, and an end to all that is made here.
  return network.withForward(new Uint8Array(3 * side * side), (_, forward) => {
    const synthesis = createSynthesis(side);
    const [mean, std] = [tf.tensor1d([...preprocessing.mean]), tf.tensor1d([...preprocessing.std])];
    const answer = (frequencies: Tensor, warp: Warp | null): Scalar => {
      const picture = synthesis(frequencies as Tensor3D); // of this shape, here and below
      const seen = warp === null ? picture : warped(picture, side, warp);
      const scaled = tf.reshape(tf.div(tf.sub(seen, mean), std), [1, side, side, 3]) as Tensor4D;
      return answerOf({ forward, architecture: network.architecture }, scaled, target);
    };
    const begun = from ?? begin(seed, side, (frequencies) => numberOf(() => answer(frequencies, null)) !== 0);
    const isSilent = begun === null;
    const { step: before, ...memory } = begun ?? noise(seed, side, noiseDeviations[0]!);
    let ascent = tensorsOf(memory, side);
    let step = before;
    const startedAt = performance.now();
    while (!isSilent && step < steps) {
      ascent = climbed(ascent, ++step, (frequencies) => answer(frequencies, warpOf(seed, step, side)));
      if (performance.now() - startedAt > mostMillis) break;
    }
    const [frequencies, first, second] = ascent;
    return {
      pixels: Uint8Array.from(tf.mul(synthesis(frequencies as Tensor3D), 255).dataSync(), Math.round),
      value: numberOf(() => answer(frequencies, null)),
      state: { step, frequencies: valuesOf(frequencies), first: valuesOf(first), second: valuesOf(second) },
      isSilent,
    };
  });
}

type AscentTensors = readonly [frequencies: Tensor, first: Tensor, second: Tensor];

/** One step of Adam up the answer. What was before is gone. */
function climbed(before: AscentTensors, step: number, answer: (frequencies: Tensor) => Scalar): AscentTensors {
  const [frequencies, first, second] = before;
  const next = tf.tidy(() => {
    const gradient = tf.grad((x: Tensor) => answer(x))(frequencies);
    const m = tf.add(tf.mul(first, adam.first), tf.mul(gradient, 1 - adam.first));
    const v = tf.add(tf.mul(second, adam.second), tf.mul(tf.square(gradient), 1 - adam.second));
    const root = tf.add(tf.sqrt(tf.div(v, 1 - adam.second ** step)), adam.epsilon);
    const update = tf.div(tf.mul(m, adam.rate / (1 - adam.first ** step)), root);
    return [tf.add(frequencies, update), m, v] as [Tensor, Tensor, Tensor];
  });
  for (const tensor of before) tensor.dispose();
  return next;
}

/** The same for a step whatever was made before. */
function warpOf(seed: number, step: number, side: number): Warp {
  const random = createRandom(seed, "maximise", step);
  const within = (most: number) => most * (2 * random.uniform() - 1);
  return {
    degrees: within(mostWarp.degrees),
    scale: 1 + within(mostWarp.scale),
    shift: [within(mostWarp.shiftShare * side), within(mostWarp.shiftShare * side)],
  };
}

const numberOf = (answer: () => Scalar): number => tf.tidy(answer).dataSync()[0]!;
const valuesOf = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync());

function tensorsOf({ frequencies, first, second }: Omit<AscentState, "step">, side: number): AscentTensors {
  const shape: [number, number, number] = [3, side, side];
  return [tf.tensor3d(frequencies, shape), tf.tensor3d(first, shape), tf.tensor3d(second, shape)];
}

/** Null where no noise is answered to. */
function begin(seed: number, side: number, isAnswered: (frequencies: Tensor) => boolean): AscentState | null {
  for (const deviation of noiseDeviations) {
    const state = noise(seed, side, deviation);
    const frequencies = tf.tensor3d(state.frequencies, [3, side, side]);
    if (isAnswered(frequencies)) return state;
    frequencies.dispose();
  }
  return null;
}

function noise(seed: number, side: number, deviation: number): AscentState {
  const count = 3 * side ** 2;
  const random = createRandom(seed, "maximise");
  return {
    step: 0,
    frequencies: Float32Array.from({ length: count }, () => deviation * random.normal()),
    first: new Float32Array(count),
    second: new Float32Array(count),
  };
}

function answerOf(network: Answering, picture: Tensor4D, target: MaximisedTarget): Scalar {
  if (target.kind === "class") return tf.sum(tf.slice(network.forward(picture), [0, target.place], [1, 1]));
  const kept = readAtRow(network, picture, target.row, (output) => ofRow(output, target));
  // The pass would end with a kept tensor that nobody frees.
  const answer = tf.clone(kept);
  kept.dispose();
  return answer;
}

/** It outlives the pass. @param output [1, height, width, channels] */
function ofRow(output: Tensor4D, { kind, row, channel }: Exclude<MaximisedTarget, { kind: "class" }>): Scalar {
  const [, height, width, channels] = output.shape;
  if (channel >= channels) throw new StrataError("inference.no-channel", { row, channel, channels });
  const own =
    kind === "channel"
      ? tf.slice(output, [0, 0, 0, channel], [1, height, width, 1])
      : tf.slice(output, [0, Math.floor(height / 2), Math.floor(width / 2), channel], [1, 1, 1, 1]);
  return tf.keep(tf.mean<Scalar>(own));
}
