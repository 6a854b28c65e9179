/**
 * Whether pictures come as fast as the step takes them: `node test/bench/input.ts <folder> <network[:pixels:width:batch]>…`. A real job trains on all
 * pictures of the folder with the preset's augmentation. From its second epoch on, with everything decoded, a step's whole time is held against the
 * step alone: within the same epochs, and on one batch that lies ready, timed before and after the job. The first ratio says what is waited for
 * between steps, whatever else the machine does; the second also what the reading takes from the step beside it, on a machine with nothing else to do.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { measureSteps } from "../../src-main/training/measuring/measure.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { parseNetwork } from "./parse-network.ts";

const [folder, ...networks] = process.argv.slice(2);
if (!folder || networks.length === 0) {
  console.error("Name a folder of pictures and a network.");
  process.exit(2);
}
const epochs = 4;
const home = mkdtempSync(join(tmpdir(), "strata-input-"));
const source = { kind: "folder", path: resolve(folder) } as const;
const found = await openDataset(source);
// No looks, which would stand between the epochs.
const dataset = { ...found, examples: found.examples.map((example) => ({ ...example, split: "train" as const })) };

async function compare(asked: string): Promise<void> {
  const { batchSize, ...named } = parseNetwork(asked);
  const { model, training } = trainDefaults(named);
  const settings = { ...training, epochs, batchSize: batchSize ?? training.batchSize };
  const configuration = runConfiguration.parse({ dataset: source, model, training: settings, seed: 1 });
  const classes = dataset.classNames.length;
  const steps = Math.floor(dataset.examples.length / settings.batchSize);
  const bareSeconds = () =>
    measureSteps({ arms: [configuration], classes, steps: Math.min(steps, 40), enoughSeconds: 60 }).secondsPerStep[0]!;
  const before = bareSeconds();
  const ended: { readonly at: number; readonly trainingSeconds: number }[] = [];
  const sink = async (event: TrainingEvent) => {
    if (event.kind === "epoch-ended")
      ended.push({ at: performance.now() / 1000, trainingSeconds: event.trainingSeconds[0]! });
    if (event.kind === "ended" && event.error) throw new Error(event.error.problem);
  };
  await runTraining(
    { dataset, arms: [configuration], paths: pathsOf(home), checkpointFolder: "bench", resumeFrom: null },
    sink,
    { reason: null },
  );
  const bare = (before + bareSeconds()) / 2;
  const [first, last] = [ended[0]!, ended.at(-1)!];
  const stepsBetween = (epochs - 1) * steps;
  const whole = (last.at - first.at) / stepsBetween;
  const within = (last.trainingSeconds - first.trainingSeconds) / stepsBetween;
  const ratio = (title: string, seconds: number) =>
    `${title} ${(seconds * 1000).toFixed(1)} = ${((100 * seconds) / whole).toFixed(1)} %`;
  console.log(
    `${model.id} ${model.inputPixels} px, width ${model.width}, batch ${settings.batchSize}, ${dataset.examples.length} pictures · ` +
      `ms a step, whole ${(whole * 1000).toFixed(1)} · ${ratio("within", within)} · ${ratio("on one batch", bare)}`,
  );
}

try {
  for (const asked of networks) await compare(asked);
} finally {
  rmSync(home, { recursive: true, force: true });
}
