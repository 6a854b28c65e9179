/** Saved states of runs that may go on, put into a bundle: the latest of each training process, for all of its runs. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import { type BundledState, mostRecordBytes } from "../../contract/run-bundle.ts";
import type { Paths } from "../../platform/paths.ts";
import type { ZipWriter } from "../../platform/write-zip.ts";
import type { CheckpointRecord } from "../../store/checkpoints.ts";
import type { Store } from "../../store/open-store.ts";
import {
  armFileName,
  isManifestWhole,
  type Manifest,
  manifest,
  manifestName,
  manifestText,
} from "../../training/checkpoints/manifest.ts";
import { weightsWithoutPlaces } from "./without-places.ts";

export interface SavedState {
  /** In the order of the arms. */
  readonly runIds: readonly number[];
  readonly checkpoints: readonly CheckpointRecord[];
}

/** @throws StrataError `bundle.not-shareable` where another run goes on from the same state and is not among them */
export function savedStatesOf(store: Store, runs: readonly RunView[]): readonly SavedState[] {
  const states = new Map<string, SavedState>();
  for (const { id, isResumable } of runs) {
    const [latest] = isResumable ? store.checkpoints.ofRun(id) : [];
    if (latest === undefined || states.has(latest.folder)) continue;
    const together = store.runs.armsOf(id).flatMap((arm) => {
      const checkpoint = store.checkpoints.ofRun(arm).find(({ folder }) => folder === latest.folder);
      return checkpoint === undefined ? [] : [{ arm, checkpoint }];
    });
    const missing = together.find(({ arm }) => !runs.some((run) => run.id === arm));
    if (missing !== undefined)
      throw new StrataError("bundle.not-shareable", {
        problem: `run ${id} goes on together with run ${missing.arm}, which has to be named, too`,
      });
    states.set(latest.folder, {
      runIds: together.map(({ arm }) => arm),
      checkpoints: together.map(({ checkpoint }) => checkpoint),
    });
  }
  return [...states.values()];
}

/** @param scratch where a file may be written meanwhile */
export async function addStates(
  zip: ZipWriter,
  { runs, states }: { readonly runs: readonly RunView[]; readonly states: readonly SavedState[] },
  paths: Paths,
  scratch: string,
): Promise<BundledState[]> {
  const added: BundledState[] = [];
  for (const [index, { runIds, checkpoints }] of states.entries()) {
    const [{ folder, step, epoch }] = checkpoints as readonly [CheckpointRecord];
    const path = join(paths.checkpoints, folder);
    const document = manifestOf(path);
    if (document.arms.length !== runIds.length) throw unreadable(path, "is of other runs than the record says");
    const arms: BundledState["arms"] = [];
    for (const [place, runId] of runIds.entries()) {
      const { dataset } = runs.find(({ id }) => id === runId)!;
      try {
        weightsWithoutPlaces(join(path, armFileName(place)), dataset.name, scratch);
        arms.push(await zip.addFile(`states/${index + 1}/${armFileName(place)}`, scratch));
      } finally {
        rmSync(scratch, { force: true });
      }
    }
    // The files are others than the manifest was written for: what they say of places has gone.
    const told = document.arms.map((arm, place) => ({
      ...arm,
      ...{ file: armFileName(place), bytes: arms[place]!.bytes, sha256: arms[place]!.sha256 },
    }));
    const text = Buffer.from(manifestText({ ...document, arms: told }));
    if (text.length > mostRecordBytes) throw new StrataError("bundle.too-large", {});
    added.push({
      ...{ step, epoch, arms, costs: checkpoints.map(({ cost }) => cost) },
      runs: runIds.map((runId) => runs.findIndex(({ id }) => id === runId)),
      manifest: zip.addBytes(`states/${index + 1}/${manifestName}`, text),
    });
  }
  return added;
}

function manifestOf(folder: string): Manifest {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(join(folder, manifestName), "utf8"));
  } catch (thrown) {
    throw unreadable(folder, `${manifestName} cannot be read`, thrown);
  }
  const parsed = manifest.safeParse(document);
  // What the schema takes is an object.
  if (!parsed.success || !isManifestWhole(document as object))
    throw unreadable(folder, `${manifestName} is not what was written`);
  return parsed.data;
}

function unreadable(path: string, problem: string, cause?: unknown): StrataError {
  return new StrataError("checkpoint.damaged", { problem, path }, { cause });
}
