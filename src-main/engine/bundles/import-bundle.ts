/** A bundle brought into this record: all of it, or nothing. Its runs get numbers of their own, and none that is here is changed. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { DatasetSource } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import {
  type BundleDocument,
  type BundledDataset,
  type BundledRun,
  type ImportedBundle,
  mostBundleBytes,
} from "../../contract/run-bundle.ts";
import type { KeptWeights } from "../../contract/weights.ts";
import { codedHomeError } from "../../platform/disk-trouble.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { openRegularFileBeside } from "../../platform/open-regular-file.ts";
import { privateFolderMode } from "../../platform/private.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import type { ArrivingRun } from "../../store/bundled-runs.ts";
import type { Store } from "../../store/open-store.ts";
import { checkWeights } from "./check-weights.ts";
import { damagedBundle } from "./damaged-bundle.ts";
import type { BundleTools } from "./export-bundle.ts";
import { handOver, layStates } from "./import-states.ts";
import { labelsHere } from "./labels-here.ts";
import { type OpenBundle, openBundle } from "./read-bundle.ts";

/** @throws StrataError `bundle.*`, `archive.*`, `file.*`, `model.unknown`, `weights.*`, `disk.*`: nothing is imported then, and nothing left behind */
export async function importBundle(tools: BundleTools, path: string): Promise<ImportedBundle> {
  const { store, paths, now } = tools;
  await refuseLarge(path);
  const bundle = await openBundle(path);
  const { document } = bundle;
  const known = document.datasets.map((dataset) => knownDataset(store, dataset));
  const written: string[] = [];
  try {
    makeFolder(paths.weights, privateFolderMode);
    const laid = await layStates(bundle, document, paths, written);
    const withState = new Set(laid.flatMap(({ state }) => state.runs));
    const checkLabels = labelsHere(store);
    const runs: ArrivingRun[] = [];
    for (const [place, run] of document.runs.entries()) {
      const record = await bundle.record(run);
      const here = known[run.dataset] ?? null;
      const logits = await bundle.logits(run, record);
      if (here !== null) {
        for (const answers of record.answers) checkLabels(here.id, answers);
        for (const { split, logits: of } of logits) checkLabels(here.id, { split, ...of });
      }
      const weights = await weightsOf(bundle, run, document, paths.weights, written);
      const { version, exportedAt } = document;
      runs.push({
        ...{ run, record, weights, weightsError: null, logits },
        configuration: onPicturesHere(run.configuration, here?.source ?? null),
        from: {
          ...{ number: run.number, version, exportedAt, importedAt: now().toISOString() },
          ...(withState.has(place) && { hasState: true }),
        },
      });
    }
    const arrival = {
      datasets: document.datasets.map((dataset, place) => known[place]?.id ?? dataset),
      experiments: document.experiments.map(({ request, createdAt }, place) => ({
        request: { ...request, configuration: onPicturesHere(request.configuration, sourceOf(document, known, place)) },
        createdAt,
      })),
      runs,
      versions: await bundle.versions(),
    };
    const runIds = store.transaction(() => {
      const ids = store.bundles.add(arrival);
      handOver(store, paths, laid, { runIds: ids, at: now().toISOString(), written });
      return ids;
    });
    return {
      runIds,
      numbersThere: document.runs.map(({ number }) => number),
      withWeights: runs.filter(({ weights }) => weights !== null).length,
      withCheckpoints: withState.size,
      missingDatasets: document.datasets.filter((_, place) => known[place] === null).map(({ name }) => name),
    };
  } catch (thrown) {
    for (const file of written) removeSteadily(file);
    throw codedHomeError(thrown, paths.home);
  }
}

async function refuseLarge(path: string): Promise<void> {
  const { file, bytes } = await openRegularFileBeside(path).catch((thrown: unknown) => {
    if (thrown instanceof StrataError) throw thrown;
    throw new StrataError("bundle.not-found", { path }, { cause: thrown });
  });
  await file.close();
  if (bytes > mostBundleBytes) throw new StrataError("bundle.too-large", {});
}

interface DatasetHere {
  readonly id: number;
  readonly source: DatasetSource;
}

/** The same pictures, where they were looked at here. @throws StrataError `bundle.damaged` for another set under the same fingerprint */
function knownDataset(store: Store, { fingerprint, classes }: BundledDataset): DatasetHere | null {
  const id = store.bundles.datasetWith(fingerprint);
  if (id === null) return null;
  const here = store.datasets.view(id);
  const names = (all: readonly { readonly name: string }[]) => JSON.stringify(all.map(({ name }) => name));
  if (names(here.classes) !== names(classes))
    throw damagedBundle("its data set has the fingerprint of one that is here, and other classes");
  return { id, source: here.source };
}

function onPicturesHere(configuration: RunConfiguration, source: DatasetSource | null): RunConfiguration {
  return source === null ? configuration : { ...configuration, dataset: source };
}

/** Of the pictures of an experiment. */
function sourceOf(
  document: BundleDocument,
  known: readonly (DatasetHere | null)[],
  place: number,
): DatasetSource | null {
  const run = document.runs.find(({ experiment }) => experiment?.place === place);
  return run === undefined ? null : (known[run.dataset]?.source ?? null);
}

/** @param written is told of the file before anything is in it */
async function weightsOf(
  bundle: OpenBundle,
  run: BundledRun,
  document: BundleDocument,
  folder: string,
  written: string[],
): Promise<KeptWeights | null> {
  if (run.weights === null) return null;
  const file = `${randomUUID()}.safetensors`;
  const path = join(folder, file);
  written.push(path);
  await bundle.copyPart(run.weights, path);
  const { model } = run.configuration;
  const classes = document.datasets[run.dataset]!.classes.length;
  const mayBeNotFinite = run.facts.endReason === "not-finite";
  await checkWeights({ name: run.weights.name, path, model, classes, mayBeNotFinite });
  return { file, bytes: run.weights.bytes };
}
