import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type SplitName, splitNames } from "../../src-main/contract/dataset.ts";
import { type SplitAnew, splitPlan } from "../../src-main/contract/split-plan.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { offeredGroups } from "../../src-main/datasets/splits/offered-groups.ts";
import { partAnew } from "../../src-main/datasets/splits/split-anew.ts";
import { splitInFold } from "../../src-main/domain/experiments/folds.ts";
import type { LabelledPicture } from "../../src-main/domain/versions/apply-edits.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const plan = (asked: Partial<SplitAnew> = {}): SplitAnew => splitPlan.parse({ kind: "anew", ...asked }) as SplitAnew; // of this kind by its own words
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
type Unparted = Omit<LabelledPicture, "split">;

/** Pictures of some patients, whose numbers and classes are drawn; some patients have copies of others' pictures. */
function patients(seed: number): readonly Unparted[] {
  const random = createRandom(seed, "patients");
  const count = 6 + random.integer(60);
  return Array.from({ length: count }, (_, patient) =>
    Array.from({ length: 1 + random.integer(30) }, (_, number) => {
      const isCopy = random.integer(200) === 0;
      return {
        name: `${patient % 7}/p${patient}_s${number % 3}_${number}.png`,
        className: `class ${random.integer(5)}`,
        contentHash: hashOf(isCopy ? `copy ${random.integer(3)}` : `${seed} ${patient} ${number}`),
      };
    }),
  ).flat();
}

const shareOf = (parted: readonly LabelledPicture[], split: SplitName) =>
  parted.filter((picture) => picture.split === split).length / parted.length;

describe("splits made anew", () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index);

  test("no group and no bytes stand in two splits, whatever is drawn", () => {
    for (const seed of seeds) {
      const drawn = patients(seed);
      const shares = { validationShare: 0.05 + (seed % 5) / 20, testShare: (seed % 4) / 10 };
      const { pictures: parted } = partAnew(
        drawn,
        null,
        plan({ ...shares, seed, group: "name:1", isStratified: seed % 2 === 0 }),
      );
      for (const keyOf of [
        ({ name }: LabelledPicture) => /p\d+/.exec(name)![0],
        ({ contentHash }: LabelledPicture) => contentHash,
        ({ group }: LabelledPicture) => group!,
      ])
        for (const [key, together] of Map.groupBy(parted, keyOf))
          expect([seed, key, new Set(together.map(({ split }) => split)).size]).toEqual([seed, key, 1]);
    }
  });

  test("each class has its shares to within one picture, whatever is drawn", () => {
    for (const seed of seeds) {
      const random = createRandom(seed, "classes");
      const drawn = Array.from({ length: 2 + random.integer(6) }, (_, label) =>
        Array.from({ length: 1 + random.integer(120) }, (_, number) => ({
          name: `${label}/${number}.png`,
          className: `class ${label}`,
          contentHash: hashOf(`${seed} ${label} ${number}`),
        })),
      ).flat();
      if (drawn.length < 30) continue;
      const asked = plan({ validationShare: 0.05 + (seed % 5) / 20, testShare: (seed % 4) / 10, seed });
      const { pictures: parted } = partAnew(drawn, null, asked);
      for (const [className, ofClass] of Map.groupBy(parted, (picture) => picture.className)) {
        const count = (split: SplitName) => ofClass.filter((picture) => picture.split === split).length;
        expect(count("train"), className).toBeGreaterThan(0);
        for (const [split, share] of [
          ["validation", asked.validationShare],
          ["test", asked.testShare],
        ] as const)
          expect(Math.abs(count(split) - ofClass.length * share), `${className} ${split}`).toBeLessThanOrEqual(
            // Of one to three pictures none may be spared.
            ofClass.length < 4 ? ofClass.length * share + 1 : 1,
          );
      }
    }
  });

  test("shares of groups are near what is asked for, over all seeds", () => {
    const gaps = seeds.flatMap((seed) => {
      const drawn = patients(seed);
      const { pictures: parted } = partAnew(
        drawn,
        null,
        plan({ validationShare: 0.2, testShare: 0.2, seed, group: "name:1" }),
      );
      const largest = 30 / drawn.length;
      return [0.6, 0.2, 0.2].map((share, index) => Math.abs(shareOf(parted, splitNames[index]!) - share) / largest);
    });
    // In units of the largest group that there can be.
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(0.25);
    expect(Math.max(...gaps)).toBeLessThan(2);
  });

  test("the seed alone decides: not the order, nor the names", () => {
    const drawn = patients(1);
    const splitsOf = (asked: readonly Unparted[], seed: number) =>
      new Map(partAnew(asked, null, plan({ seed })).pictures.map(({ contentHash, split }) => [contentHash, split]));
    const first = splitsOf(drawn, 1);
    const renamed = drawn.map((picture, index) => ({ ...picture, name: `other ${index}` }));
    expect(splitsOf(renamed.toReversed(), 1)).toEqual(first);
    expect(splitsOf(drawn, 2)).not.toEqual(first);
    const byGroup = (seed: number) =>
      partAnew(drawn, null, plan({ seed, group: "name:1" })).pictures.map(({ split }) => split);
    expect(byGroup(1)).toEqual(byGroup(1));
    expect(byGroup(2)).not.toEqual(byGroup(1));
  });

  test("a fold parts no group either", () => {
    const { pictures: parted } = partAnew(patients(3), null, plan({ group: "name:1" }));
    for (const index of [1, 2, 3])
      for (const together of Map.groupBy(parted, ({ group }) => group).values())
        expect(new Set(together.map((picture) => splitInFold(picture, { index, count: 3 }))).size).toBe(1);
    const training = parted.filter(({ split }) => split === "train");
    const held = training.filter((picture) => splitInFold(picture, { index: 1, count: 3 }) === "test");
    expect(held.length).toBeGreaterThan(0);
    expect(held.length).toBeLessThan(training.length);
  });

  test("what cannot be parted is refused", () => {
    const code = (thrown: () => unknown) => {
      try {
        thrown();
        return "parted";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    const drawn = patients(1);
    expect(code(() => partAnew(drawn, null, plan({ group: "pattern:patient*_" })))).toBe("data.no-groups");
    expect(code(() => partAnew(drawn, null, plan({ group: "column:patient" })))).toBe("data.no-groups");
    const two = drawn.map((picture, index) => ({ ...picture, name: `s${index % 2}_${index}.png` }));
    expect(code(() => partAnew(two, null, plan({ group: "name:1" })))).toBe("data.too-few-groups");
    expect(partAnew(two, null, plan({ group: "name:1", testShare: 0 })).grouping).toEqual({ groups: 2, ungrouped: 0 });
  });

  test("a plan that leaves nothing for training, or groups by no known syntax, is none", () => {
    expect(splitPlan.safeParse({ kind: "anew", validationShare: 0.6, testShare: 0.4 }).success).toBe(false);
    for (const group of [
      "patient",
      "name:0",
      "folder:-1",
      "pattern:a",
      "pattern:*",
      "pattern:a*b*",
      "name:x",
      "column: ",
    ])
      expect([group, splitPlan.safeParse({ kind: "anew", group }).success]).toEqual([group, false]);
    for (const group of ["name:2", "name:-1", "folder:1", "pattern:p*_", "pattern:*_", "column:patient"])
      expect([group, splitPlan.safeParse({ kind: "anew", group }).success]).toEqual([group, true]);
  });
});

