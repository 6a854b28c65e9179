/** Runs that were paused go to another Strata with what they go on from, and come there to what they would have come to here. */
import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { BundleDocument } from "../../src-main/contract/run-bundle.ts";
import { readPlace } from "../../src-main/datasets/containers/read-place.ts";
import { openZip } from "../../src-main/datasets/containers/zip.ts";
import { zip } from "../support/archives.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const environment = { STRATA_THREADS: "1" };
let here: TestEngine;
let runIds: readonly number[];
let folder: string;
let file: string;

beforeAll(async () => {
  here = await startEngine({ trainerEntry: undefined, trainerEnvironment: environment });
  folder = writeFiles(join(here.paths.home, "two kinds"), {
    ...(await pictures("cat", 40)),
    ...(await pictures("dog", 40, 60)),
  });
  const { configuration, ...request } = requestFor(1, {
    pair: { setting: "smoothing", values: [0, 0.1] },
    training: { epochs: 12, averageDecay: 0.9 },
  });
  ({ runIds } = await here.engine.scheduling.start({
    ...request,
    configuration: {
      ...configuration,
      dataset: { kind: "folder", path: folder },
      model: { id: "lenet5", inputPixels: 32, width: 1 },
    },
  }));
  await whenAtStep(here.engine, runIds[0]!, 3);
  here.engine.scheduling.pause(runIds[0]!);
  const [run] = await Promise.all(runIds.map((runId) => whenOver(here.engine, runId)));
  expect(run).toMatchObject({ state: "paused" });
  file = join(here.paths.home, "paused.zip");
  await here.engine.bundles.export(runIds, file, { withCheckpoints: true });
});
afterAll(() => here.close());

async function elsewhere(): Promise<TestEngine> {
  const there = await startEngine({ trainerEntry: undefined, trainerEnvironment: environment });
  onTestFinished(there.close);
  return there;
}

it("they go on there, on the same pictures in another folder, to the same values to the last bit", async () => {
  const { engine } = await elsewhere();
  expect(await engine.bundles.import(file)).toMatchObject({ runIds: [1, 2], withCheckpoints: 2 });
  expect(engine.runs.get(2)).toMatchObject({
    state: "paused",
    isResumable: true,
    checkpoint: { step: expect.any(Number) },
  });
  const copied = join(temporaryFolder(), "elsewhere");
  cpSync(folder, copied, { recursive: true });
  await engine.datasets.inspect({ kind: "folder", path: copied });
  const goOn = async (on: typeof engine, ids: readonly number[]) => {
    await on.scheduling.resume(ids[0]!);
    return Promise.all(ids.map((runId) => whenOver(on, runId)));
  };
  const [ofHere, ofThere] = [await goOn(here.engine, runIds), await goOn(engine, [1, 2])];
  for (const [arm, run] of ofThere.entries()) {
    expect(run).toMatchObject({ state: "finished", epochsDone: 12, resumed: { error: null } });
    expect(run.resumed!.step).toBe(ofHere[arm]!.resumed!.step);
    const { test, validation, best } = ofHere[arm]!;
    expect(run).toMatchObject({ test, validation, best });
    // How fast it went is the machine's.
    const series = (on: typeof engine, runId: number) =>
      on.runs
        .series({ runIds: [runId] })
        .filter(({ metric }) => metric !== "imagesPerSecond")
        .map(({ runId: _, ...values }) => values);
    expect(series(engine, run.id).length).toBeGreaterThan(10);
    expect(series(engine, run.id)).toEqual(series(here.engine, ofHere[arm]!.id));
  }
}, 240_000);

it("without its state, or without its arm-mate, a run that may go on is not exported", async () => {
  const to = () => join(temporaryFolder(), "refused.zip");
  const { engine } = await elsewhere();
  await engine.bundles.import(file);
  await expect(engine.bundles.export([1, 2], to())).rejects.toMatchObject({ code: "bundle.unfinished" });
  await expect(engine.bundles.export([1], to(), { withCheckpoints: true })).rejects.toMatchObject({
    code: "bundle.not-shareable",
    problem: expect.stringContaining("run 1 goes on together with run 2"),
  });
  expect(await engine.bundles.export([1, 2], to(), { withCheckpoints: true })).toMatchObject({ withCheckpoints: 2 });
});

it("nothing of it says where the pictures are", async () => {
  for (const { bytes } of (await contents()).values()) expect(bytes.includes(folder)).toBe(false);
});

/** Whatever the bundle has, by name, unpacked. */
async function contents(): Promise<Map<string, { readonly bytes: Buffer; readonly isStored: boolean }>> {
  const container = await openZip(file);
  const read = async (name: string) => {
    const place = await container.find(name);
    const bytes = "code" in place ? place : await readPlace(place);
    if ("code" in place || !(bytes instanceof Uint8Array)) throw new Error(`${name} cannot be read`);
    return { bytes: Buffer.from(bytes), isStored: place.inflatedBytes === null };
  };
  const all = new Map([["bundle.json", await read("bundle.json")]]);
  const { runs, states }: BundleDocument = JSON.parse(String(all.get("bundle.json")!.bytes));
  const parts = [
    ...runs.flatMap(({ record, weights, logits }) => [record, weights, ...logits.map(({ part }) => part)]),
    ...states.flatMap(({ manifest, arms }) => [manifest, ...arms]),
  ];
  for (const part of parts) if (part !== null) all.set(part.name, await read(part.name));
  return all;
}

/** The bundle with something else in it. */
async function changedBundle(change: (files: Files) => void): Promise<string> {
  const all = await contents();
  const files: Files = new Map([...all].map(([name, { bytes }]) => [name, bytes]));
  change(files);
  const to = join(temporaryFolder(), "changed.zip");
  const packed = [...files].map(([name, bytes]) => ({ name, bytes, ...(all.get(name)?.isStored && { method: 0 }) }));
  writeFileSync(to, zip(packed));
  return to;
}

type Files = Map<string, Buffer>;
const inDocument = (files: Files, change: (document: BundleDocument) => void): void => {
  const document = JSON.parse(String(files.get("bundle.json")));
  change(document);
  files.set("bundle.json", Buffer.from(JSON.stringify(document)));
};
const hostile: Readonly<Record<string, (files: Files) => void>> = {
  "a state that is another's by its bytes": (files) => {
    const arm = files.get("states/1/arm-0.safetensors")!;
    arm.writeUInt8(arm.at(-1)! ^ 1, arm.length - 1);
  },
  "arms that are exchanged": (files) =>
    inDocument(files, ({ states: [state] }) => {
      state!.arms.reverse();
    }),
  "a manifest of another step": (files) =>
    inDocument(files, ({ states: [state] }) => {
      state!.step++;
    }),
  "a run that may go on from nothing": (files) =>
    inDocument(files, (document) => {
      document.states = [];
    }),
  "a state of a run that there is not": (files) =>
    inDocument(files, ({ states: [state] }) => {
      state!.runs[1] = 7;
    }),
  "one run's state twice": (files) =>
    inDocument(files, ({ states: [state] }) => {
      state!.runs[1] = 0;
    }),
};

it.each(Object.entries(hostile))("%s is refused, and leaves nothing behind", async (_, change) => {
  const { engine, paths } = await elsewhere();
  const path = await changedBundle(change);
  await expect(engine.bundles.import(path)).rejects.toMatchObject({ code: "bundle.damaged" });
  const left = existsSync(paths.checkpoints) ? readdirSync(paths.checkpoints) : [];
  expect([engine.runs.list(), left]).toEqual([[], []]);
});
