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
import type { TensorToWrite } from "../platform/safetensors.ts";
import { codedWriteError } from "../platform/write-error.ts";
import type { Arm } from "./arm.ts";

export interface Reached {
  readonly epoch: number;
  readonly step: number;
  readonly endReason: EndReason;
}

/** A disk that is full or cannot be written costs the run its weights and nothing else: the error is told, not thrown. */
export function keepWeights(
  arm: Arm,
  classNames: readonly string[],
  folder: string,
  reached: Reached,
): { readonly kept: KeptWeights | null; readonly error: CodedError | null } {
  const { configuration, network, averaged, program } = arm;
  const file = `${randomUUID()}.safetensors`;
  const path = join(folder, file);
  program.readVariables();
  const tensors = [...tensorsOf(network, ""), ...(averaged ? tensorsOf(averaged, averagePrefix) : [])];
  const description: WeightsDescription = {
    formatVersion: 1,
    layout: "strata",
    architecture: configuration.model.id,
    inputPixels: configuration.model.inputPixels,
    width: configuration.model.width,
    classes: arm.classes,
    classNames: [...classNames],
    preprocessing: preprocessingOf(configuration),
    trained: { configuration, ...reached },
  };
  try {
    writeWeights(path, description, tensors);
    return { kept: { file, bytes: statSync(path).size }, error: null };
  } catch (thrown) {
    const error = codedWriteError(thrown, path);
    if (!(error instanceof StrataError)) throw error;
    return { kept: null, error: error.toJSON() };
  }
}

function tensorsOf({ weights }: Network, prefix: string): TensorToWrite[] {
  return weights.map(({ name, variable }) => ({
    name: `${prefix}${name}`,
    shape: variable.shape,
    // Variables are float32 throughout.
    values: () => variable.dataSync() as Float32Array,
  }));
}
