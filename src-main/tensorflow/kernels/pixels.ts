/** Pictures as 8-bit values on the device, a quarter of what floats take on their way there. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Preprocessing } from "../../contract/weights.ts";
import { typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";

/**
 * @param values RGB, row by row; the tensor may stand in this very memory
 * @returns [pictures, side, side, 3] for `scalePixels`. tfjs knows no 8-bit type and calls it int32; its own ops refuse it.
 */
export function uploadPixels(values: Uint8Array, pictures: number, side: number): Tensor4D {
  const { binding } = backend;
  const shape = [pictures, side, side, 3];
  const id = binding.createTensor(shape, binding.TF_UINT8, values);
  // Of four dimensions, as the line above says.
  return backend.createOutputTensor({ id, shape, dtype: binding.TF_UINT8 }) as Tensor4D;
}

/** 0…255 → float32 (value / 255 − mean) / std, by channel: −1…1 for means and deviations of 0.5. */
export function scalePixels(pixels: Tensor4D, { mean, std }: Preprocessing): Tensor4D {
  return tf.tidy(() => {
    const types = [typeAttribute("SrcT", "uint8"), typeAttribute("DstT", "float32")];
    const floats = backend.executeSingleOutput("Cast", types, [pixels]) as Tensor4D;
    const factors = std.map((deviation) => 1 / (255 * deviation));
    const shifts = mean.map((average, channel) => average / std[channel]!);
    return tf.sub<Tensor4D>(tf.mul(floats, byChannel(factors)), byChannel(shifts));
  });
}

/** One number where all channels have the same. */
function byChannel(values: readonly number[]): Tensor | number {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : tf.tensor1d([...values]);
}
