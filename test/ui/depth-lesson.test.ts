import { expect, test } from "vitest";
import { type ExperimentRequest, type ExperimentView, settingsOfFactor } from "../../src-main/contract/experiment.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { meanInterval } from "../../src-main/domain/statistics/mean-interval.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";
import { costAxis, errorAxis } from "../../src-renderer/features/lessons/depth/depth-axes.ts";
import {
  mostError,
  ownSeries,
  ownSets,
  publishedSeries,
  uncertainNeighbours,
} from "../../src-renderer/features/lessons/depth/depth-chart.ts";
import { depthTexts } from "../../src-renderer/features/lessons/depth/depth-texts.ts";
import { ownPoints, variesNetworks } from "../../src-renderer/features/lessons/depth/own-points.ts";
import { labelPlaces } from "../../src-renderer/ui/charts/label-places.ts";
import { ticksOf } from "../../src-renderer/ui/charts/plain-axes.ts";
import {
  sampleExperimentRuns,
  sampleExperimentView,
  smoothingAndRate,
  threeNetworks,
} from "../support/sample-experiments.ts";

const networkOf = ({ configuration, dataset }: RunView) =>
  architectureOf({ ...configuration.model, classes: dataset.classes.length });

function recorded(changes: Partial<RunView> = {}, request = threeNetworks) {
  const runs = sampleExperimentRuns(1, 1, request, { state: "finished", trainingSeconds: 90, ...changes });
  const view: ExperimentView = sampleExperimentView({ id: 1, createdAt: "2026-01-01T00:00:00.000Z", request }, runs);
  const runOf = (id: number) => runs.find((run) => run.id === id);
  return { runs, view, points: ownPoints(view, { runOf, networkOf }) };
}

test("a network is one point: the mean over its seeds with the interval, its layers as its paper counts them", () => {
  const { runs, points } = recorded();
  expect(points.map(({ title, layers, finished }) => [title, layers, finished])).toEqual([
    ["LeNet-5", 5, 3],
    ["AlexNet", 8, 3],
    ["Inception-v3", 42, 3],
  ]);
  const own = runs.filter(({ model }) => model.id === "alexnet").map(({ validation }) => 1 - validation!.top1!);
  const error = points[1]!.error.validation!;
  expect(error.mean).toBeCloseTo((own[0]! + own[1]! + own[2]!) / 3, 12);
  expect(error.interval!.low).toBeCloseTo(meanInterval(own)!.low, 12);
  expect(error.interval!.high).toBeCloseTo(meanInterval(own)!.high, 12);
  expect(points[1]!.minutes).toEqual({ mean: 1.5, interval: { low: 1.5, high: 1.5 } });
  expect(points[1]!.parameters).toBe(networkOf(runs.find(({ model }) => model.id === "alexnet")!).parameters);
});

test("what has not finished has no point, and an experiment of one network is none of the lesson's", () => {
  expect(recorded({ state: "queued", validation: null, test: null }).points).toEqual([]);
  const inList = ({ factors }: ExperimentRequest, runs: number) => ({
    runs,
    factors: factors.map((factor) => ({ settings: settingsOfFactor(factor), isNamed: false })),
  });
  expect(variesNetworks(inList(threeNetworks, 9))).toBe(true);
  expect(variesNetworks(inList(threeNetworks, 0))).toBe(false);
  expect(variesNetworks(inList(smoothingAndRate, 9))).toBe(false);
});

test("the Pareto line is found by validation, along a cost; runs on other pictures are no rivals", () => {
  const { points } = recorded();
  const [set] = ownSets(points, "parameters", "validation");
  expect(set!.front.length).toBeGreaterThan(0);
  for (const { cost, error } of set!.front)
    expect(set!.placed.some((other) => other.cost < cost && other.error < error)).toBe(false);
  expect(ownSets(points, "parameters", "test")[0]!.front).toEqual([]);
  expect(ownSets(points, "year", "validation")[0]!.placed).toEqual([]);
  const elsewhere = points.map((point) => ({ ...point, key: `${point.key}'`, dataset: { ...point.dataset, id: 99 } }));
  const sets = ownSets([...points, ...elsewhere], "parameters", "validation");
  expect(sets.map(({ shape }) => shape)).toEqual(["circle", "square"]);
  expect(sets[1]!.front).toHaveLength(sets[0]!.front.length);
});

