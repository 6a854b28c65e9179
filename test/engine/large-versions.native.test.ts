/** A version of very many changes, as a page asks for it. */
import { resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { AskedEdit } from "../../src-main/contract/dataset-version.ts";
import { textOfNumbers } from "../../src-main/domain/versions/picture-numbers.ts";
import { refuseLargeInput } from "../../src-main/engine/calls/bounded-input.ts";
import { createDatasetVersions } from "../../src-main/engine/datasets/dataset-versions.ts";
import { createFeed } from "../../src-main/engine/feed/feed.ts";
import { createReaders } from "../../src-main/engine/readers/readers.ts";
import { systemClock } from "../../src-main/platform/clock.ts";
import { mostBodyBytes } from "../../src-main/server/api.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { largeDataset } from "../support/large-dataset.ts";

function versionsOf(pictures: number) {
  const dataset = largeDataset(pictures);
  const store = openStore(":memory:");
  const readers = createReaders();
  onTestFinished(() => {
    readers.close();
    store.close();
  });
  const view = store.datasets.record(dataset, "2026-01-01T00:00:00.000Z");
  const none = () => Promise.reject(new Error("not asked for"));
  const datasets = {
    ...{ inspect: none, scanPixels: none, pixelScan: () => null, openFor: none, recent: () => [], pictures: () => [] },
    open: async () => ({ view, dataset }),
  };
  const feed = createFeed({ snapshot: none as never });
  const versions = createDatasetVersions({
    ...{ store, datasets, readers, feed, clock: systemClock, signal: new AbortController().signal },
  });
  return { view, dataset, store, versions };
}

/** With a drive, on Windows. */
const folder = resolve("/pictures");

it("takes 50,000 pictures at once, in a request that the engine accepts", async () => {
  const { view, dataset, store, versions } = versionsOf(100_000);
  const odd = dataset.examples.flatMap(({ index }) => (index % 2 === 1 && index !== 9 ? index : []));
  const edits: AskedEdit[] = [
    { kind: "move", pictures: { datasetId: view.id, numbers: textOfNumbers(odd) }, split: "test" },
  ];
  const from = { kind: "folder", path: folder } as const;
  const request = { from, edits, author: "me", note: "half" };
  expect(JSON.stringify(request).length).toBeLessThan(mostBodyBytes);
  expect(() => refuseLargeInput(request)).not.toThrow();

  const version = await versions.save(request);
  expect(version.edits).toEqual([{ kind: "move", pictures: 49_999, split: "test" }]);
  const [recorded] = store.versions.toOpen(folder, version.key).edits;
  if (recorded?.kind !== "move") throw new Error("another edit was recorded");
  const { name, contentHash } = dataset.examples[99_999]!;
  expect(recorded.pictures.at(-1)).toEqual({ name, contentHash });
  expect(recorded.pictures).toHaveLength(49_999);
});

it.each([
  ["of another data set", 1, "0", "data.changed"],
  ["that are not there", 0, "100000", "request.invalid"],
])("refuses pictures %s", async (_, other, numbers, code) => {
  const { view, versions } = versionsOf(100);
  const edits: AskedEdit[] = [{ kind: "exclude", pictures: { datasetId: view.id + other, numbers } }];
  const asked = { from: { kind: "folder", path: folder } as const, edits, author: "me", note: "" };
  await expect(versions.save(asked)).rejects.toMatchObject({ code });
});
