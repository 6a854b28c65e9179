/**
 * Grad-CAM (Selvaraju 2017): the channels of the last row that still has a grid, each weighted by the mean over the grid of the gradient of a class's logit, summed,
 * and what is below 0 left out.
 */
import type { Scalar, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { StrataError } from "../contract/errors.ts";
import type { AttributionMap } from "../contract/inference.ts";
import { shapeRows } from "../domain/networks/shapes.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { OpenNetwork } from "./open-network.ts";

/**
 * @param picture 8-bit RGB, side × side × 3
 * @throws StrataError `inference.no-grid`
 */
export function gradCam(network: OpenNetwork, picture: Uint8Array, place: number): AttributionMap {
  const { architecture, description } = network;
  const { classes, inputPixels } = description;
  const last = shapeRows(architecture, classes).rows.findLast(
    ({ kind, output }) => kind !== "auxiliary" && output.height > 1,
  );
  if (last === undefined) throw new StrataError("inference.no-grid", { id: architecture.id });
  const { name: row, output } = last;
  const values = network.withForward(picture, (scaled, forward) => {
    let activations: Tensor4D | null = null;
    // The gradient at a row is that of what is added to it.
    const logitWith = (added: Tensor): Scalar => {
      const logits = forward(scaled, (path, given) => {
        if (path !== row) return undefined;
        activations = tf.keep(tf.clone(given));
        return tf.add<Tensor4D>(given, added);
      });
      return tf.sum<Scalar>(tf.slice(logits, [0, place], [1, 1]));
    };
    const gradient = tf.grad(logitWith)(tf.zeros([1, output.height, output.width, output.channels]));
    const given = activations as Tensor4D | null;
    if (given === null) throw new Error(`${row} did not run.`);
    try {
      const weights = tf.mean(gradient, [1, 2], true);
      const map = tf.relu(tf.sum<Tensor3D>(tf.mul(given, weights), 3));
      return Array.from(map.dataSync());
    } finally {
      given.dispose();
    }
  });
  return {
    side: output.height,
    cellPixels: inputPixels / output.height,
    offsetPixels: 0,
    values,
    about: { method: "grad-cam", row },
  };
}
