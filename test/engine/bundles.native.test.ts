/** Runs in a bundle: nothing of the machine goes with them, and whatever a bundle says is refused unless all of it holds. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { RunView } from "../../src-main/contract/run.ts";
import type { BundleDocument, BundledRecord } from "../../src-main/contract/run-bundle.ts";
import { readPlace } from "../../src-main/datasets/containers/read-place.ts";
import { openZip } from "../../src-main/datasets/containers/zip.ts";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { type Packed, zip } from "../support/archives.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { writeWeightsOfRuns } from "../support/scenes/write-weights.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenOver } from "../support/with-engine.ts";

interface Parts {
  document: BundleDocument;
  record: BundledRecord;
  weights: Buffer;
}

const documentName = "bundle.json";
let original: RunView;
let parts: Parts;
/** As in a zip: whatever stands in it, unpacked. */
let everything: Buffer;
let home: string;
let folder: string;
let bundlePath: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strata-bundles-"));
  const paths = pathsOf(home);
  folder = writeFiles(join(home, "my pictures"), {
    ...(await pictures("cat", 12)),
    ...(await pictures("dog", 12, 60)),
  });
  const first = await startEngine({ paths });
  const { configuration, ...request } = requestFor(1);
  const { runIds } = await first.engine.scheduling.start({
    ...request,
    configuration: {
      ...configuration,
      dataset: { kind: "folder", path: folder },
      model: { id: "lenet5", inputPixels: 32, width: 1 },
    },
  });
  await whenOver(first.engine, runIds[0]!);
  await first.close();
  const store = openStore(paths.database);
  writeWeightsOfRuns(paths, store);
  store.close();

  const { engine, close } = await startEngine({ paths });
  original = engine.runs.get(runIds[0]!);
  bundlePath = join(home, "runs.zip");
  await engine.bundles.export(runIds, bundlePath);
  await close();
  const container = await openZip(bundlePath);
  const bytesOf = async (name: string) => {
    const place = await container.find(name);
    const bytes = "code" in place ? place : await readPlace(place);
    if (!(bytes instanceof Uint8Array)) throw new Error(`${name} cannot be read`);
    return Buffer.from(bytes);
  };
  const texts = await Promise.all([documentName, "runs/1/record.json"].map(bytesOf));
  parts = {
    document: JSON.parse(String(texts[0])),
    record: JSON.parse(String(texts[1])),
    weights: await bytesOf("runs/1/weights.safetensors"),
  };
  everything = Buffer.concat([...texts, parts.weights]);
});

afterAll(() => rmSync(home, { recursive: true }));

/** A second Strata, with nothing in it. */
async function elsewhere(): Promise<{ readonly engine: Engine; readonly weights: string }> {
  const { engine, paths, close } = await startEngine();
  onTestFinished(close);
  return { engine, weights: paths.weights };
}

/** A bundle of the same parts, changed; what the document says of them is true unless `isHonest` is false. */
function repacked(
  change: (parts: Parts) => void,
  { isHonest = true, names = {} as Record<string, string> } = {},
): string {
  const changed = { ...structuredClone({ ...parts, weights: null }), weights: Buffer.from(parts.weights) };
  change(changed);
  const { document, record, weights } = changed;
  const recordBytes = Buffer.from(JSON.stringify(record));
  const [run] = document.runs;
  const told = (bytes: Buffer) => ({
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  if (isHonest && run !== undefined) {
    Object.assign(run.record, told(recordBytes));
    if (run.weights !== null) Object.assign(run.weights, told(weights));
  }
  const files: Packed[] = [
    { name: documentName, bytes: Buffer.from(JSON.stringify(document)) },
    { name: "runs/1/record.json", bytes: recordBytes },
    { name: "runs/1/weights.safetensors", bytes: weights, method: 0 },
  ];
  const path = join(temporaryFolder(), "changed.zip");
  writeFileSync(path, zip(files.map((file) => ({ ...file, name: names[file.name] ?? file.name }))));
  return path;
}

it("nothing in a bundle says where things are on the machine that it is from", () => {
  expect(everything.includes("lenet5")).toBe(true);
  for (const place of [home, folder, "my pictures/"]) expect(everything.includes(place)).toBe(false);
});

describe("in another Strata", () => {
  it("a run arrives with all that is recorded of it, under a number of its own each time, and says that it came", async () => {
    const { engine } = await elsewhere();
    expect(await engine.bundles.import(bundlePath)).toEqual({
      ...{ runIds: [1], numbersThere: [original.id], withWeights: 1 },
      missingDatasets: ["my pictures"],
    });
    expect((await engine.bundles.import(bundlePath)).runIds).toEqual([2]);
    const [first, second] = [1, 2].map(engine.runs.get);
    const { test, validation, best, title, state, madeBy, epochsDone, dataset } = original;
    expect(first).toMatchObject({ test, validation, best, title, state, madeBy, epochsDone });
    expect(first!.dataset).toEqual({ ...dataset, id: second!.dataset.id });
    expect(first!.imported).toMatchObject({ number: original.id, version: "0.0.0" });
    expect(first!.isResumable).toBe(false);
    expect(engine.bundles.compareReplay(1, 2)).toMatchObject({ isSame: true, different: 0 });
    expect(engine.weights.pathOf(1, null)).not.toBe(engine.weights.pathOf(2, null));
  });

  it("is on the same pictures as runs of one's own once these have been opened, and not among the sets to open before", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    expect(engine.datasets.recent()).toEqual([]);
    const view = await engine.datasets.inspect({ kind: "folder", path: folder });
    const run = engine.runs.get(1);
    expect([run.dataset.id, run.configuration.dataset]).toEqual([view.id, view.source]);
    // From now on they are known at once.
    expect(await engine.bundles.import(bundlePath)).toMatchObject({ missingDatasets: [] });
    expect(engine.runs.get(2).dataset.id).toBe(view.id);
  });

  it("other pictures are not taken for its own", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    const others = writeFiles(temporaryFolder(), {
      ...(await pictures("cat", 12)),
      ...(await pictures("dog", 12, 90)),
    });
    const view = await engine.datasets.inspect({ kind: "folder", path: others });
    expect(engine.runs.get(1).dataset.id).not.toBe(view.id);
  });
});

