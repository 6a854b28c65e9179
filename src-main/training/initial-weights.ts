/** A network filled from a file instead of by the seed. */
import { StrataError } from "../contract/errors.ts";
import type { InitialWeights, InitialWeightsMatch } from "../contract/weights.ts";
import { refuseNotFinite, watchFinite } from "../models/finite.ts";
import type { Network } from "../models/network.ts";
import { openWeights, usedName, type WeightsFile } from "../models/weights-file.ts";
import { sha256OfFile } from "../platform/sha256-of-file.ts";
import { tf } from "../tensorflow/runtime.ts";

/**
 * Gives each network every weight that the file has under its name and shape: where the file holds running averages, those. The others stay as
 * the seed has them.
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged`, `weights.foreign`; `weights.changed` where the file is not the one
 *   that the run was set up with, `weights.unmatched` where nothing in it fits, `weights.not-finite`
 */
export function fillFromFile(
  networks: readonly Network[],
  { path, sha256 }: Pick<InitialWeights, "path" | "sha256">,
  modelId: string,
): InitialWeightsMatch {
  const file = openWeights(path);
  try {
    if (sha256OfFile(path) !== sha256) throw new StrataError("weights.changed", { path });
    const watched = watchFinite(file.read);
    const [match] = networks.map((network) => fill(network, { ...file, read: watched.read }));
    refuseNotFinite(watched.found(), path);
    if (!match) throw new Error("No network to fill");
    if (match.matched === 0) throw new StrataError("weights.unmatched", { id: modelId, path });
    return match;
  } finally {
    file.close();
  }
}

function fill(network: Network, file: WeightsFile): InitialWeightsMatch {
  const fresh: string[] = [];
  for (const { name, variable } of network.weights) {
    const source = usedName(name, (stored) => file.shapes.get(stored)?.join() === variable.shape.join());
    if (source === undefined) fresh.push(name);
    else tf.tidy(() => variable.assign(tf.tensor(file.read(source), variable.shape)));
  }
  return { matched: network.weights.length - fresh.length, fresh };
}
