/** Saved states out of a bundle: checked, laid beside those that are here, and handed to runs once these have numbers. */
import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BundleDocument, BundledState } from "../../contract/run-bundle.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import type { Paths } from "../../platform/paths.ts";
import { privateFileMode, privateFolderMode } from "../../platform/private.ts";
import type { Store } from "../../store/open-store.ts";
import { armFileName, isManifestWhole, manifest, manifestName } from "../../training/checkpoints/manifest.ts";
import { checkpointFolderOf } from "../trainer/saved-states.ts";
import { checkWeights } from "./check-weights.ts";
import { damagedBundle } from "./damaged-bundle.ts";
import type { OpenBundle } from "./read-bundle.ts";

export interface LaidState {
  readonly state: BundledState;
  /** Where it lies until its runs have numbers. */
  readonly folder: string;
}

/** @param written is told of each folder before anything is in it @throws StrataError `bundle.damaged`, and the file system's own errors */
export async function layStates(
  bundle: OpenBundle,
  { states, runs, datasets }: BundleDocument,
  paths: Paths,
  written: string[],
): Promise<readonly LaidState[]> {
  const laid: LaidState[] = [];
  for (const state of states) {
    makeFolder(paths.checkpoints, privateFolderMode);
    const folder = join(paths.checkpoints, `arriving-${randomUUID()}.partial`);
    written.push(folder);
    mkdirSync(folder, { mode: privateFolderMode });
    const text = await bundle.bytesOf(state.manifest);
    checkManifest(text, state);
    writeFileSync(join(folder, manifestName), text, { mode: privateFileMode });
    for (const [place, part] of state.arms.entries()) {
      const path = join(folder, armFileName(place));
      await bundle.copyPart(part, path);
      const run = runs[state.runs[place]!]!;
      const { model } = run.configuration;
      const classes = datasets[run.dataset]!.classes.length;
      await checkWeights({ name: part.name, path, model, classes, mayBeNotFinite: false });
    }
    laid.push({ state, folder });
  }
  return laid;
}

function checkManifest(text: Uint8Array, { manifest: { name }, step, epoch, arms }: BundledState): void {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    throw damagedBundle(`${name} is not JSON`);
  }
  const parsed = manifest.safeParse(document);
  // What the schema takes is an object.
  if (!parsed.success || !isManifestWhole(document as object)) throw damagedBundle(`${name} is not what was written`);
  const told = parsed.data;
  const isOfParts =
    told.step === step &&
    told.epoch === epoch &&
    told.arms.length === arms.length &&
    told.arms.every(
      ({ file, bytes, sha256 }, place) =>
        file === armFileName(place) && bytes === arms[place]!.bytes && sha256 === arms[place]!.sha256,
    );
  if (!isOfParts) throw damagedBundle(`${name} is of other files than are in it`);
}

/** Where training looks for them. In the transaction that wrote the runs. @param written is told of each folder that there is then */
export function handOver(
  store: Store,
  paths: Paths,
  laid: readonly LaidState[],
  { runIds, at, written }: { readonly runIds: readonly number[]; readonly at: string; readonly written: string[] },
): void {
  for (const { state, folder } of laid) {
    const ids = state.runs.map((place) => runIds[place]!);
    const name = `${checkpointFolderOf(store.runs.standing(ids[0]!))}/${state.step}`;
    const place = join(paths.checkpoints, name);
    // One that is there already is another's, and stays.
    mkdirSync(dirname(place), { mode: privateFolderMode });
    written.push(dirname(place));
    renameSync(folder, place);
    for (const [arm, runId] of ids.entries()) {
      const { step, epoch, costs, arms } = state;
      store.checkpoints.add(runId, { step, epoch, folder: name, bytes: arms[arm]!.bytes, cost: costs[arm]! }, at);
    }
  }
}