test("which network errs least is told by validation, also where errors on the test pictures are shown", () => {
  const [first, second, third] = recorded().points;
  const of = (point: typeof first, validation: number, test: number) => ({
    ...point!,
    error: { validation: { mean: validation, interval: null }, test: { mean: test, interval: null } },
  });
  const points = [of(first, 0.5, 0.1), of(second, 0.2, 0.4), of(third, 0.3, 0.3)];
  const read = (text: string) => text.replaceAll("\u00a0", " ");
  expect(read(depthTexts.ownSaid(points, "validation"))).toBe(
    "Of your 3 networks AlexNet (8 layers) errs least: on 20.0 % of 500 validation pictures. The deepest, Inception-v3 (42 layers), errs on 30.0 %.",
  );
  expect(read(depthTexts.ownSaid(points, "test"))).toMatch(
    /^AlexNet \(8 layers\), which erred least .* on the validation pictures, errs on 40\.0 % of 1,000 test pictures\./,
  );
  expect(read(depthTexts.ownSaid([of(third, 0.1, 0.1), ...points], "validation"))).toMatch(/None is deeper\.$/);
  expect(read(depthTexts.ownSaid([of(third, 0.1, 0.1), of(third, 0.2, 0.2)], "validation"))).toMatch(
    /All are as deep: they say nothing of depth\.$/,
  );
});

test("neighbours on the line whose intervals overlap are told", () => {
  const [first, second] = ownSets(recorded().points, "layers", "validation")[0]!.placed;
  const wide = (one: typeof first, low: number, high: number) => ({
    ...one!,
    measured: { mean: one!.error, interval: { low, high } },
  });
  expect(uncertainNeighbours([wide(first, 0.4, 0.6), wide(second, 0.3, 0.45)])).toHaveLength(1);
  expect(uncertainNeighbours([wide(first, 0.5, 0.6), wide(second, 0.3, 0.45)])).toEqual([]);
});

test("published points and one's own differ by shape and fill, and papers name no minutes", () => {
  const published = publishedSeries("layers", "together", () => undefined);
  const [own] = ownSeries(ownSets(recorded().points, "layers", "validation"), "validation");
  expect([published.shape, published.isFilled]).not.toEqual([own!.shape, own!.isFilled]);
  expect(published.isFilled).not.toBe(own!.isFilled);
  expect(publishedSeries("minutes", "together", () => undefined).points).toEqual([]);
  expect(publishedSeries("parameters", "alone", () => ({ parameters: 7, multiplyAdds: 1 })).points[0]).toMatchObject({
    label: "AlexNet",
    x: 7,
    y: 0.182,
  });
});

test("axes hold all of it: intervals on top, whole powers of ten around costs", () => {
  const series = ownSeries(ownSets(recorded().points, "parameters", "validation"), "validation");
  const y = errorAxis("", mostError(series));
  for (const { y: error, interval } of series[0]!.points) expect(interval?.high ?? error).toBeLessThanOrEqual(y.max);
  const values = series[0]!.points.map((point) => point.x);
  const x = costAxis("parameters", values);
  for (const value of values) expect(value > x.min && value < x.max).toBe(true);
  expect(ticksOf(x).length).toBeGreaterThan(1);
  expect(ticksOf(costAxis("multiplyAdds", [])).length).toBeGreaterThan(1);
});

test("names beside points cover neither each other nor a point; where no place is free there is none", () => {
  const room = { left: 0, right: 400, top: 0, bottom: 200 };
  const points = Array.from({ length: 12 }, (_, i) => ({
    x: 60 + (i % 4) * 22,
    y: 60 + Math.floor(i / 4) * 22,
    width: 50,
  }));
  const places = labelPlaces(points, room);
  const boxes = places.flatMap((place) => {
    if (place === null) return [];
    const left = place.anchor === "start" ? place.x : place.anchor === "end" ? place.x - 50 : place.x - 25;
    return [{ left, right: left + 50, top: place.y - 10, bottom: place.y + 3 }];
  });
  expect(boxes.length).toBeGreaterThan(3);
  expect(boxes.length).toBeLessThan(12);
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
  expect(labelPlaces([{ x: 10, y: 10, width: 500 }], room)).toEqual([null]);
  const point = { x: 50, y: 50, width: 20 };
  const [free] = labelPlaces([point], room);
  const [moved] = labelPlaces([point], room, [{ ...free!, width: 20 }]);
  expect([free!.anchor, moved!.anchor]).toEqual(["start", "end"]);
});
