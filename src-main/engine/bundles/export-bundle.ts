/** Runs put into a bundle (`contract/run-bundle.ts`). */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { splitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import {
  type BundledDataset,
  type BundledLogits,
  type BundledRecord,
  type BundledRun,
  type BundledVersion,
  type BundlePart,
  bundleDocument,
  bundleDocumentName,
  bundledEnds,
  bundledPauses,
  bundleFormat,
  documentBounds,
  type ExportedBundle,
  heldBytes,
  logitBytes,
  mostHeldBytes,
  mostRecordBytes,
  recordBounds,
  unknownPlace,
} from "../../contract/run-bundle.ts";
import { atomicallyInTime } from "../../platform/atomically.ts";
import type { Paths } from "../../platform/paths.ts";
import { refuseLostNames } from "../../platform/refuse-lost-names.ts";
import { troubleIn } from "../../platform/strict-json.ts";
import { openZipWriter, type ZipWriter } from "../../platform/write-zip.ts";
import type { Store } from "../../store/open-store.ts";
import { addStates, type SavedState, savedStatesOf } from "./export-states.ts";
import { packedLogits, picturesOfLogits } from "./packed-logits.ts";
import { configurationWithoutPlaces, requestWithoutPlaces, weightsWithoutPlaces } from "./without-places.ts";

export interface ExportOptions {
  /** With the latest saved state of runs that may go on. */
  readonly withCheckpoints?: boolean;
}

export interface BundleTools {
  readonly store: Store;
  readonly paths: Paths;
  /** Of this Strata. */
  readonly version: string;
  readonly now: () => Date;
}

/**
 * @param path of the file, where nothing is
 * @throws StrataError `run.unknown`, `bundle.unfinished`, `bundle.too-large`, `bundle.not-shareable`, `export.exists`, `disk.reserved-name`, `weights.*`; the file system's
 *   own errors: nothing is left behind then
 */
export async function exportBundle(
  tools: BundleTools,
  runIds: readonly number[],
  path: string,
  { withCheckpoints = false }: ExportOptions = {},
): Promise<ExportedBundle> {
  const runs = [...new Set(runIds)].map((runId) => tools.store.runs.get(runId));
  for (const run of runs) endOf(run, withCheckpoints);
  const states = withCheckpoints ? savedStatesOf(tools.store, runs) : [];
  refuseLostNames(path);
  if (existsSync(path)) throw new StrataError("export.exists", { path });
  return atomicallyInTime(path, async (beside) => {
    const zip = openZipWriter(beside);
    try {
      const filled = await fill(zip, tools, { runs, states }, `${beside}.weights`);
      const told = { runs: runs.length, withCheckpoints: states.flatMap((state) => state.runIds).length, ...filled };
      return { path, bytes: zip.end(), ...told };
    } catch (thrown) {
      throw thrown instanceof RangeError ? new StrataError("bundle.too-large", {}) : thrown;
    } finally {
      zip.close();
    }
  });
}

/** @param mayGoOn where its saved state goes along */
function endOf({ id, endReason, checkpoint }: RunView, mayGoOn: boolean): BundledRun["facts"]["endReason"] {
  const ends = mayGoOn && checkpoint !== null ? [...bundledEnds, ...bundledPauses] : bundledEnds;
  const end = ends.find((one) => one === endReason);
  if (end === undefined) throw new StrataError("bundle.unfinished", { runId: id });
  return end;
}

/** @param scratch where a file may be written meanwhile @returns of how many runs there are weights, and of how many not all logits */
async function fill(
  zip: ZipWriter,
  tools: BundleTools,
  { runs, states }: { readonly runs: readonly RunView[]; readonly states: readonly SavedState[] },
  scratch: string,
): Promise<Pick<ExportedBundle, "withWeights" | "withoutLogits">> {
  const { store, version, now } = tools;
  const datasets = listed(runs.map(({ dataset }) => dataset.id));
  const experiments = listed(runs.flatMap(({ experiment }) => experiment?.id ?? []));
  const bundled: BundledRun[] = [];
  let withoutLogits = 0;
  for (const [index, run] of runs.entries()) {
    const values = store.bundles.record(run.id);
    const record = addRecord(zip, `runs/${index + 1}/record.json`, values);
    const weights = run.weights === null ? null : await addWeights(zip, index + 1, run, tools.paths, scratch);
    const { logits, leftOut } = addLogits(zip, index + 1, run, values, store);
    if (leftOut > 0) withoutLogits++;
    const place = store.bundles.placeOf(run.id);
    bundled.push({
      ...described(run),
      dataset: datasets.placeOf(run.dataset.id),
      experiment: place && { place: experiments.placeOf(place.experimentId), block: place.block, arm: place.arm },
      ...{ record, weights, logits },
    });
  }
  if (heldBytes(bundled) > mostHeldBytes) throw new StrataError("bundle.too-large", {});
  const document = bundleDocument.safeParse({
    ...{ kind: "strata-run-bundle", formatVersion: bundleFormat, version, exportedAt: now().toISOString() },
    datasets: datasets.ids.map((id) => datasetOf(store, id)),
    experiments: experiments.ids.map((id) => experimentOf(store, id, runs)),
    runs: bundled,
    versions: addVersions(zip, runs, store),
    states: await addStates(zip, { runs, states }, tools.paths, scratch),
  });
  if (!document.success) {
    const [issue] = document.error.issues;
    const what = issue?.path.join(".") || "form";
    throw new StrataError("bundle.not-shareable", { problem: `${what}: ${issue?.message}` });
  }
  addRecord(zip, bundleDocumentName, document.data);
  return { withWeights: bundled.filter(({ weights }) => weights !== null).length, withoutLogits };
}

/** Each once, and where it stands. */
function listed(all: readonly number[]) {
  const ids = [...new Set(all)];
  return { ids, placeOf: (id: number) => ids.indexOf(id) };
}

function addRecord(zip: ZipWriter, name: string, value: object): BundlePart {
  return addJson(zip, name, JSON.stringify(value));
}

/** What could not be read again is not written. */
function addJson(zip: ZipWriter, name: string, json: string): BundlePart {
  const bytes = Buffer.from(json);
  const bounds = name === bundleDocumentName ? documentBounds : recordBounds;
  if (bytes.length > mostRecordBytes || troubleIn(json, bounds) !== null) throw new StrataError("bundle.too-large", {});
  return zip.addBytes(name, bytes);
}

/** The same weights, in a file that does not say where the pictures lie. */
async function addWeights(
  zip: ZipWriter,
  place: number,
  { weights, dataset }: RunView,
  paths: Paths,
  scratch: string,
): Promise<BundlePart> {
  try {
    weightsWithoutPlaces(join(paths.weights, weights!.file), dataset.name, scratch);
    return await zip.addFile(`runs/${place}/weights.safetensors`, scratch);
  } finally {
    rmSync(scratch, { force: true });
  }
}

/** Left out where there are too many for a part, and where they are not of the pictures that were looked at, as after damage. */
function addLogits(
  zip: ZipWriter,
  place: number,
  run: RunView,
  record: BundledRecord,
  { logits: kept }: Store,
): { readonly logits: BundledLogits[]; readonly leftOut: number } {
  const logits: BundledLogits[] = [];
  let leftOut = 0;
  for (const split of splitName.options) {
    const found = kept.of(run.id, split);
    if (found === null || found.labels.length === 0) continue;
    const pictures = found.labels.length;
    if (pictures !== picturesOfLogits(record, split) || logitBytes(pictures, found.classes) > mostRecordBytes) {
      leftOut++;
      continue;
    }
    const part = zip.addBytes(`runs/${place}/logits-${split}.bin`, packedLogits(found));
    logits.push({ split, epoch: found.epoch, pictures, part });
  }
  return { logits, leftOut };
}

/** Each once, however many runs are on it. */
function addVersions(zip: ZipWriter, runs: readonly RunView[], { versions }: Store): BundledVersion[] {
  const added = new Map<string, BundledVersion>();
  for (const { configuration, dataset } of runs) {
    const { dataset: source } = configuration;
    if (source.kind !== "folder" || source.version === undefined) continue;
    const place = unknownPlace(dataset.name);
    for (const { key, parentKey, author, note, createdAt, edits, ...one } of versions.withParents(
      source.path,
      source.version,
    )) {
      if (added.has(key)) continue;
      const part = addJson(zip, `versions/${added.size + 1}.json`, edits);
      added.set(key, {
        ...{ key, parentKey, author, note, createdAt, edits: part },
        source: { ...one.source, path: place },
      });
    }
  }
  return [...added.values()];
}

function datasetOf(store: Store, id: number): BundledDataset {
  const { name, fingerprint, classes, counts, splitOrigin, grouping, sidePixels } = store.datasets.view(id);
  return { name, fingerprint, classes: [...classes], counts, splitOrigin, grouping, sidePixels };
}

function experimentOf(store: Store, id: number, runs: readonly RunView[]) {
  const { request, createdAt } = store.experiments.get(id);
  const name = runs.find(({ experiment }) => experiment?.id === id)!.dataset.name;
  return { request: requestWithoutPlaces(request, name), createdAt };
}

function described(run: RunView): Omit<BundledRun, "dataset" | "experiment" | "record" | "weights" | "logits"> {
  const { id: number, model, tags, initialWeightsMatch, spent } = run;
  return {
    ...{ number, modelId: model.id, modelTitle: model.title, tags: [...tags], initialWeightsMatch, spent },
    configuration: configurationWithoutPlaces(run.configuration, run.dataset.name),
    madeBy: run.madeBy.map((part) => ({ ...part })),
    facts: factsOf(run),
  };
}

function factsOf(run: RunView): BundledRun["facts"] {
  const { title, note, createdAt, startedAt, endedAt, threads, hasOwnProcess, parameters } = run;
  const { auxiliaryParameters, initialWeightsHash, trainingObjectiveFloor, stepsPerEpoch, epochsDone, stepsDone } = run;
  const { trainingSeconds, imagesPerSecond, picturesSkipped, predictedMemoryBytes, peakMemoryBytes } = run;
  const { leakedTensors, seconds, restoredEpoch } = run;
  return {
    ...{ title, note, endReason: endOf(run, true), createdAt, startedAt, endedAt: endedAt ?? createdAt },
    ...{ threads, hasOwnProcess, parameters, auxiliaryParameters, initialWeightsHash, trainingObjectiveFloor },
    ...{ stepsPerEpoch, epochsDone, stepsDone, trainingSeconds, imagesPerSecond, picturesSkipped },
    ...{ predictedMemoryBytes, peakMemoryBytes, leakedTensors, seconds: seconds ?? 0, restoredEpoch },
  };
}
