/** A network as a graph from 8-bit pictures to logits and probabilities, with its weights inside. */
import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { type FrozenGraph, freezeGraph } from "../../tensorflow/compiled/frozen-graph.ts";
import { scalePixels, uploadPixels } from "../../tensorflow/kernels/pixels.ts";
import { tf } from "../../tensorflow/runtime.ts";
import { buildNetwork } from "../build.ts";
import { weightPrefix } from "../foreign/foreign-model.ts";
import { findArchitecture } from "../registry.ts";
import { scaleArchitecture } from "../scale.ts";
import type { UsedWeights } from "../weights-file.ts";

/**
 * Takes uint8 [pictures, side, side, 3]; gives `logits` and `probabilities`, [pictures, classes], as in an evaluation.
 * Weights are read from the file when they are written: it has to stay open, and one that it lacks is missed then. Those of an auxiliary head are not
 * among them.
 */
export function servingGraph(used: UsedWeights): FrozenGraph {
  const { architecture: id, inputPixels, classes, preprocessing } = used.description;
  const architecture = scaleArchitecture(findArchitecture(id), used.description);
  // Heads take no part in a prediction.
  const network = buildNetwork(architecture, { classes, seed: 0, dropout: null, auxiliaryWeight: 0 });
  try {
    return freezeGraph(
      (pictures) => {
        // The input below has four dimensions.
        const scaled = scalePixels(pictures as Tensor4D, preprocessing);
        const { logits } = network.forward(scaled, { isTraining: false, dropoutSeed: 0 });
        return { logits, probabilities: tf.softmax(logits) };
      },
      (pictures) => uploadPixels(new Uint8Array(pictures * inputPixels ** 2 * 3), pictures, inputPixels),
      network.weights.map(({ name, variable }) => ({
        variable,
        name: `${weightPrefix}${name}`,
        values: () => used.read(name),
      })),
    );
  } finally {
    network.dispose();
  }
}
