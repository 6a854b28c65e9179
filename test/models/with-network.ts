/** A network for the length of a test, at any size. */
import type { Rank } from "@tensorflow/tfjs-node-gpu";
import type { Architecture } from "../../src-main/contract/architecture.ts";
import { type BuildOptions, buildNetwork } from "../../src-main/models/build.ts";
import type { Network } from "../../src-main/models/network.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";

const options: BuildOptions = { classes: 10, seed: 1, dropout: null, auxiliaryWeight: null };
export const compact = (id: string) => scaleArchitecture(findArchitecture(id), { inputPixels: 32, width: 0.25 });
export const training = { isTraining: true, dropoutSeed: 1 };
export const evaluation = { isTraining: false, dropoutSeed: 0 };

export function withNetwork<T>(
  architecture: Architecture,
  given: Partial<BuildOptions>,
  use: (network: Network) => T,
): T {
  const network = buildNetwork(architecture, { ...options, ...given });
  try {
    return tf.tidy(() => use(network) as never) as T;
  } finally {
    network.dispose();
  }
}
export const pictures = (count: number, side: number) =>
  tf.randomUniform<Rank.R4>([count, side, side, 3], -1, 1, "float32", 5);
