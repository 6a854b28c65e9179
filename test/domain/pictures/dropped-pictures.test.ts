import { expect, test } from "vitest";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";
import { findingsOf } from "../../../src-main/domain/health/findings.ts";
import {
  droppedInExperiment,
  droppedInWords,
  keptInWords,
} from "../../../src-main/domain/pictures/dropped-pictures.ts";
import { cifar, compactInception } from "../../support/sample-views.ts";

const batches = { batchSize: 64, dropLast: true, fold: null };

test("what an epoch leaves out is said in pictures and as a share", () => {
  expect(droppedInWords(127, batches)).toBe(
    "Each epoch leaves out 63 of 127 training pictures (49.6 %), others each time: they fill no whole batch of 64.",
  );
  expect(droppedInWords(65, batches)).toContain(
    "leaves out 1 of 65 training pictures (1.5 %), others each time: it fills",
  );
});

test("nothing is said where nothing is left out", () => {
  expect(droppedInWords(127, { ...batches, dropLast: false })).toBeNull();
  expect(droppedInWords(128, batches)).toBeNull();
  // The only batch is trained on.
  expect(droppedInWords(40, batches)).toBeNull();
});

test("of cross-validation it is said about how many, of the pictures without the fold", () => {
  const fold = { index: 1, count: 5 };
  expect(droppedInWords(100, { ...batches, fold })).toContain("leaves out about 16 of 80 training pictures");
});

test("of an experiment the run is told that leaves out most", () => {
  const training = { ...compactInception.training, ...batches };
  const request: ExperimentRequest = { configuration: { ...compactInception, training }, factors: [], seeds: [1, 2] };
  expect(droppedInExperiment(127, request)).toContain("Each epoch leaves out 63 of 127");
  const sizes = { ...request, factors: [{ setting: "batchSize", values: [32, 64], isBlocked: false }] };
  expect(droppedInExperiment(127, sizes)).toContain("Each epoch leaves out up to 63 of 127");
  const both = {
    ...request,
    configuration: { ...compactInception, training: { ...training, dropLast: false } },
    factors: [{ setting: "dropLast", values: [false, true], isBlocked: false }],
  };
  expect(droppedInExperiment(127, both)).toContain("Each epoch leaves out up to 63 of 127");
  expect(droppedInExperiment(127, { ...both, factors: [] })).toBeNull();
});

test("why nothing is left out is said with what would be", () => {
  expect(keptInWords(128, batches)).toBe("The last batch leaves out no picture: at a batch size of 64 all are whole.");
  expect(keptInWords(48, batches)).toBe(
    "The last batch leaves out no picture: it is the only one, of 48 training pictures.",
  );
  expect(keptInWords(127, batches)).toContain("the 63 pictures left over are trained on as a smaller batch");
});

test("it is a finding where the settings drop it", () => {
  const view = { ...cifar, counts: { ...cifar.counts, train: 127 } };
  const ids = (dropLast: boolean) =>
    findingsOf({ view, scan: null, training: { ...batches, dropLast } }).map(({ id }) => id);
  expect(ids(true)).toContain("last-batch");
  expect(ids(false)).not.toContain("last-batch");
});
