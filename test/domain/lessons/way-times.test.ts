import { expect, it } from "vitest";
import type { WayTimes } from "../../../src-main/contract/machine.ts";
import { findFactorisation } from "../../../src-main/domain/lessons/factorisation.ts";
import { measuredWays, spreadOf, timedBatch } from "../../../src-main/domain/lessons/way-times.ts";
import { uniformOf } from "../../../src-main/domain/statistics/uniform-of.ts";

const place = { grid: 17, channels: 64, kernel: 5 };
const cascade = findFactorisation("cascade-5");

function timesOf(...ways: readonly (readonly number[])[]): WayTimes {
  return {
    ...{ batchSize: 1, rounds: ways[0]!.length, device: "CPU", threads: 2, refusal: null },
    ways: ways.map((millis, way) => ({
      title: `way ${way}`,
      forwardMillis: millis,
      trainingMillis: millis.map((one) => 3 * one),
    })),
  };
}

it("a spread holds the middle nine tenths", () => {
  const hundred = Array.from({ length: 101 }, (_, at) => at);
  expect(spreadOf(hundred)).toEqual({ median: 50, low: 5, high: 95 });
});

it("ratios are taken round by round, so that what slows a round slows both ways", () => {
  const [first, second] = measuredWays(timesOf([10, 20, 40], [5, 10, 20]), cascade, place);
  expect(first?.forward.ratio).toEqual({ median: 1, low: 1, high: 1 });
  expect(second?.forward.ratio).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
  expect(second?.training.millis.median).toBe(30);
});

it("theory and measurement part where the range leaves out the share of multiply-adds", () => {
  const sideOf = (...ratios: number[]) => {
    const measured = measuredWays(timesOf([1, 1, 1], ratios), cascade, place);
    expect(measured[1]?.predictedRatio).toBeCloseTo(18 / 25, 12);
    return measured[1]?.forward.predicted;
  };
  expect(sideOf(0.6, 0.7, 0.8)).toBe("within");
  expect(sideOf(0.9, 1, 1.1)).toBe("below");
  expect(sideOf(0.5, 0.55, 0.6)).toBe("above");
  expect(sideOf(0.2, 0.7, 3)).toBe("unclear");
});

/** Twenty measurements of rounds that vary by a third and are now and then held up. */
it("a median that is measured anew lies in the stated range in at least nine of ten", () => {
  const measure = (measurement: number) =>
    spreadOf(
      Array.from({ length: 15 }, (_, round) => {
        const held = uniformOf(`held ${measurement} ${round}`) > 0.9 ? 3 : 1;
        return held * (1 + 0.33 * uniformOf(`${measurement} ${round}`));
      }),
    );
  const all = Array.from({ length: 200 }, (_, measurement) => measure(measurement));
  const inside = all.slice(1).filter(({ median }, at) => median >= all[at]!.low && median <= all[at]!.high);
  expect(inside.length / 199).toBeGreaterThanOrEqual(0.9);
});

it("fewer grids are timed at once where each costs more", () => {
  expect(timedBatch(cascade, { grid: 4, channels: 8, kernel: 5 })).toBe(32);
  expect(timedBatch(cascade, place)).toBe(32);
  expect(timedBatch(cascade, { grid: 64, channels: 512, kernel: 5 })).toBe(1);
  const some = timedBatch(cascade, { grid: 32, channels: 128, kernel: 5 });
  expect([some, some * 25 * 128 ** 2 * 32 ** 2 <= 2e9]).toEqual([4, true]);
});
