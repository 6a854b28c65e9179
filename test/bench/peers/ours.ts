/** Our own contender: a compiled arm behind the same protocol as the Python ones (see peer.py). */
import { createInterface } from "node:readline";
import type { RunConfiguration } from "../../../src-main/contract/configuration.ts";
import { buildArm, stepArm } from "../../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../../src-main/training/measuring/noise.ts";
import { deviceName } from "../../../src-main/training/report.ts";
import { disposeBatch, uploadBatch } from "../../../src-main/training/upload.ts";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
// Both ends are ours: the driver's own object.
const { configuration, classes } = JSON.parse((await lines.next()).value ?? "") as {
  configuration: RunConfiguration;
  classes: number;
};
const { batchSize } = configuration.training;
const side = configuration.model.inputPixels;
const batches = Array.from({ length: 4 }, (_, seed) => noiseBatch(batchSize, side, classes, seed));
const arm = buildArm(configuration, noiseExamples(batchSize, classes));

let count = 0;
/** A fresh batch is handed over in each step, as when training. */
function step(): number {
  const batch = uploadBatch(batches[count % batches.length]!, side);
  const { objective } = stepArm(arm, batch, { epochs: 1, stepsPerEpoch: 1_000_000 }, ++count);
  disposeBatch(batch);
  return objective;
}
function answer(values: object): void {
  process.stdout.write(`${JSON.stringify(values)}\n`);
}

const loss = step();
if (arm.program.refusal !== null) throw new Error(`The step was not compiled: ${arm.program.refusal}`);
answer({ parameters: arm.network.parameters + arm.network.auxiliaryParameters, device: deviceName, loss });
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const { steps } = JSON.parse(line.value) as { steps: number };
  const millis = Array.from({ length: steps }, () => {
    const startedAt = performance.now();
    step();
    return performance.now() - startedAt;
  });
  answer({ millis, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });
}
process.exit(0);
