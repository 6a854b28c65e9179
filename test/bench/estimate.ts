/**
 * Whether estimates come true: `node test/bench/estimate.ts [data] [network[:pixels:width:batch[:pair]]]…`. Each configuration is estimated and then trained
 * for three epochs by an engine with a home of its own, so that its pictures are not decoded yet; then the same again, estimated by what the first run
 * taught. `data` is what `strata train --data` takes. Times mean something on a machine with nothing else to do; memory does on any.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFlag } from "../../src-main/cli/flags.ts";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../src-main/contract/dataset.ts";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { createEngine, type Engine } from "../../src-main/engine/create-engine.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { armsOf, experimentOf } from "../support/experiment-of.ts";
import { parseNetwork } from "./parse-network.ts";

const epochs = 3;
const usual = ["lenet5", "alexnet", "vgg16", "inception-v3", "inception-v3:32:0.25:64:pair", "alexnet:227:1:32"];
const [data = "drawn:pictures=2000", ...named] = process.argv.slice(2);

function requestOf(dataset: DatasetSource, text: string): ExperimentRequest {
  const { model, training } = trainDefaults(parseNetwork(text));
  const batchSize = parseNetwork(text).batchSize ?? training.batchSize;
  const configuration = { dataset, model, training: { ...training, epochs, batchSize }, seed: 1 };
  const pair = text.endsWith(":pair") ? { setting: "smoothing", values: [0, 0.1] } : null;
  return experimentOf(runConfiguration.parse(configuration), pair);
}

/** The run at its end, and when each of its epochs ended, in seconds. */
async function trained(
  engine: Engine,
  request: ExperimentRequest,
): Promise<{ run: RunView; epochEnds: readonly number[] }> {
  const done = new AbortController();
  const events = engine.feed.subscribe(done.signal);
  const [runId] = (await engine.scheduling.start(request)).runIds;
  const epochEnds: number[] = [];
  try {
    for await (const event of events) {
      if (event.kind !== "run" || event.run.id !== runId) continue;
      if (event.run.epochsDone > epochEnds.length) epochEnds.push(performance.now() / 1000);
      if (event.run.endReason !== null) return { run: event.run, epochEnds };
    }
  } finally {
    done.abort();
  }
  throw new Error("The engine closed before the run was over.");
}

async function compare(text: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "strata-estimate-"));
  const engine = await createEngine({ paths: pathsOf(home), version: "bench" });
  try {
    const request = requestOf(dataFlag(data), text);
    const { secondsPerEpoch, seconds, memory } = await engine.estimator.estimate(armsOf(request));
    if (secondsPerEpoch === null || seconds === null) return `| ${text} | does not fit |`;
    const { run, epochEnds } = await trained(engine, request);
    if (run.error) return `| ${text} | ${run.error.problem} |`;
    // The first epoch stands behind the start; the others are an epoch each.
    const epoch = (epochEnds.at(-1)! - epochEnds[0]!) / (epochEnds.length - 1);
    const again = await engine.estimator.estimate(armsOf(request));
    const { run: second } = await trained(engine, request);
    const peak = engine.runs.get(run.id).peakMemoryBytes ?? Number.NaN;
    return `| ${[
      text,
      ...compared(secondsPerEpoch / 60, epoch / 60, 2),
      ...compared(seconds / 60, (run.seconds ?? Number.NaN) / 60, 2),
      ...compared((again.seconds ?? Number.NaN) / 60, (second.seconds ?? Number.NaN) / 60, 2),
      ...compared(memory.peakBytes / 1e6, peak / 1e6, 0),
    ].join(" | ")} |`;
  } finally {
    await engine.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function compared(predicted: number, real: number, digits: number): string[] {
  return [predicted.toFixed(digits), real.toFixed(digits), `${(100 * (predicted / real - 1)).toFixed(0)} %`];
}

const titles = ["minutes an epoch", `minutes for ${epochs} epochs`, "minutes again", "memory, MB"].flatMap((title) => [
  `${title}: predicted`,
  "real",
  "off by",
]);
console.log(`| network | ${titles.join(" | ")} |\n|${"---|".repeat(titles.length + 1)}`);
for (const text of named.length > 0 ? named : usual) console.log(await compare(text));
