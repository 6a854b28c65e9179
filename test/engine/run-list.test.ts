import { describe, expect, it } from "vitest";
import type { RunView } from "../../src-main/contract/run.ts";
import { type RunListPage, runListQuestion, stateFilters } from "../../src-main/contract/run-list.ts";
import { blockKey, isOfSameBlock } from "../../src-main/domain/experiments/blocks.ts";
import { createRunList } from "../../src-main/engine/runs/run-list.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import type { Store } from "../../src-main/store/open-store.ts";
import { samplePair, sampleRun } from "../support/sample-views.ts";

const columns = [
  "id",
  "state",
  "top1",
  "best.hardLoss",
  "seconds",
  "diskBytes",
  "training.smoothing",
  "dataset",
  "none",
];
const texts = ["", "alexnet", "state=finished", "top1>0.5 smoothing>=0", "smothing>0", "id<40"];

/** The part of a store that a list reads. */
function listOf(runs: () => readonly RunView[], waiting: readonly number[][] = []) {
  const store = { runs: { list: runs }, queue: { jobs: (most: number) => waiting.slice(0, most) } };
  return createRunList({ store: store as unknown as Store, active: () => [] });
}

function randomRuns(random: ReturnType<typeof createRandom>, from: number, count: number): RunView[] {
  const runs: RunView[] = [];
  while (runs.length < count) {
    const id = from + runs.length;
    const top1 = random.integer(3) === 0 ? null : random.integer(4) / 4;
    const changes = {
      state: (["queued", "finished", "failed"] as const)[random.integer(3)]!,
      isPinned: random.integer(8) === 0,
      isArchived: random.integer(8) === 0,
      title: ["AlexNet", "LeNet-5"][random.integer(2)]!,
      ...(top1 === null ? { test: null } : {}),
    };
    const made = random.integer(3) === 0 ? samplePair(id, id) : [sampleRun({ id })];
    for (const run of made)
      runs.push({ ...run, ...changes, test: top1 === null || run.test === null ? null : { ...run.test, top1 } });
  }
  return runs;
}

const keysOf = ({ groups }: Pick<RunListPage, "groups">) => groups.map(({ key }) => key);

describe("the pages of the list of runs", () => {
  it("joined are the whole list, in any order and for any search, however many stand on a page", () => {
    const random = createRandom(5, "pages");
    for (let round = 0; round < 200; round++) {
      const runs = randomRuns(random, 1, 1 + random.integer(60)).reverse();
      const list = listOf(() => runs);
      const asked = runListQuestion.parse({
        text: texts[random.integer(texts.length)]!,
        state: stateFilters[random.integer(stateFilters.length)]!,
        sort: { column: columns[random.integer(columns.length)]!, isDescending: random.integer(2) === 0 },
      });
      const whole = list.page({ ...asked, most: 1_000 });
      const joined: string[] = [];
      let behind: RunListPage["next"] = null;
      do {
        const page: RunListPage = list.page({ ...asked, most: 1 + random.integer(9), behind });
        expect([page.before, page.allGroups, page.allRuns]).toEqual([joined.length, whole.allGroups, whole.allRuns]);
        joined.push(...keysOf(page));
        behind = page.next;
      } while (behind !== null);
      expect(joined).toEqual(keysOf(whole));
      expect(joined).toHaveLength(whole.allGroups);
      expect(list.ids(asked)).toEqual(whole.groups.flatMap((group) => group.runs.map(({ id }) => id)));
    }
  });

  it("have every run of before once, in order, also while runs are added and removed", () => {
    const random = createRandom(6, "pages that change");
    for (let round = 0; round < 200; round++) {
      let runs: readonly RunView[] = randomRuns(random, 1, 20 + random.integer(40)).reverse();
      const list = listOf(() => runs);
      const asked = runListQuestion.parse({
        sort: { column: columns[random.integer(columns.length)]!, isDescending: random.integer(2) === 0 },
      });
      const before = keysOf(list.page({ ...asked, most: 1_000 }));
      const gone = new Set<string>();
      const joined: string[] = [];
      let behind: RunListPage["next"] = null;
      do {
        const page: RunListPage = list.page({ ...asked, most: 7, behind });
        joined.push(...keysOf(page));
        behind = page.next;
        runs = [...randomRuns(random, 1_000 * (joined.length + 1), 2).reverse(), ...runs];
        const removed = runs[random.integer(runs.length)]!;
        gone.add(blockKey(removed));
        runs = runs.filter((run) => !isOfSameBlock(run, removed));
      } while (behind !== null);
      expect(new Set(joined).size).toBe(joined.length);
      const stayed = before.filter((key) => !gone.has(key));
      expect(joined.filter((key) => stayed.includes(key))).toEqual(stayed);
    }
  });

  it("say what was not understood, and what differs among all that are found", () => {
    const runs = [2, 1].map((id) => {
      const run = sampleRun({ id });
      const { configuration } = run;
      return {
        ...run,
        configuration: { ...configuration, training: { ...configuration.training, smoothing: id / 10 } },
      };
    });
    const list = listOf(() => runs);
    const page = list.page(runListQuestion.parse({ text: "smothing>0", most: 1 }));
    expect([page.problem?.code, page.differing, page.record.runs]).toEqual([
      "find.unknown-name",
      ["training.smoothing"],
      2,
    ]);
    expect(list.page(runListQuestion.parse({ text: "smoothing=0.1" })).differing).toEqual([]);
  });
});

describe("what a window needs at once", () => {
  it("is what trains, awaits an answer or waits first, and what ended last, whole with its experiment", () => {
    const waiting = Array.from({ length: 500 }, (_, index) => sampleRun({ id: 100 + index, state: "queued" }));
    const [armA, armB] = samplePair(50, 50);
    const runs = [
      ...waiting.toReversed(),
      { ...armB!, state: "queued" as const },
      { ...armA!, state: "running" as const },
      sampleRun({ id: 9, awaitsAnswer: true }),
      ...[8, 7].map((id) => sampleRun({ id })),
    ];
    const list = listOf(
      () => runs,
      waiting.map(({ id }) => [id]),
    );
    const ids = list.neededAtOnce().map(({ id }) => id);
    expect(ids).toEqual([...Array.from({ length: 12 }, (_, index) => 111 - index), 51, 50, 9]);
    expect(list.some([8, 51, 3_000]).map(({ id }) => id)).toEqual([51, 50, 8]);
  });
});
