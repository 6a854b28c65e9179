import { expect, test } from "vitest";
import type { ClassCounts, PictureProblem, SplitName } from "../../src-main/contract/dataset.ts";
import type { PixelScan } from "../../src-main/contract/pixel-scan.ts";
import { findingsOf } from "../../src-main/domain/health/findings.ts";
import { cifar } from "../support/sample-views.ts";

type Sizes = Readonly<Record<string, readonly [train: number, validation: number, test: number]>>;

function viewOf(sizes: Sizes, problems: readonly PictureProblem[] = []) {
  const classes = Object.entries(sizes).map(
    ([name, [train, validation, test]]): ClassCounts => ({ name, train, validation, test }),
  );
  const total = (split: SplitName) => classes.reduce((sum, one) => sum + one[split], 0);
  const counts = { train: total("train"), validation: total("validation"), test: total("test") };
  const splitOrigin = { validation: "folders", test: counts.test > 0 ? "folders" : "none" } as const;
  return { ...cifar, classes, counts, splitOrigin, problems };
}

const found = (sizes: Sizes, problems: readonly PictureProblem[] = []) =>
  findingsOf({ view: viewOf(sizes, problems), scan: null });
const ids = (sizes: Sizes, problems: readonly PictureProblem[] = []) => found(sizes, problems).map(({ id }) => id);

const stranger = (className: string, split: SplitName, pictures: number): PictureProblem => ({
  ...{ code: "empty-class", name: `${split}/${className}`, isSkipped: true },
  leftOut: { className, split, pictures },
});

test("nothing is found in even classes that stand in every split", () => {
  expect(found({ cat: [500, 100, 100], car: [490, 100, 100], bus: [480, 90, 110] })).toEqual([]);
});

test("a class that is misspelt in a split is told with the class that is meant", () => {
  const [first, ...others] = found({ cats: [400, 200, 0], dogs: [400, 0, 0] }, [stranger("dog", "validation", 200)]);
  expect(others).toEqual([]);
  expect(first).toEqual({
    id: "misspelt-class-validation",
    severity: "serious",
    title: "“dog” in the validation pictures is probably “dogs”",
    text: "No training picture is of “dog”, so its 200 validation pictures will not be used.",
    remedy: "Give the class one name everywhere: merge “dog” into “dogs”, by Mend pictures or data merge-classes.",
    classes: ["dog", "dogs"],
    pictures: [],
  });
});

test.each([
  ["Golden Retriever", "golden_retriever"],
  ["cherry", "cherries"],
  ["sunflwoer", "sunflower"],
  ["boxes", "box"],
])("%s in a split is taken for %s in training", (typed, meant) => {
  const named = found({ other: [400, 200, 0], [meant]: [400, 0, 0] }, [stranger(typed, "validation", 200)]);
  expect(named.map(({ classes }) => classes)).toEqual([[typed, meant]]);
});

test("classes that are missing in a split, or stand there alone, and are like no other are told as such", () => {
  const sizes: Sizes = { cat: [400, 200, 150], car: [400, 0, 150], bus: [400, 200, 150] };
  expect(ids(sizes, [stranger("elephant", "test", 9)])).toEqual(["missing-class-validation", "untrained-class-test"]);
});

test("where the splits were held out by us a class without validation pictures is only a small one", () => {
  const view = {
    ...viewOf({ cat: [400, 200, 0], dog: [3, 0, 0] }),
    splitOrigin: { validation: "seeded", test: "none" },
  } as const;
  expect(findingsOf({ view, scan: null }).map(({ id }) => id)).toEqual(["small-classes", "imbalance"]);
});

test.each([
  [["Cat", "cat", "dog"], [["Cat", "cat"]]],
  [["hot dog", "hot_dog", "hotdogs"], [["hot dog", "hot_dog", "hotdogs"]]],
  [["bus", "buses", "car", "cat"], [["bus", "buses"]]],
  [["1_1", "11", "1.1", "glass", "pine", "pin"], []],
])("of the classes %j those alike are %j", (names, alike) => {
  const sizes = Object.fromEntries(names.map((name) => [name, [200, 200, 0] as const]));
  const told = found(sizes).filter(({ id }) => id === "names-alike");
  expect(told.map(({ classes }) => classes)).toEqual(alike);
});

