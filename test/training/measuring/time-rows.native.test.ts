import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quartilesOf } from "../../../src-main/domain/quartiles.ts";
import { placedRows } from "../../../src-main/domain/row-walk.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";
import { timeRows } from "../../../src-main/training/measuring/time-rows.ts";
import { compact } from "../../models/with-network.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

describe.each(["alexnet", "googlenet", "linear-svm"])("the rows of %s", (id) => {
  it("are timed once each, in the order in which they run, once a pass, and come to the pass", () => {
    const times = timeRows({ model: { id, inputPixels: 32, width: 0.25 }, classes: 10, batchSize: 8 });
    const paths = placedRows(compact(id), { classes: 10, hasHeads: false }).map(({ path }) => path);
    expect(times.rows.map(({ path }) => path)).toEqual(paths);
    expect(times).toMatchObject({ batchSize: 8, device: "CPU" });
    expect(times.passes).toBeGreaterThanOrEqual(5);
    expect(times.compiledMillis!.length).toBeGreaterThanOrEqual(5);
    const all = [...times.rows.map(({ millis }) => millis), times.wholeMillis];
    for (const millis of all) {
      expect(millis).toHaveLength(times.passes);
      expect(Math.min(...millis)).toBeGreaterThanOrEqual(0);
    }
    expect(Math.min(...times.wholeMillis)).toBeGreaterThan(0);
    const sums = times.wholeMillis.map((_, pass) => times.rows.reduce((sum, { millis }) => sum + millis[pass]!, 0));
    // The rows are all of the pass: what is between them is calls. Other work on the machine meets both, in turns.
    const share = quartilesOf(sums).median / quartilesOf(times.wholeMillis).median;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(2);
  });
});
