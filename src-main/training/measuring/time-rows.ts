/**
 * How long each row of a network takes here, tried on noise. A forward pass as outside of training runs op by op, row after row in the table's order, and
 * the clock is read behind each row; branches run one after the other, and a module's own time is its concatenation. Beside it the whole pass is timed without a
 * look at its rows, op by op and as one compiled graph, as an evaluation runs it. They take turns, so that what else the machine does meets all.
 */
import type { Rank, Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { RowTimes } from "../../contract/machine.ts";
import { buildNetwork } from "../../models/build.ts";
import type { Network } from "../../models/network.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { threadsOf } from "../../platform/threads.ts";
import { openProgram } from "../../tensorflow/compiled/program.ts";
import { tf } from "../../tensorflow/runtime.ts";
import type { RowTiming } from "../job.ts";
import { deviceName } from "../report.ts";

/** Left out of the figures: they also set up what later ones find ready. */
const warmUpPasses = 2;
const fewestPasses = 5;
const mostPasses = 40;
const usualSeconds = 5;

const evaluation = { isTraining: false, dropoutSeed: 0 };

/**
 * @param enoughSeconds more passes than the fewest are made until they have taken so long together
 * @throws StrataError `model.unknown`, `model.input-too-small`
 */
export function timeRows({ model, classes, batchSize }: RowTiming, enoughSeconds = usualSeconds): RowTimes {
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const build = () => buildNetwork(architecture, { classes, seed: 1, dropout: null, auxiliaryWeight: 0 });
  const network = build();
  // With variables of its own: a program takes them into its graph.
  const compiled = openForward(build());
  const side = architecture.inputPixels;
  const pictures = tf.randomUniform<Rank.R4>([batchSize, side, side, 3], -1, 1, "float32", 1);
  try {
    const looks: Map<string, number>[] = [];
    const wholes: number[] = [];
    const graphs: number[] = [];
    takeTurns(enoughSeconds, [
      () => void looks.push(rowMillis(network, pictures)),
      () => void wholes.push(millisOf(() => network.forward(pictures, evaluation).logits)),
      () => void graphs.push(millisOf(() => compiled.run("answer", { x: pictures }).logits)),
    ]);
    const timed = looks.slice(warmUpPasses);
    const paths = [...(timed[0]?.keys() ?? [])];
    return {
      ...{ batchSize, device: deviceName, threads: threadsOf(), passes: timed.length },
      rows: paths.map((path) => ({ path, millis: timed.map((look) => toMicros(look.get(path) ?? 0)) })),
      wholeMillis: wholes.slice(warmUpPasses).map(toMicros),
      compiledMillis: compiled.refusal === null ? graphs.slice(warmUpPasses).map(toMicros) : null,
    };
  } finally {
    pictures.dispose();
    network.dispose();
    compiled.dispose();
  }
}

/** A forward pass as one graph, which disposes of the network with itself. */
function openForward(network: Network) {
  const program = openProgram({
    variables: network.weights.map(({ variable }) => variable),
    functions: {
      answer: ({ x }: { x: Tensor4D }) => ({ logits: network.forward(x, evaluation).logits }),
    },
  });
  return {
    run: program.run,
    get refusal() {
      return program.refusal;
    },
    dispose() {
      program.readVariables();
      program.dispose();
      network.dispose();
    },
  };
}

/** From the end of the row before to its own end, by its path, in the order in which they run. */
function rowMillis(network: Network, pictures: Tensor4D): Map<string, number> {
  const times = new Map<string, number>();
  let before = performance.now();
  const { logits } = network.forward(pictures, evaluation, (path, output) => {
    settle(output);
    const now = performance.now();
    times.set(path, now - before);
    before = now;
  });
  logits.dispose();
  return times;
}

function millisOf(pass: () => Tensor): number {
  const startedAt = performance.now();
  const output = pass();
  settle(output);
  const millis = performance.now() - startedAt;
  output.dispose();
  return millis;
}

/** A graphics card is handed its work and goes on by itself: one value of the result is waited for. A processor is done when the op returns. */
function settle(output: Tensor): void {
  if (deviceName === "CPU") return;
  tf.tidy(() => void tf.slice(tf.reshape(output, [-1]), 0, 1).dataSync());
}

/** In milliseconds: what is below a microsecond is the clock's. */
function toMicros(millis: number): number {
  return Math.round(millis * 1000) / 1000;
}

function takeTurns(enoughSeconds: number, passes: readonly (() => void)[]): void {
  let startedAt = performance.now();
  for (let pass = 1; pass <= warmUpPasses + mostPasses; pass++) {
    for (const run of passes) run();
    if (pass === warmUpPasses) startedAt = performance.now();
    const isEnough = performance.now() - startedAt > 1000 * enoughSeconds;
    if (pass >= warmUpPasses + fewestPasses && isEnough) return;
  }
}
