/**
 * Whether memory stays flat: `node test/bench/soak.ts [epochs] [pictures]`, 20 epochs of 32,000 drawn pictures unless said otherwise, with a small
 * LeNet-5 through a real engine. Prints at each epoch's end what the training process and the engine hold, and how many tensors there are.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { z } from "zod";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import { singleRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import { createEngine } from "../../src-main/engine/create-engine.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";

const [epochs = 20, pictures = 32_000] = process.argv.slice(2).map(Number);
const home = mkdtempSync(join(tmpdir(), "strata-soak-"));
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** The engine's log tells what each epoch ended with. */
const epochEnd = z.object({
  kind: z.literal("memory"),
  epoch: z.number(),
  tensors: z.number(),
  residentBytes: z.number(),
  peakBytes: z.number(),
});
function print(line: string): void {
  const { success, data } = epochEnd.safeParse(JSON.parse(line));
  if (!success) return;
  console.log(
    `epoch ${data.epoch}: training process ${megabytes(data.residentBytes)}, at most ${megabytes(data.peakBytes)}, ` +
      `${data.tensors} tensors; engine ${megabytes(process.memoryUsage.rss())}`,
  );
}

const log = pino({ level: "debug" }, { write: print });
const engine = await createEngine({ paths: pathsOf(home), version: "bench", log });
const { model, training } = trainDefaults({ id: "lenet5" });
const configuration = runConfiguration.parse({
  dataset: { kind: "drawn", pictures, pixels: 32 },
  model,
  training: { ...training, epochs, batchSize: 128 },
  seed: 1,
});
try {
  const done = new AbortController();
  const events = engine.feed.subscribe(done.signal);
  const { runIds } = await engine.scheduling.start(singleRun(configuration));
  for await (const event of events) {
    if (event.kind === "run" && runIds.includes(event.run.id) && event.run.endReason !== null) {
      console.log(`${event.run.endReason}${event.run.error ? `: ${event.run.error.problem}` : ""}`);
      break;
    }
  }
  done.abort();
} finally {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
}
