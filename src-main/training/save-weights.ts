/** The weights that a run has reached, on disk before it ends: see models/weights-file.ts for what is in the file. */
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { preprocessingOf } from "../contract/configuration.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { EndReason } from "../contract/run.ts";
import type { KeptWeights } from "../contract/weights.ts";
import type { Network } from "../models/network.ts";
import { averagePrefix, type WeightsDescription, writeWeights } from "../models/weights-file.ts";
import { codedWriteError } from "../platform/disk-trouble.ts";
import type { TensorToWrite } from "../platform/safetensors.ts";
import type { Arm } from "./arm.ts";

export interface Reached {
  readonly epoch: number;
  readonly step: number;
  /** Null while training goes on. */
  readonly endReason: EndReason | null;
}

/** A disk that is full or cannot be written costs the run its weights and nothing else: the error is told, not thrown. */
export function saveWeights(
  arm: Arm,
  classNames: readonly string[],
  folder: string,
  reached: Reached,
): { readonly kept: KeptWeights | null; readonly error: CodedError | null } {
  const { network, averaged, program } = arm;
  const file = `${randomUUID()}.safetensors`;
  const path = join(folder, file);
  program.readVariables();
  const tensors = [...tensorsOf(network, ""), ...(averaged ? tensorsOf(averaged, averagePrefix) : [])];
  try {
    writeWeights(path, describeWeights(arm, classNames, reached), tensors, "person");
    return { kept: { file, bytes: statSync(path).size }, error: null };
  } catch (thrown) {
    const error = codedWriteError(thrown, path);
    if (!(error instanceof StrataError)) throw error;
    return { kept: null, error: error.toJSON() };
  }
}

export function describeWeights(
  { configuration, classes }: Arm,
  classNames: readonly string[],
  reached: Reached,
): WeightsDescription {
  return {
    formatVersion: 1,
    layout: "strata",
    architecture: configuration.model.id,
    inputPixels: configuration.model.inputPixels,
    width: configuration.model.width,
    classes,
    classNames: [...classNames],
    preprocessing: preprocessingOf(configuration),
    trained: { configuration, ...reached },
  };
}

/** Of float32 values; the program must have read its variables. */
export function tensorsOf({ weights }: Network, prefix: string): TensorToWrite[] {
  return weights.map(({ name, variable }) => ({
    name: `${prefix}${name}`,
    shape: variable.shape,
    // Variables are float32 throughout.
    values: () => variable.dataSync() as Float32Array,
  }));
}
