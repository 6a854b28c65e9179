/** Class weights and balanced sampling, in the training that a run has. */
import { expect, test } from "vitest";
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import type { TrainingJob } from "../../src-main/training/job.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { arraySink, neverInterrupted, stepValues, tinyJob } from "./tiny-job.ts";

async function trained(job: TrainingJob): Promise<readonly TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(job, sink, neverInterrupted);
  return events;
}

/** So many training pictures of each class stay, the others are validation pictures. */
async function jobWith(
  kept: (label: number) => number,
  arms: readonly Partial<TrainingSettings>[],
): Promise<TrainingJob> {
  const job = await tinyJob(arms.map((arm) => ({ weightDecay: 0, auxiliaryWeight: null, ...arm })));
  const seen = new Map<number, number>();
  const examples = job.dataset.examples.map((example) => {
    if (example.split !== "train") return example;
    const before = seen.get(example.label) ?? 0;
    seen.set(example.label, before + 1);
    return before < kept(example.label) ? example : { ...example, split: "validation" as const };
  });
  return { ...job, dataset: { ...job.dataset, examples } };
}

test("where every class has as many pictures, class weights change nothing but the rounding", async () => {
  const events = await trained(await jobWith(() => 4, [{}, { classWeights: "balanced" }]));
  const [plain, weighted] = [0, 1].map((arm) => stepValues(events, arm, "objective"));
  expect(plain!.length).toBeGreaterThan(0);
  for (const [step, value] of plain!.entries()) expect(weighted![step]).toBeCloseTo(value, 5);
});

test("where one class has more, the first step's hard loss is the same and its objective is the weighted mean", async () => {
  const events = await trained(await jobWith((label) => (label === 0 ? 8 : 2), [{}, { classWeights: "balanced" }]));
  const first = (arm: number, metric: "hardLoss" | "objective") => stepValues(events, arm, metric)[0]!;
  expect(first(1, "hardLoss")).toBe(first(0, "hardLoss"));
  // One-hot targets, no decay and no auxiliary head: without weights the objective is the hard loss.
  expect(first(0, "objective")).toBeCloseTo(first(0, "hardLoss"), 6);
  expect(Math.abs(first(1, "objective") - first(0, "objective"))).toBeGreaterThan(1e-4);
});

test("compiled and op by op, weighted steps are the same", async () => {
  const job = () => jobWith((label) => (label === 0 ? 8 : 2), [{ classWeights: "balanced", epochs: 1 }]);
  const compiled = stepValues(await trained(await job()), 0, "objective");
  process.env.STRATA_EAGER = "1";
  try {
    const eager = stepValues(await trained(await job()), 0, "objective");
    for (const [step, value] of eager.entries()) expect(compiled[step]).toBeCloseTo(value, 4);
  } finally {
    delete process.env.STRATA_EAGER;
  }
});

test("a run with balanced sampling is trained to its end, and repeats to the last bit", async () => {
  const job = () => jobWith((label) => (label === 0 ? 8 : 2), [{ balancedSampling: true }]);
  const [once, again] = [await trained(await job()), await trained(await job())];
  expect(once.at(-1)).toMatchObject({ kind: "ended", reason: "completed" });
  expect(stepValues(again, 0, "objective")).toEqual(stepValues(once, 0, "objective"));
  const plain = await trained(await jobWith((label) => (label === 0 ? 8 : 2), [{}]));
  expect(stepValues(once, 0, "objective")).not.toEqual(stepValues(plain, 0, "objective"));
});
