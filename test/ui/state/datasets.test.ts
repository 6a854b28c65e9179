// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, describe, expect, test, vi } from "vitest";
import type { DatasetView } from "../../../src-main/contract/dataset.ts";
import { DatasetsState } from "../../../src-renderer/entities/dataset/datasets.svelte.ts";
import { SystemFolders } from "../../../src-renderer/entities/dataset/system-folders.ts";
import { cifar, drawn } from "../../support/sample-views.ts";
import { type Answers, later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";
import { tabStorage } from "./tab-storage.ts";

afterEach(() => vi.unstubAllGlobals());

function opened(answers: Answers = {}) {
  const engine = scriptedEngine({ "data.stopScanning": () => null, ...answers });
  return { ...engine, datasets: new DatasetsState(engine.api, engine.connection) };
}

describe("the pictures when the page is opened", () => {
  test("are the latest that were looked at", async () => {
    const { datasets } = opened({ "data.recent": () => [cifar, drawn] });
    await datasets.load();
    expect([datasets.recent?.length, datasets.chosen?.id]).toEqual([2, cifar.id]);
  });

  test("are those that the tab had before it was loaded again", async () => {
    tabStorage();
    const answers = { "data.recent": () => [cifar, drawn] };
    const before = opened(answers);
    await before.datasets.load();
    before.datasets.choose(drawn);
    const after = opened(answers);
    await after.datasets.load();
    expect(after.datasets.chosen).toEqual(drawn);
  });

  test("are looked at again where the tab was loaded again while they were read", async () => {
    tabStorage();
    void opened({ "data.inspect": () => later().promise }).datasets.inspect(drawn.source);
    const { datasets, calls } = opened({ "data.recent": () => [cifar], "data.inspect": () => drawn });
    await datasets.load();
    await settled();
    expect(datasets.chosen).toEqual(drawn);
    expect(calls).toEqual([
      ["data.recent", undefined],
      ["data.inspect", { source: drawn.source }],
    ]);
  });

  test("are unknown where the engine did not say, with the reason, until it is asked again", async () => {
    const { datasets, answers } = opened({
      "data.recent": () => {
        throw refusal("The record cannot be read.");
      },
    });
    await datasets.load();
    expect([datasets.recent, datasets.recentError?.problem]).toEqual([null, "The record cannot be read."]);
    answers["data.recent"] = () => [cifar];
    await datasets.load();
    expect([datasets.chosen?.id, datasets.recentError]).toEqual([cifar.id, null]);
  });
});

describe("a look at pictures", () => {
  test("chooses nothing while it goes on, tells how far it is, and chooses what it found", async () => {
    const found = later<DatasetView>();
    const { datasets, emit } = opened({ "data.inspect": () => found.promise });
    datasets.choose(drawn);
    const looking = datasets.inspect(cifar.source);
    expect(datasets.chosen).toBeNull();
    emit({ kind: "scanning", path: "/pictures/cifar10-mini", done: 40, total: 100 });
    expect(datasets.scan).toEqual({ source: cifar.source, done: 40, total: 100 });
    found.resolve(cifar);
    await looking;
    expect([datasets.chosen, datasets.scan, datasets.recent]).toEqual([cifar, null, [cifar]]);
  });

  test("that failed leaves none chosen and says why, at which source", async () => {
    const { datasets } = opened({
      "data.inspect": () => {
        throw refusal("There is no such folder.");
      },
    });
    datasets.choose(drawn);
    await datasets.inspect(cifar.source);
    expect(datasets.chosen).toBeNull();
    expect(datasets.failure).toMatchObject({ source: cifar.source, error: { problem: "There is no such folder." } });
  });

  test("begun later makes the answer of an earlier one void, and ends it in the engine", async () => {
    const first = later<DatasetView>();
    const { datasets, calls } = opened({
      "data.inspect": (input: { source: unknown }) =>
        JSON.stringify(input.source) === JSON.stringify(cifar.source) ? first.promise : drawn,
    });
    const one = datasets.inspect(cifar.source);
    await settled();
    await datasets.inspect(drawn.source);
    first.resolve(cifar);
    await one;
    expect(datasets.chosen).toEqual(drawn);
    expect(calls.map(([path]) => path)).toEqual(["data.inspect", "data.stopScanning", "data.inspect"]);
  });

  test("that a person stops chooses nothing when it answers all the same", async () => {
    const found = later<DatasetView>();
    const { datasets, emit } = opened({ "data.inspect": () => found.promise });
    const looking = datasets.inspect(cifar.source);
    datasets.stopScanning();
    found.resolve(cifar);
    await looking;
    emit({ kind: "scanning", path: "/pictures/cifar10-mini", done: 50, total: 100 });
    expect([datasets.scan, datasets.chosen, datasets.failure]).toEqual([null, null, null]);
  });
});

test("a folder of the desktop's dialog is read on the Train page, and a browser has no dialog", async () => {
  const { datasets } = opened({ "data.inspect": () => cifar });
  const went: unknown[] = [];
  const router = { go: (route: unknown) => void went.push(route) };
  expect(new SystemFolders(null, router, datasets).choose("folder")).toBe(false);
  const asked: unknown[] = [];
  const desktop = {
    onEvent: () => () => {},
    call: async (call: unknown) => {
      asked.push(call);
      return "/pictures/cifar10-mini";
    },
  };
  // Only calls that answer with a path are made here.
  const folders = new SystemFolders(desktop as never, router, datasets);
  expect(folders.choose("file")).toBe(true);
  await settled();
  expect(datasets.chosen).toEqual(cifar);
  expect(went).toEqual([{ page: "train" }]);
  folders.noteRecent();
  expect(asked).toEqual([
    { kind: "choose-pictures", what: "file", start: null },
    { kind: "recent-folders", paths: ["/pictures/cifar10-mini"] },
  ]);
});
