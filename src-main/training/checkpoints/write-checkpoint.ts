/** The state of a job's arms, on disk whole or not at all. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { averagePrefix, optimizerPrefix, writeWeights } from "../../models/weights-file.ts";
import { atomically } from "../../platform/atomically.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { privateFileMode, privateFolderMode } from "../../platform/private.ts";
import type { TensorToWrite } from "../../platform/safetensors.ts";
import { sha256OfFile } from "../../platform/sha256-of-file.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import { membersOf } from "../../tensorflow/compiled/flat-variables.ts";
import type { Arm } from "../arm.ts";
import { describeWeights, tensorsOf } from "../save-weights.ts";
import { armFileName, type Manifest, manifestName, manifestText } from "./manifest.ts";

export interface Position {
  readonly step: number;
  /** Epochs done, the evaluation on the validation pictures included. */
  readonly epoch: number;
}

/**
 * Writes a folder, named after the step, into `jobFolder`, in place of one of that name.
 * @returns bytes of each arm's file
 * @throws the file system's own errors; nothing is left behind then
 */
export function writeCheckpoint(
  arms: readonly Arm[],
  classNames: readonly string[],
  jobFolder: string,
  { step, epoch }: Position,
  job: Pick<Manifest, "jobHash" | "brokenPictures">,
): readonly number[] {
  const place = join(jobFolder, String(step));
  makeFolder(jobFolder, privateFolderMode);
  return atomically(place, (beside) => {
    // By itself: where a disk is read-only, a folder made with those above it fails as if they were not there.
    mkdirSync(beside, { mode: privateFolderMode });
    const written = arms.map((arm, index) => {
      const file = armFileName(index);
      const path = join(beside, file);
      arm.program.readVariables();
      writeWeights(
        path,
        describeWeights(arm, classNames, { epoch, step, endReason: null }),
        [
          ...tensorsOf(arm.network, ""),
          ...(arm.averaged ? tensorsOf(arm.averaged, averagePrefix) : []),
          ...slotsOf(arm),
        ],
        "person",
      );
      const { trainingSeconds, evaluations: looks, batchSum, lossScaling, initialWeightsHash } = arm;
      const described = { trainingSeconds, looks, batchSum, lossScaling, initialWeightsHash };
      const { initialWeightsMatch } = arm;
      return { file, bytes: statSync(path).size, sha256: sha256OfFile(path), ...described, initialWeightsMatch };
    });
    const document: Manifest = { formatVersion: 2, ...job, step, epoch, arms: written };
    writeFileSync(join(beside, manifestName), manifestText(document), { mode: privateFileMode });
    removeSteadily(place);
    return written.map(({ bytes }) => bytes);
  });
}

function slotsOf({ network, optimizer }: Arm): TensorToWrite[] {
  const names = new Map(network.weights.map(({ name, variable }) => [variable, name]));
  return optimizer.groups.flatMap(({ weights, slots }) =>
    slots.flatMap((slot, index) =>
      membersOf(slot).map((variable, member) => ({
        name: slotName(optimizer.rule.slots[index]!.name, names.get(membersOf(weights)[member]!)!),
        shape: variable.shape,
        // Variables are float32 throughout.
        values: () => variable.dataSync() as Float32Array,
      })),
    ),
  );
}

export function slotName(slot: string, weight: string): string {
  return `${optimizerPrefix}${slot}/${weight}`;
}
