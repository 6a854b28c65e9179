/** The way back: the latest checkpoint of a job that is whole and its own, and its values in the arms. */
import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { type CodedError, StrataError } from "../../contract/errors.ts";
import { averagePrefix, openWeights } from "../../models/weights-file.ts";
import { readRegularFile } from "../../platform/open-regular-file.ts";
import { sha256OfFile } from "../../platform/sha256-of-file.ts";
import { membersOf } from "../../tensorflow/compiled/flat-variables.ts";
import { tf } from "../../tensorflow/runtime.ts";
import type { Arm } from "../arm.ts";
import { isManifestWhole, type Manifest, manifest, manifestName } from "./manifest.ts";
import { slotName } from "./write-checkpoint.ts";

/** an evaluation on the validation pictures takes under a kilobyte in it, and runs have some thousands of epochs at most. */
const mostManifestBytes = 64 * 2 ** 20;

export interface FoundCheckpoint {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * @param folders the latest first
 * @returns the first that is whole and of this job, null where none is; and what is wrong with those before it
 */
export function findCheckpoint(
  folders: readonly string[],
  hash: string,
): { readonly found: FoundCheckpoint | null; readonly errors: readonly CodedError[] } {
  const errors: CodedError[] = [];
  for (const folder of folders) {
    try {
      return { found: { folder, manifest: verified(folder, hash) }, errors };
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      errors.push(thrown.toJSON());
    }
  }
  return { found: null, errors };
}

/** @throws StrataError `checkpoint.damaged`, `checkpoint.foreign` */
function verified(folder: string, hash: string): Manifest {
  const damaged = (problem: string, cause?: unknown) =>
    new StrataError("checkpoint.damaged", { problem, path: folder }, { cause });
  let document: unknown;
  try {
    const bytes = readRegularFile(join(folder, manifestName), mostManifestBytes);
    document = JSON.parse(new TextDecoder().decode(bytes ?? undefined));
  } catch (thrown) {
    throw damaged(`${manifestName} cannot be read`, thrown);
  }
  const parsed = manifest.safeParse(document);
  if (!parsed.success) throw damaged(`${manifestName} has a wrong ${parsed.error.issues[0]?.path.join(".") || "form"}`);
  if (!isManifestWhole(document as object)) throw damaged(`${manifestName} is not what was written`); // the schema's is an object
  if (parsed.data.jobHash !== hash) throw new StrataError("checkpoint.foreign", { path: folder });
  for (const { file, bytes, sha256 } of parsed.data.arms) {
    // A name, never a way out of the folder.
    const path = join(folder, basename(file));
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) throw damaged(`${file} is missing`);
    if (size !== bytes) throw damaged(`${file} has ${size} bytes instead of ${bytes}`);
    if (sha256OfFile(path) !== sha256) throw damaged(`${file} is not what was written`);
  }
  return parsed.data;
}

/** Gives the arm all that its file holds: weights, averages, and what the optimiser remembers. */
export function restoreArm(arm: Arm, { folder, manifest: { arms } }: FoundCheckpoint, index: number): void {
  const { network, averaged, optimizer, program } = arm;
  const file = openWeights(join(folder, basename(arms[index]!.file)));
  try {
    program.readVariables();
    for (const { name, variable } of network.weights) assign(variable, file.read(name));
    for (const { name, variable } of averaged?.weights ?? []) assign(variable, file.read(`${averagePrefix}${name}`));
    const names = new Map(network.weights.map(({ name, variable }) => [variable, name]));
    for (const { weights, slots } of optimizer.groups)
      for (const [slot, movable] of slots.entries())
        for (const [member, variable] of membersOf(movable).entries()) {
          const weight = names.get(membersOf(weights)[member]!)!;
          assign(variable, file.read(slotName(optimizer.rule.slots[slot]!.name, weight)));
        }
    program.writeVariables();
  } finally {
    file.close();
  }
}

function assign(variable: Arm["network"]["weights"][number]["variable"], values: Float32Array): void {
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}
