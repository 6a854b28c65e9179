import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placedRows } from "../../../src-main/domain/networks/row-walk.ts";
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
  it("are timed once each, in the order in which they run, once a pass", () => {
    const times = timeRows({ model: { id, inputPixels: 32, width: 0.25 }, classes: 10, batchSize: 8 }, 0);
    const paths = placedRows(compact(id), { classes: 10, hasHeads: false }).map(({ path }) => path);
    expect(times.rows.map(({ path }) => path)).toEqual(paths);
    expect(times).toMatchObject({ batchSize: 8, device: "CPU" });
    expect(times.passes).toBe(5);
    const all = [...times.rows.map(({ millis }) => millis), times.wholeMillis, times.compiledMillis!];
    for (const millis of all) {
      expect(millis).toHaveLength(times.passes);
      expect(Math.min(...millis)).toBeGreaterThanOrEqual(0);
    }
    expect(Math.min(...times.wholeMillis)).toBeGreaterThan(0);
  });
});
