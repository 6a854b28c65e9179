/** Runs in a bundle: nothing of the machine goes with them, and whatever a bundle says is refused unless all of it holds. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { DatasetVersionView } from "../../src-main/contract/dataset-version.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import type { BundleDocument, BundledRecord } from "../../src-main/contract/run-bundle.ts";
import { readPlace } from "../../src-main/datasets/containers/read-place.ts";
import { openZip } from "../../src-main/datasets/containers/zip.ts";
import { singleRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { type Packed, zip } from "../support/archives.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { writeWeightsOfRuns } from "../support/scenes/write-weights.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenOver } from "../support/with-engine.ts";

interface Parts {
  document: BundleDocument;
  record: BundledRecord;
  weights: Buffer;
  /** Of the test pictures. */
  logits: Buffer;
  /** Changes of its pictures' version. */
  edits: Buffer;
}

const documentName = "bundle.json";
const logitsName = "runs/1/logits-test.bin";
const editsName = "versions/1.json";
let original: RunView;
let version: DatasetVersionView;
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
  const onDisk = { kind: "folder", path: folder } as const;
  const { dataset: seen } = await first.engine.datasets.open(onDisk);
  const wrong = seen.examples.filter(({ split, label }) => split === "train" && label === 0).slice(0, 2);
  version = await first.engine.versions.save({
    ...{ from: onDisk, author: "Ada", note: "two cats are dogs" },
    edits: [{ kind: "relabel", pictures: wrong.map(({ name }) => name), className: "dog" }],
  });
  const { runIds } = await first.engine.scheduling.start({
    ...request,
    configuration: {
      ...configuration,
      dataset: version.source,
      model: { id: "lenet5", inputPixels: 32, width: 1 },
    },
  });
  await whenOver(first.engine, runIds[0]!);
  await first.close();
  const store = openStore(paths.database);
  writeWeightsOfRuns(paths, store);
  keepLogits(store, runIds[0]!);
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
  const texts = await Promise.all([documentName, "runs/1/record.json", editsName].map(bytesOf));
  parts = {
    document: JSON.parse(String(texts[0])),
    record: JSON.parse(String(texts[1])),
    weights: await bytesOf("runs/1/weights.safetensors"),
    logits: await bytesOf(logitsName),
    edits: texts[2]!,
  };
  everything = Buffer.concat([...texts, parts.weights]);
});

