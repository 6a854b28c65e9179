/** Whether what a bundle's record says of a run can be: each value by itself, beside the others, and beside what the run says of itself. */
import type { BundledRecord, BundledRun } from "../../contract/run-bundle.ts";
import type { Metric } from "../../domain/metrics/metric.ts";
import { metricOf } from "../../domain/metrics/metrics.ts";
import { damagedBundle } from "./damaged-bundle.ts";

/** Of sums in float32. */
const roundingSlack = 1e-5;
/** Float32's, which is what training computes in, and TensorBoard's files hold. */
const most = (2 - 2 ** -23) * 2 ** 127;
const least = -most;
const boundsOf: Readonly<Record<Metric["unit"], readonly [number, number]>> = {
  fraction: [0, 1],
  nats: [0, most],
  "images/s": [0, most],
  loss: [least, most],
  none: [least, most],
};

/** @param classes of its pictures @throws StrataError `bundle.damaged` */
export function checkRecord(record: BundledRecord, run: BundledRun, classes: number): void {
  const problem = problems.find(([, isSo]) => isSo(record, run, classes))?.[0];
  if (problem !== undefined) throw damagedBundle(`${run.record.name} ${problem}`);
}

type IsSo = (record: BundledRecord, run: BundledRun, classes: number) => boolean;

const problems: readonly (readonly [problem: string, isSo: IsSo])[] = [
  ["names a class that there is not", namesForeignClass],
  ["has two values of one thing", repeats],
  [
    "has values after the last step of its run",
    ({ series, times, evaluations }, { facts, configuration }) => {
      const steps = Math.max(facts.stepsDone, configuration.training.epochs * (facts.stepsPerEpoch ?? 0));
      const named = [...series.map((one) => one.steps), times.steps, evaluations.map(({ step }) => step)];
      return named.some((numbers) => numbers.some((step) => step > steps));
    },
  ],
  [
    "has values after the last epoch of its run",
    ({ series, evaluations }, { facts, configuration, logits }) => {
      const epochs = Math.max(facts.epochsDone, configuration.training.epochs);
      const single = [...evaluations, ...logits].map(({ epoch }) => epoch);
      const named = [...series.map((one) => one.epochs), single, [facts.restoredEpoch ?? 0]];
      return named.some((numbers) => numbers.some((epoch) => epoch > epochs));
    },
  ],
  // The clock of the machine may have been put back, the steps and their own time not.
  ["has times that run backwards", ({ times }) => !ascends(times.steps) || !ascends(times.trainingMillis)],
  [
    "has a value that its metric cannot have",
    ({ series, evaluations }) =>
      series.some(({ metric, values }) => values.some((value) => !canBe(metric, value))) ||
      evaluations.some(({ values }) => Object.entries(values).some(([metric, value]) => !canBe(metric, value))),
  ],
];

const ascends = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number >= numbers[at - 1]!);

/** A metric of another version has no bounds that are known here. */
function canBe(metric: string, value: number): boolean {
  const [lowest, highest] = boundsOf[metricOf(metric)?.unit ?? "none"];
  return value >= lowest - roundingSlack && value <= highest + roundingSlack;
}

function namesForeignClass({ evaluations, answers }: BundledRecord, _: BundledRun, classes: number): boolean {
  const isForeign = (number: number) => number >= classes;
  return (
    evaluations.some(({ confusion }) =>
      confusion.some(([trueClass, answer]) => isForeign(trueClass) || isForeign(answer)),
    ) || answers.some((one) => one.labels.some(isForeign) || one.answers.some(isForeign))
  );
}

function repeats({ series, evaluations, answers }: BundledRecord): boolean {
  const all: readonly (readonly (string | number)[])[] = [
    series.map(({ metric, split, cadence }) => `${metric} ${split} ${cadence}`),
    evaluations.map(({ split, epoch }) => `${split} ${epoch}`),
    answers.map(({ split }) => split),
    ...series.map(({ steps }) => steps),
    ...answers.map(({ examples }) => examples),
    ...evaluations.map(({ confusion }) => confusion.map(([trueClass, answer]) => `${trueClass} ${answer}`)),
  ];
  return all.some((keys) => new Set(keys).size !== keys.length);
}
