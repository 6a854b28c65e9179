import { describe, expect, test } from "vitest";
import { type Batch, type EpochPlan, epochBatches, usableExamples } from "../../src-main/batches/batcher.ts";
import { epochOrder } from "../../src-main/batches/epoch-order.ts";
import type { Example } from "../../src-main/datasets/example.ts";

const examples = Array.from(
  { length: 10 },
  (_, index): Example => ({ index, name: String(index), label: index % 3, split: "train", contentHash: String(index) }),
);
/** Pixels that say whose they are: one pixel a picture, with the example's index in each channel. */
const intact = { inputPixels: 1, known: async () => {}, isSkipped: () => false };
const cache = {
  ...intact,
  read: async (indexes: ArrayLike<number>, into: Uint8Array) => {
    for (let place = 0; place < indexes.length; place++) into.fill(indexes[place] ?? 0, place * 3, place * 3 + 3);
  },
};
const plan: EpochPlan = { examples, cache, batchSize: 4, seed: 1, epoch: 1, augmentation: null, shuffle: true };

async function all(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

test("an order is the same for the same seed and epoch, and another for another", () => {
  expect([...epochOrder(10, 1, 1)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(epochOrder(10, 1, 1)).toEqual(epochOrder(10, 1, 1));
  expect(epochOrder(10, 1, 2)).not.toEqual(epochOrder(10, 1, 1));
  expect(epochOrder(10, 2, 1)).not.toEqual(epochOrder(10, 1, 1));
});

test("every example comes once, with its own pixels and label, and the last batch holds what is left", async () => {
  const batches = await all(epochBatches(plan));
  expect(batches.map(({ count }) => count)).toEqual([4, 4, 2]);
  expect(batches.flatMap((batch) => [...batch.examples])).toEqual([...epochOrder(10, 1, 1)]);
  for (const { examples: indexes, labels, pixels } of batches) {
    expect([...labels]).toEqual(Array.from(indexes, (index) => index % 3));
    expect([...pixels]).toEqual(Array.from(indexes).flatMap((index) => [index, index, index]));
  }
});

test("a last batch is filled up with the pictures that the epoch began with, which it does not count, or is dropped", async () => {
  const order = [...epochOrder(10, 1, 1)];
  const filled = await all(epochBatches({ ...plan, lastBatch: "filled up" }));
  expect(filled.map(({ count }) => count)).toEqual([4, 4, 2]);
  expect(filled.map(({ examples: indexes }) => [...indexes])).toEqual([
    order.slice(0, 4),
    order.slice(4, 8),
    [...order.slice(8), ...order.slice(0, 2)],
  ]);
  expect(filled[2]!.pixels.length).toBe(12);
  const dropped = await all(epochBatches({ ...plan, lastBatch: "dropped" }));
  expect(dropped.map(({ examples: indexes }) => [...indexes])).toEqual([order.slice(0, 4), order.slice(4, 8)]);
  const whole = await all(epochBatches({ ...plan, batchSize: 5, lastBatch: "filled up" }));
  expect(whole.map(({ count, examples: indexes }) => [count, indexes.length])).toEqual([
    [5, 5],
    [5, 5],
  ]);
  const goingOn = { ...plan, lastBatch: "filled up", skippedBatches: 2 } as const;
  expect((await all(epochBatches(goingOn))).map(({ examples: indexes }) => [...indexes])).toEqual([
    [...order.slice(8), ...order.slice(0, 2)],
  ]);
});

test("without shuffling the order is that of the list, and a subset keeps its indexes", async () => {
  const [first] = await all(epochBatches({ ...plan, shuffle: false, examples: [examples[7]!, examples[2]!] }));
  expect([[...(first?.examples ?? [])], first?.count]).toEqual([[7, 2], 2]);
});

test("the order does not depend on the batch size, and nothing comes of no examples", async () => {
  const order = (batches: Batch[]) => batches.flatMap((batch) => [...batch.examples]);
  expect(order(await all(epochBatches({ ...plan, batchSize: 3 })))).toEqual(order(await all(epochBatches(plan))));
  expect(await all(epochBatches({ ...plan, examples: [] }))).toEqual([]);
});

test("augmentation sees the same picture in the same way whatever the batch size", async () => {
  const wide = { ...plan, augmentation: { flip: true, cropPaddingPixels: 1 } };
  const byExample = async (batchSize: number) =>
    new Map(
      (await all(epochBatches({ ...wide, batchSize }))).flatMap(({ examples: indexes, pixels }) =>
        Array.from(indexes, (index, place) => [index, pixels[place * 3]] as const),
      ),
    );
  const [few, many] = [await byExample(3), await byExample(10)];
  for (const { index } of examples) expect(few.get(index)).toBe(many.get(index));
  // Of nine places of a single pixel only the middle one shows it.
  expect([...few.values()].filter((value) => value === 0).length).toBeGreaterThan(3);
});

test("where classes are balanced, a picture that comes again is augmented anew, alike for any batch size and from any batch on", async () => {
  // One picture of class 1 among nine of class 0 comes five times.
  const uneven = examples.map((example) => ({ ...example, label: example.index === 4 ? 1 : 0 }));
  const balanced: EpochPlan = {
    ...{ ...plan, examples: uneven, shuffle: "balanced" },
    augmentation: { flip: true, cropPaddingPixels: 1 },
  };
  const shown = async (changes: Partial<EpochPlan>) =>
    (await all(epochBatches({ ...balanced, ...changes }))).flatMap(({ examples: indexes, pixels }) =>
      Array.from(indexes, (index, place) => [index, pixels[place * 3]] as const),
    );
  const whole = await shown({ batchSize: 10 });
  expect(whole.filter(([index]) => index === 4)).toHaveLength(5);
  // Of nine places of a single pixel only the middle one shows it: in some of ten epochs some of the five do, and some do not.
  const epochs = await Promise.all(Array.from({ length: 10 }, (_, epoch) => shown({ epoch, batchSize: 10 })));
  const kinds = epochs.map((one) => new Set(one.filter(([index]) => index === 4).map(([, pixel]) => pixel)).size);
  expect(Math.max(...kinds)).toBe(2);
  expect(await shown({ batchSize: 3 })).toEqual(whole);
  expect(await shown({ batchSize: 3, skippedBatches: 2 })).toEqual(whole.slice(6));
});

test("a failed read ends the epoch with its reason, also when it happens ahead of time", async () => {
  let reads = 0;
  const failing = {
    ...intact,
    read: async () => {
      if (++reads === 2) throw new Error("the disk is gone");
    },
  };
  const counts: number[] = [];
  const use = async () => {
    for await (const batch of epochBatches({ ...plan, cache: failing })) {
      counts.push(batch.count);
      await new Promise(setImmediate);
    }
  };
  await expect(use()).rejects.toThrow("the disk is gone");
  expect(counts).toEqual([4]);
});

test("leaving early waits for the read that is under way", async () => {
  let reading = 0;
  const slow = {
    ...intact,
    read: async () => {
      reading++;
      await new Promise(setImmediate);
      reading--;
    },
  };
  for await (const _ of epochBatches({ ...plan, cache: slow })) break;
  expect(reading).toBe(0);
});

describe("with broken pictures", () => {
  const order = Array.from(epochOrder(10, 1, 1));
  const broken = (places: readonly number[]) => {
    const indexes = new Set(places.map((place) => order[place]));
    return { ...cache, isSkipped: (index: number) => indexes.has(index) };
  };
  const shown = async (places: readonly number[], lastBatch: EpochPlan["lastBatch"]) =>
    (await all(epochBatches({ ...plan, cache: broken(places), lastBatch }))).map(({ examples: indexes, count }) => [
      Array.from(indexes, (index) => order.indexOf(index)),
      count,
    ]);

  test("there are as many batches, filled up with the first pictures that are not, which they do not count", async () => {
    expect(await shown([0, 5, 9], "filled up")).toEqual([
      [[1, 2, 3, 1], 3],
      [[4, 6, 7, 1], 3],
      [[8, 1, 2, 3], 1],
    ]);
    expect(await shown([0, 5, 9], "dropped")).toEqual([
      [[1, 2, 3, 1], 3],
      [[4, 6, 7, 1], 3],
    ]);
  });

  test("a batch without any other is empty, and one picture can fill up all", async () => {
    expect(await shown([4, 5, 6, 7], "filled up")).toEqual([
      [[0, 1, 2, 3], 4],
      [[], 0],
      [[8, 9, 0, 1], 2],
    ]);
    expect(await shown([0, 1, 2, 3, 4, 6, 7, 8, 9], "filled up")).toEqual([
      [[], 0],
      [[5, 5, 5, 5], 1],
      [[], 0],
    ]);
  });

  test("a batch that is not filled up has those that are left", async () => {
    expect(await shown([0, 5, 9], "short")).toEqual([
      [[1, 2, 3], 3],
      [[4, 6, 7], 3],
      [[8], 1],
    ]);
  });

  test("which they are is asked of each only once it is known", async () => {
    const asked: number[] = [];
    const told = {
      ...broken([0]),
      known: async (indexes: ArrayLike<number>) => void asked.push(...Array.from(indexes)),
    };
    const isSkipped = (index: number) => {
      expect(asked).toContain(index);
      return told.isSkipped(index);
    };
    await all(epochBatches({ ...plan, cache: { ...told, isSkipped }, lastBatch: "filled up" }));
    expect(new Set(asked)).toEqual(new Set(order));
  });
});

test("broken pictures are not usable, whatever their place", () => {
  const isSkipped = (index: number) => index === 3;
  expect(usableExamples(examples, { isSkipped }).map(({ index }) => index)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
});