test("each finding leads to pictures, or to a setting or split that mends it", () => {
  const scan: PixelScan | null = null;
  const copied = (code: "duplicate-across-splits" | "duplicate-across-classes"): PictureProblem => {
    return { code, name: `val/cat/${code}.png`, isSkipped: false };
  };
  const problems = [
    ...[copied("duplicate-across-splits"), copied("duplicate-across-classes")],
    ...[stranger("dgos", "validation", 3), stranger("elephant", "test", 3)],
  ];
  const view = viewOf({ dogs: [130, 9, 0], Cat: [4, 0, 1], cat: [4, 1, 1] }, problems);
  const training = { batchSize: 64, dropLast: true, fold: null };
  const all = findingsOf({ view, scan, training });
  expect(new Set(all.map(({ id }) => id)).size).toBeGreaterThan(8);
  const without = all.filter((each) => {
    const { pictures, classes, names = [], split, splitAnew, turnOff } = each;
    return pictures.length + classes.length + names.length === 0 && !split && !splitAnew && !turnOff;
  });
  expect(without).toEqual([]);
  const copies = all.find(({ id }) => id === "duplicate-across-classes");
  expect(copies?.names).toEqual(["val/cat/duplicate-across-classes.png"]);
});

test("imbalance is told with the accuracy that guessing gets", () => {
  const [first] = found({ healthy: [900, 90, 190], ill: [100, 10, 10] });
  expect(first).toMatchObject({ id: "imbalance", severity: "warning" });
  expect(first?.text).toContain("an accuracy of 90.0 % on the validation pictures and 95.0 % on the test pictures");
  expect(found({ healthy: [1_000, 90, 190], ill: [100, 10, 10] })[0]).toMatchObject({ severity: "serious" });
  expect(ids({ healthy: [199, 100, 190], ill: [100, 100, 190] })).toEqual([]);
});

test("small classes and small splits are told", () => {
  expect(ids({ cat: [20, 200, 200], dog: [19, 200, 200] })).toEqual(["small-classes"]);
  expect(found({ cat: [4, 200, 0], dog: [7, 200, 0] })[0]).toMatchObject({
    severity: "serious",
    classes: ["cat", "dog"],
  });
  const [few] = found({ cat: [200, 10, 0], dog: [200, 10, 0] });
  expect(few).toMatchObject({ id: "small-split-validation", title: "Only 20 validation pictures" });
  // Wilson's interval for 10 of 20 is 29.9–70.1 %.
  expect(few?.text).toContain("29.9 % or 70.1 %");
});

test("exact copies in two splits or two classes are told once a kind, the worst kinds first", () => {
  expect(findingsOf({ view: cifar, scan: null }).map(({ id, title }) => [id, title])).toEqual([
    ["duplicate-across-splits", "3 pictures in two splits"],
  ]);
});

/** Of near-duplicates in different splits, so many of them measured on. */
function scanWith(measured: { readonly validation: number; readonly test: number }): PixelScan {
  const none = { groups: 0, pictures: 0, measured: { validation: 0, test: 0 }, shown: [] };
  const usual = { pictures: 0, shown: [] };
  return {
    ...{ datasetId: 1, fingerprint: "", pictures: 0, channels: { mean: [], spread: [] } },
    duplicates: { splits: { ...none, groups: 3, pictures: 6, measured }, classes: none, within: none },
    unusual: { damaged: usual, blank: usual, blurred: usual, small: usual, elongated: usual, grey: usual },
  };
}

test.each([
  [{ validation: 1, test: 0 }, "1 validation picture is like a training picture"],
  [{ validation: 2, test: 1 }, "2 validation pictures and 1 test picture are like a training picture"],
  [{ validation: 0, test: 0 }, "among the validation pictures and the test pictures"],
])("near-duplicates of which %j are measured on are told by: %s", (measured, words) => {
  const [first] = findingsOf({
    view: viewOf({ a: [500, 100, 100], b: [500, 100, 100] }),
    scan: scanWith(measured),
  });
  expect(first).toMatchObject({
    ...{ id: "near-duplicates-splits", severity: "serious" },
    title: "3 groups of near-duplicates in different splits",
  });
  expect(first?.text).toContain(words);
});