test("ways to group are found in names", () => {
  const names = patients(5).map(({ name }) => name);
  expect(offeredGroups(names, null).map(({ group }) => group)).toEqual(["folder:1", "name:1", "name:2", "name:3"]);
});

describe("a folder parted anew", () => {
  const open = (path: string, asked: Partial<SplitAnew>) =>
    openDataset({ kind: "folder", path, split: plan(asked) }, { threads: 1 });
  const counts = ({ classes }: Dataset) =>
    classes.map(({ name, train, validation, test }) => [name, train, validation, test]);

  test("forgets the splits that the data bring, and the classes that stand in one of them alone", async () => {
    const path = writeFiles(temporaryFolder(), {
      ...(await pictures("train/cat", 10, 0)),
      ...(await pictures("train/dog", 10, 20)),
      ...(await pictures("test/dog", 10, 40)),
      ...(await pictures("test/owl", 5, 60)),
    });
    const dataset = await open(path, { validationShare: 0.2, testShare: 0.2, seed: 2 });
    expect(counts(dataset)).toEqual([
      ["cat", 6, 2, 2],
      ["dog", 12, 4, 4],
      ["owl", 3, 1, 1],
    ]);
    expect(dataset).toMatchObject({
      ...{ splitOrigin: { validation: "anew", test: "anew" }, grouping: null, problems: [] },
      source: { kind: "folder", path, split: { kind: "anew", seed: 2 } },
    });
    expect(dataset.name.endsWith(", split 60/20/20, seed 2")).toBe(true);
    const without = await open(path, { validationShare: 0.2, testShare: 0 });
    expect([without.counts.test, without.splitOrigin.test]).toEqual([0, "none"]);
    // As found is as ever.
    const asFound = await openDataset({ kind: "folder", path, split: { kind: "as-found" } });
    expect(asFound.examples).toEqual((await openDataset({ kind: "folder", path })).examples);
  });

  test("keeps the patients of a list together, by header or by number", async () => {
    const all = await pictures("x", 24, 0);
    const lines = Object.keys(all).map((name, index) => `${name.slice(2)},${index % 2 ? "cat" : "dog"},P${index % 8}`);
    const path = writeFiles(temporaryFolder(), { ...all, "x/labels.csv": `file,label,Patient\n${lines.join("\n")}\n` });
    const dataset = await open(path, { validationShare: 0.25, testShare: 0.25, group: "column:patient" });
    expect(dataset.grouping).toEqual({ groups: 8, ungrouped: 0 });
    expect(dataset.counts).toEqual({ train: 12, validation: 6, test: 6 });
    const numberOf = (name: string) => Number(name.slice(-6, -4)) % 8;
    for (const together of Map.groupBy(dataset.examples, ({ name }) => numberOf(name)).values())
      expect(new Set(together.map(({ split }) => split)).size).toBe(1);
    rmSync(join(path, "x/labels.csv"));
    writeFiles(path, { "x/labels.csv": `${lines.join("\n")}\n` });
    expect((await open(path, { group: "column:3" })).grouping).toEqual({ groups: 8, ungrouped: 0 });
  });

  test("says of how many pictures no group can be told", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let number = 0; number < 24; number++)
      files[`${number % 2 ? "cat" : "dog"}/${number < 20 ? `p${number % 5}_` : "x"}${number}.png`] = await plain(number)
        .png()
        .toBuffer();
    const path = writeFiles(temporaryFolder(), files);
    expect((await open(path, { group: "pattern:p*_" })).grouping).toEqual({ groups: 5, ungrouped: 4 });
  });
});

test("drawn pictures are parted anew too", async () => {
  const source = { kind: "drawn", pictures: 200, pixels: 16, difficulty: 0.3, seed: 1 } as const;
  const dataset = await openDataset({ ...source, split: plan({ validationShare: 0.3, testShare: 0.2 }) });
  expect(dataset.counts).toEqual({ train: 100, validation: 60, test: 40 });
});