/** As training keeps them, of the test pictures that were answered. */
function keepLogits(store: Store, runId: number): void {
  const answered = store.bundles.record(runId).answers.find(({ split }) => split === "test")!;
  const { examples, labels } = answered;
  store.logits.put(runId, "test", {
    ...{ epoch: original?.epochsDone ?? 1, classes: 2 },
    examples: Int32Array.from(examples),
    labels: Int32Array.from(labels),
    logits: Float32Array.from({ length: 2 * labels.length }, (_, at) => Math.sin(at)),
  });
}

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
  const { weights: w, logits: l, edits: e, ...json } = parts;
  const changed = { ...structuredClone(json), weights: Buffer.from(w), logits: Buffer.from(l), edits: Buffer.from(e) };
  change(changed);
  const { document, record, weights, logits, edits } = changed;
  const recordBytes = Buffer.from(JSON.stringify(record));
  const [run] = document.runs;
  const told = (bytes: Buffer) => ({
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  if (isHonest && run !== undefined) {
    Object.assign(run.record, told(recordBytes));
    if (run.weights !== null) Object.assign(run.weights, told(weights));
    if (run.logits?.[0]) Object.assign(run.logits[0].part, told(logits));
    if (document.versions?.[0]) Object.assign(document.versions[0].edits, told(edits));
  }
  const files: Packed[] = [
    { name: documentName, bytes: Buffer.from(JSON.stringify(document)) },
    { name: "runs/1/record.json", bytes: recordBytes },
    { name: "runs/1/weights.safetensors", bytes: weights, method: 0 },
    { name: logitsName, bytes: logits },
    { name: editsName, bytes: edits },
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
      ...{ runIds: [1], numbersThere: [original.id], withWeights: 1, withCheckpoints: 0 },
      missingDatasets: ["my pictures, version 1 “two cats are dogs”"],
    });
    expect((await engine.bundles.import(bundlePath)).runIds).toEqual([2]);
    // Its network was tested on these pictures, wherever that was.
    expect(parts.record.evaluations.filter(({ split }) => split === "test")).toHaveLength(1);
    expect(engine.runs.testLooks(2)).toBe(1);
    const [first, second] = [1, 2].map(engine.runs.get);
    const { test, validation, best, title, state, madeBy, epochsDone, dataset } = original;
    expect(first).toMatchObject({ test, validation, best, title, state, madeBy, epochsDone });
    expect(first!.dataset).toEqual({ ...dataset, id: second!.dataset.id });
    expect(first!.imported).toMatchObject({ number: original.id, version: "0.0.0" });
    expect(first!.isResumable).toBe(false);
    expect(parts.record.times.steps).toEqual([1, 4, 5, 8]);
    expect(engine.runs.times([1])).toEqual([
      { runId: 1, steps: parts.record.times.steps, trainingMillis: [500, 2_000, 2_500, 4_000] },
    ]);
    expect(engine.bundles.compareReplay(1, 2)).toMatchObject({ isSame: true, different: 0 });
    expect(engine.weights.pathOf(1, null)).not.toBe(engine.weights.pathOf(2, null));
  });

  it("is on the same pictures as runs of one's own once these have been opened, and not among the sets to open before", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    expect(engine.datasets.recent()).toEqual([]);
    const view = await engine.datasets.inspect(version.source);
    const run = engine.runs.get(1);
    expect([run.dataset.id, run.configuration.dataset]).toEqual([view.id, view.source]);
    // From now on they are known at once.
    expect(await engine.bundles.import(bundlePath)).toMatchObject({ missingDatasets: [] });
    expect(engine.runs.get(2).dataset.id).toBe(view.id);
  });

  it("its test pictures were looked at once, however many evaluations there are, and not again where it came from", async () => {
    const { engine } = await elsewhere();
    const { numbersThere } = await engine.bundles.import(
      repacked(({ record }) => {
        const tested = record.evaluations.find(({ split }) => split === "test")!;
        record.evaluations.push({ ...tested, epoch: tested.epoch - 1, step: tested.step - 1 });
      }),
    );
    expect([numbersThere, engine.runs.testLooks(1)]).toEqual([[original.id], 1]);
    await engine.bundles.import(
      repacked(({ document }) => void Object.assign(document.runs[0]!.facts, { initialWeightsHash: "a".repeat(64) })),
    );
    expect(engine.runs.testLooks(1)).toBe(2);
    const { engine: same, close } = await startEngine({ paths: pathsOf(home) });
    onTestFinished(close);
    const before = same.runs.testLooks(original.id);
    const { runIds } = await same.bundles.import(bundlePath);
    expect([same.runs.get(runIds[0]!).dataset.id, same.runs.testLooks(original.id)]).toEqual([
      original.dataset.id,
      before,
    ]);
  });

  it("logits arrive to the last bit, so that Calibration says the same", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    const again = join(temporaryFolder(), "again.zip");
    await engine.bundles.export([1], again);
    const container = await openZip(again);
    const place = await container.find(logitsName);
    expect(Buffer.from((await readPlace(place as Exclude<typeof place, { code: string }>)) as Uint8Array)).toEqual(
      parts.logits,
    );
  });

  it("a version of the pictures arrives: a folder with these pictures is opened as it, and is known by it from then on", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    const { dataset } = engine.runs.get(1).configuration;
    expect(dataset).toMatchObject({ version: version.key });
    const copied = join(temporaryFolder(), "copied");
    cpSync(folder, copied, { recursive: true });
    expect(engine.versions.list(copied)).toEqual([]);
    const view = await engine.datasets.inspect({ ...version.source, path: copied });
    expect(view.fingerprint).toBe((await engine.datasets.open({ ...version.source, path: copied })).view.fingerprint);
    expect(engine.runs.get(1).dataset.id).toBe(view.id);
    expect(engine.versions.list(copied)).toMatchObject([
      { key: version.key, number: 1, author: "Ada", note: "two cats are dogs" },
    ]);
    // The changes hold, and are not those of the files as they lie.
    const plain = await engine.datasets.inspect({ kind: "folder", path: copied });
    const trained = ({ classes }: typeof plain, name: string) => classes.find((one) => one.name === name)!.train;
    expect(trained(view, "dog")).toBe(trained(plain, "dog") + 2);
  });

  it("what an earlier Strata wrote, without logits and versions, is taken as before", async () => {
    const { engine } = await elsewhere();
    const earlier = repacked(({ document }) => {
      document.formatVersion = 1;
      Reflect.deleteProperty(document, "versions");
      for (const run of document.runs) Reflect.deleteProperty(run, "logits");
    });
    expect(await engine.bundles.import(earlier)).toMatchObject({ runIds: [1] });
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
  "times of unequal length": ({ record }) => void record.times.steps.pop(),
  "a time that is no date": ({ record }) => {
    record.times.recordedAtMillis[0] = 9e15;
  },
  "a series twice": ({ record }) => void record.series.push(series(record)),
  "a cell of the confusion with nothing in it": ({ record }) => {
    record.evaluations[0]!.confusion[0]![2] = 0;
  },
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
  "a folder of this machine": ({ document }) => {
    Object.assign(document.runs[0]!.configuration.dataset, { path: "/home/someone/pictures" });
  },
  "an experiment on a share of another machine": ({ document }) => {
    const configuration = structuredClone(document.runs[0]!.configuration);
    Object.assign(configuration.dataset, { path: "\\\\elsewhere\\share" });
    document.experiments.push({ request: singleRun(configuration), createdAt: document.exportedAt });
  },
  "an experiment that varies the optimiser by what is none": ({ document }) => {
    const request = { ...singleRun(structuredClone(document.runs[0]!.configuration)) };
    const factor = { setting: "optimizer", values: [{ kind: "sgd" }, { kind: "none" }], isBlocked: false };
    document.experiments.push({ request: { ...request, factors: [factor] }, createdAt: document.exportedAt });
  },
  "two classes of one name": ({ document }) => {
    document.datasets[0]!.classes[1]!.name = document.datasets[0]!.classes[0]!.name;
  },
  "a loss that float32 cannot hold": ({ record }) =>
    void record.series.find(({ metric }) => metric === "hardLoss")!.values.splice(0, 1, 1e39),
  "weights that are none": ({ weights }) => void weights.write("no JSON", 8),
  "weights of another shape": ({ weights }) => void weights.write("[3,5,5,", weights.indexOf("[5,5,3,")),
  "a weight of another name": ({ weights }) => void weights.write("a-bias", weights.indexOf('/bias"') - 1),
  "a setting out of its bounds": ({ document }) => {
    document.runs[0]!.configuration.training.epochs = -1;
  },
  "logits that are no numbers": ({ logits }) => void logits.writeFloatLE(Number.NaN, logits.length - 4),
  "logits of a class that there is not": ({ document, logits }) =>
    void logits.writeInt32LE(7, 4 * document.runs[0]!.logits[0]!.pictures),
  "logits of other pictures than the answers": ({ logits }) => void logits.writeInt32LE(9_999, 0),
  "logits of more pictures than there are": ({ document }) => {
    document.runs[0]!.logits[0]!.pictures++;
  },
  "two sets of logits on one split": ({ document }) => {
    document.runs[0]!.logits.push(document.runs[0]!.logits[0]!);
  },
  "changes that are not those of the version": ({ edits }) => void edits.write("cat", edits.indexOf("dog")),
  "changes that are none": ({ document, edits }) => {
    edits.write("#", 0);
    document.versions[0]!.parentKey = null;
  },
  "a version of a folder of this machine": ({ document }) => {
    document.versions[0]!.source.path = "/home/someone/pictures";
  },
  "a version that was made from one that is not in it": ({ document }) => {
    document.versions[0]!.parentKey = "0".repeat(64);
  },
  "times that run backwards": ({ record }) => void record.times.trainingMillis.reverse(),
  "steps of times that run backwards": ({ record }) => void record.times.steps.reverse(),
  "a time that nobody trains for": ({ record }) => void record.times.trainingMillis.splice(-1, 1, 9e15),
  "a time after the last step": ({ record }) => void record.times.steps.splice(-1, 1, 1_000),
  "a value after the last step": ({ record }) => void series(record).steps.splice(-1, 1, 1_000),
  "an evaluation after the last step": ({ record }) => void Object.assign(record.evaluations[0]!, { step: 1_000 }),
  "more steps than anyone takes": ({ document }) => void Object.assign(document.runs[0]!.facts, { stepsDone: 9e15 }),
  "a value after the last epoch": ({ record }) => void series(record).epochs.splice(-1, 1, 1_000),
  "an evaluation after the last epoch": ({ record }) => void Object.assign(record.evaluations[0]!, { epoch: 1_000 }),
  "logits after the last epoch": ({ document }) => void Object.assign(document.runs[0]!.logits[0]!, { epoch: 1_000 }),
  "a restored epoch after the last": ({ document }) =>
    void Object.assign(document.runs[0]!.facts, { restoredEpoch: 1_000 }),
  "an accuracy above one": ({ record }) => void Object.assign(record.evaluations[0]!.values, { top1: 1.5 }),
  "a calibration error below zero": ({ record }) => void Object.assign(record.evaluations[0]!.values, { ece: -0.5 }),
  "a hard loss below zero on a curve": ({ record }) =>
    void record.series.find(({ metric }) => metric === "hardLoss")!.values.splice(0, 1, -2),
  "label noise by a matrix, and none": ({ document }) => {
    document.runs[0]!.configuration.training.labelNoiseKind = "matrix";
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

  it("more than fits into memory is refused before it is read", async () => {
    const change = ({ document }: Parts) => void Object.assign(document.runs[0]!.record, { bytes: 513 * 2 ** 20 });
    expect(await refused(repacked(change, { isHonest: false }))).toBe("bundle.too-large");
  });

  it("a few bytes that would be gigabytes are refused before anything is made of them", async () => {
    const { engine } = await elsewhere();
    const path = join(temporaryFolder(), "large.zip");
    const problemOf = async (json: string): Promise<string> => {
      writeFileSync(path, zip([{ name: documentName, bytes: Buffer.from(json) }]));
      return engine.bundles.import(path).then(
        () => "imported",
        ({ problem }) => problem,
      );
    };
    expect(await problemOf(`{"runs":[${"{},".repeat(2 ** 20)}{}]}`)).toBe(
      "The run bundle cannot be trusted: bundle.json has more than 1048576 values.",
    );
    expect(await problemOf(`${"[".repeat(101)}${"]".repeat(101)}`)).toBe(
      "The run bundle cannot be trusted: bundle.json is nested more than 100 deep.",
    );
    expect(await problemOf('{"runs":[],"runs":[]}')).toBe(
      'The run bundle cannot be trusted: bundle.json names "runs" twice.',
    );
  });

  it("weights that are no numbers are refused of a run that ended well", async () => {
    const change = ({ weights }: Parts) => void weights.writeFloatLE(Number.NaN, weights.length - 4);
    expect(await refused(repacked(change))).toBe("bundle.damaged");
  });

  it("a missing part, a file that leads out, a later version, another zip and no zip are said as what they are", async () => {
    const same = () => {};
    expect(await refused(repacked(same, { names: { "runs/1/record.json": "elsewhere" } }))).toBe("bundle.damaged");
    expect(await refused(repacked(same, { names: { [documentName]: "../bundle.json" } }))).toBe("archive.outside");
    expect(await refused(repacked(same, { names: { [editsName]: logitsName } }))).toBe("archive.damaged");
    expect(await refused(repacked(same, { names: { [documentName]: "other.json" } }))).toBe("bundle.foreign");
    expect(await refused(repacked(({ document }) => void Object.assign(document, { formatVersion: 3 })))).toBe(
      "bundle.newer",
    );
    const path = join(temporaryFolder(), "text.zip");
    writeFileSync(path, "no zip");
    expect(await refused(path)).toBe("archive.damaged");
    expect(await refused(`${path}.gone`)).toBe("bundle.not-found");
  });

  it("a bundle that names other labels for pictures that are here is refused", async () => {
    const { engine } = await elsewhere();
    await engine.bundles.import(bundlePath);
    await engine.datasets.inspect(version.source);
    const change = ({ record }: Parts) => {
      record.answers[0]!.labels[0] = 1 - record.answers[0]!.labels[0]!;
    };
    await expect(engine.bundles.import(repacked(change))).rejects.toMatchObject({ code: "bundle.damaged" });
    expect(engine.runs.list().map(({ id }) => id)).toEqual([1]);
  });
});

it("logits on the validation pictures, of which no single answers are recorded, go along", async () => {
  const { engine, paths, close } = await startEngine();
  onTestFinished(close);
  await engine.bundles.import(bundlePath);
  const pictures = parts.record.evaluations.findLast(({ split }) => split === "validation")!.pictures;
  const store = openStore(paths.database);
  onTestFinished(() => store.close());
  const kept = {
    ...{ epoch: 1, classes: 2, examples: Int32Array.from({ length: pictures }, (_, at) => at) },
    ...{ labels: new Int32Array(pictures), logits: new Float32Array(2 * pictures).fill(0.5) },
  };
  store.logits.put(1, "validation", kept);
  const path = join(temporaryFolder(), "a.zip");
  expect(await engine.bundles.export([1], path)).toMatchObject({ withoutLogits: 0 });
  const { runIds } = await engine.bundles.import(path);
  expect(store.logits.of(runIds[0]!, "validation")).toEqual(kept);
});

it("what logits are left out is told", async () => {
  const { engine, paths, close } = await startEngine();
  onTestFinished(close);
  await engine.bundles.import(bundlePath);
  const exported = () => engine.bundles.export([1], join(temporaryFolder(), "a.zip"));
  expect(await exported()).toMatchObject({ runs: 1, withoutLogits: 0 });
  const store = openStore(paths.database);
  // Of fewer pictures than were answered.
  const [examples, labels] = [Int32Array.of(0), Int32Array.of(0)];
  store.logits.put(1, "validation", { epoch: 1, classes: 2, examples, labels, logits: Float32Array.of(0, 1) });
  store.close();
  expect(await exported()).toMatchObject({ runs: 1, withoutLogits: 1 });
});

it("a run that may go on is not exported", async () => {
  const { engine } = await elsewhere();
  const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
  await expect(engine.bundles.export(runIds, join(temporaryFolder(), "a.zip"))).rejects.toMatchObject({
    code: "bundle.unfinished",
  });
});
