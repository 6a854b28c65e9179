/** One channel of a row's activations as a grey picture. */
import type { Activations } from "../../../src-main/contract/inference.ts";
import type { Pixels } from "../../ui/pixels.ts";

/** Its largest value is white; 0 and less are black. */
export function mapPixels({ height, width, channels, values }: Activations, channel: number): Pixels {
  let most = 0;
  for (let at = channel; at < values.length; at += channels) most = Math.max(most, values[at]!);
  const bytes = new Uint8ClampedArray(4 * height * width);
  for (let at = 0; at < height * width; at++) {
    const grey = most > 0 ? (255 * values[at * channels + channel]!) / most : 0;
    bytes.set([grey, grey, grey, 255], 4 * at);
  }
  return { height, width, bytes };
}