const series = (record: BundledRecord) => record.series[0]!;
const hostile: Readonly<Record<string, (parts: Parts) => void>> = {
  "a number that is none": ({ record }) => {
    Object.assign(series(record).values, { 0: null });
  },
  "a column that is shorter": ({ record }) => void series(record).steps.pop(),
  "a step twice": ({ record }) => {
    series(record).steps[1] = series(record).steps[0]!;
  },
  "a series twice": ({ record }) => void record.series.push(series(record)),
  "a class that there is not": ({ record }) => {
    record.answers[0]!.answers[0] = 99;
  },
  "a confidence above one": ({ record }) => {
    record.answers[0]!.confidences[0] = 1.5;
  },
  "a run on a data set that is not there": ({ document }) => {
    document.runs[0]!.dataset = 3;
  },
  "a part whose name leads out": ({ document }) => {
    document.runs[0]!.record.name = "../../strata.sqlite";
  },
  "a key that nobody knows": ({ document }) => void Object.assign(document, { command: "rm" }),
  "a fingerprint that is none": ({ document }) => {
    document.datasets[0]!.fingerprint = "x";
  },
  "weights of another width": ({ document }) => {
    document.runs[0]!.configuration.model.width = 0.5;
  },
  "a setting out of its bounds": ({ document }) => {
    document.runs[0]!.configuration.training.epochs = -1;
  },
  "an end that leaves a run going": ({ document }) => {
    Object.assign(document.runs[0]!.facts, { endReason: null });
  },
};

describe("whole or not at all", () => {
  const refused = async (path: string): Promise<string> => {
    const { engine, weights } = await elsewhere();
    const error = await engine.bundles.import(path).then(
      () => "imported",
      ({ code }) => code,
    );
    const left = existsSync(weights) ? readdirSync(weights) : [];
    expect([engine.runs.list(), left]).toEqual([[], []]);
    return error;
  };

  it.each(Object.entries(hostile))("%s is refused, and leaves nothing behind", async (_, change) => {
    expect(await refused(repacked(change))).toBe("bundle.damaged");
  });

  it("parts that are not what the document says are refused", async () => {
    const change = ({ record }: Parts) => {
      series(record).values[0] = 0.5;
    };
    expect(await refused(repacked(change, { isHonest: false }))).toBe("bundle.damaged");
    const flipped = ({ weights }: Parts) => void weights.writeUInt8(weights.at(-1)! ^ 1, weights.length - 1);
    expect(await refused(repacked(flipped, { isHonest: false }))).toBe("bundle.damaged");
  });

  it("weights that are no numbers are refused of a run that ended well", async () => {
    const change = ({ weights }: Parts) => void weights.writeFloatLE(Number.NaN, weights.length - 4);
    expect(await refused(repacked(change))).toBe("bundle.damaged");
  });

  it("a missing part, a file that leads out, a later version, another zip and no zip are said as what they are", async () => {
    const same = () => {};
    expect(await refused(repacked(same, { names: { "runs/1/record.json": "elsewhere" } }))).toBe("bundle.damaged");
    expect(await refused(repacked(same, { names: { [documentName]: "../bundle.json" } }))).toBe("archive.outside");
    expect(await refused(repacked(same, { names: { [documentName]: "other.json" } }))).toBe("bundle.foreign");
    expect(await refused(repacked(({ document }) => void Object.assign(document, { formatVersion: 2 })))).toBe(
      "bundle.newer",
    );
    const path = join(temporaryFolder(), "text.zip");
    writeFileSync(path, "no zip");
    expect(await refused(path)).toBe("archive.damaged");
    expect(await refused(`${path}.gone`)).toBe("bundle.not-found");
  });

  it("a bundle that names other labels for pictures that are here is refused", async () => {
    const { engine } = await elsewhere();
    await engine.datasets.inspect({ kind: "folder", path: folder });
    const change = ({ record }: Parts) => {
      record.answers[0]!.labels[0] = 1 - record.answers[0]!.labels[0]!;
    };
    await expect(engine.bundles.import(repacked(change))).rejects.toMatchObject({ code: "bundle.damaged" });
    expect(engine.runs.list()).toEqual([]);
  });
});

it("a run that may go on is not exported", async () => {
  const { engine } = await elsewhere();
  const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
  await expect(engine.bundles.export(runIds, join(temporaryFolder(), "a.zip"))).rejects.toMatchObject({
    code: "bundle.unfinished",
  });
});
