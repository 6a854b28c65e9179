/**
 * How long each way to one output takes here, tried on noise: forward, and forward with the way back to the gradients of its weights and of what came in, as in
 * the middle of a network that trains. Each is one compiled graph. Round by round the ways take turns, so that what else the machine does meets all of them, and
 * a ratio of two ways is taken within a round.
 */
import type { Rank, Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { WayTimes, WayTiming } from "../../contract/machine.ts";
import { findFactorisation, tablesOfWays } from "../../domain/lessons/factorisation.ts";
import { timedBatch } from "../../domain/lessons/way-times.ts";
import type { WalkedTable } from "../../domain/networks/row-walk.ts";
import { buildRows } from "../../models/build.ts";
import { threadsOf } from "../../platform/threads.ts";
import { openProgram } from "../../tensorflow/compiled/program.ts";
import { tf } from "../../tensorflow/runtime.ts";
import { deviceName } from "../report.ts";

/** Left out of the figures: they also record the graphs. */
const warmUpRounds = 3;
const fewestRounds = 15;
const mostRounds = 200;
const usualSeconds = 6;

/**
 * @param enoughSeconds more rounds than the fewest are made until they have taken so long together
 * @throws StrataError `timing.unknown`
 */
export function timeWays({ factorisation: id, ...place }: WayTiming, enoughSeconds = usualSeconds): WayTimes {
  const factorisation = findFactorisation(id);
  const batchSize = timedBatch(factorisation, place);
  const tables = tablesOfWays(factorisation, place);
  const x = tf.randomUniform<Rank.R4>([batchSize, place.grid, place.grid, place.channels], -1, 1, "float32", 1);
  const ways = tables.map((table) => openWay(table, x));
  const rounds: { forward: number; training: number }[][] = [];
  try {
    let startedAt = performance.now();
    for (let round = 1; round <= warmUpRounds + mostRounds; round++) {
      rounds.push(ways.map(({ time }) => ({ forward: time("forward"), training: time("training") })));
      if (round === warmUpRounds) startedAt = performance.now();
      const isEnough = performance.now() - startedAt > 1000 * enoughSeconds;
      if (round >= warmUpRounds + fewestRounds && isEnough) break;
    }
    const timed = rounds.slice(warmUpRounds);
    return {
      ...{ batchSize, rounds: timed.length, device: deviceName, threads: threadsOf() },
      ways: tables.map(({ title }, way) => ({
        title,
        forwardMillis: timed.map((round) => round[way]!.forward),
        trainingMillis: timed.map((round) => round[way]!.training),
      })),
      refusal: ways.map(({ refusal }) => refusal()).find((refusal) => refusal !== null) ?? null,
    };
  } finally {
    x.dispose();
    for (const way of ways) way.dispose();
  }
}

/** One way as compiled functions. Of what they compute one value each is fetched: all of it would time how values are copied. */
function openWay(table: WalkedTable, x: Tensor4D) {
  const rows = buildRows(table, 1);
  const program = openProgram({
    variables: rows.variables,
    functions: {
      forward: ({ x }: { x: Tensor4D }) => ({ y: oneOf(rows.forward(x, { isTraining: true, dropoutSeed: 0 })) }),
      training: ({ x }: { x: Tensor4D }) => {
        const pass = (input: Tensor) => rows.forward(input as Tensor4D, { isTraining: true, dropoutSeed: 0 });
        const gradients = tf.grads((input) => tf.square(pass(input)))([x, ...rows.variables]);
        return Object.fromEntries(gradients.map((gradient, place) => [`g${place}`, oneOf(gradient)]));
      },
    },
  });
  return {
    refusal: () => program.refusal,
    /** In milliseconds; what is below a microsecond is the clock's. */
    time(name: "forward" | "training"): number {
      const startedAt = performance.now();
      const outputs = program.run(name, { x });
      for (const output of Object.values(outputs)) if (deviceName !== "CPU") output.dataSync();
      const millis = performance.now() - startedAt;
      tf.dispose(outputs);
      return Math.round(millis * 1000) / 1000;
    },
    dispose() {
      program.readVariables();
      program.dispose();
      rows.dispose();
    },
  };
}

function oneOf(values: Tensor): Tensor {
  return tf.slice(tf.reshape(values, [-1]), 0, 1);
}
