/**
 * Flip and padded crop, on bytes. What happens to a picture follows from the seed, the epoch and the picture alone: both arms of a pair and
 * any batch size see the same.
 */
import type { TrainingSettings } from "../contract/configuration.ts";
import { createRandom } from "../platform/random.ts";

export type Augmentation = TrainingSettings["augmentation"];

export interface AugmentationDraw {
  readonly isFlipped: boolean;
  /** How far the crop lies right of and below the middle of the padded picture. */
  readonly rightPixels: number;
  readonly downPixels: number;
}

export function drawAugmentation(
  { flip, cropPaddingPixels }: Augmentation,
  at: {
    readonly seed: number;
    readonly epoch: number;
    readonly example: number;
    /** In the epoch, where a picture may come several times and is drawn for anew each time. */
    readonly place?: number;
  },
): AugmentationDraw {
  const random = createRandom(at.seed, "augment", at.epoch, at.example, ...(at.place === undefined ? [] : [at.place]));
  // Every number is drawn whether it is used or not, so that switching one kind off leaves the other as it was.
  const isFlipped = random.uniform() < 0.5;
  const places = 2 * cropPaddingPixels + 1;
  const rightPixels = random.integer(places) - cropPaddingPixels;
  const downPixels = random.integer(places) - cropPaddingPixels;
  return { isFlipped: flip && isFlipped, rightPixels, downPixels };
}

/** Writes the crop of one square RGB picture, mirrored where drawn, over all of `into`. What lies outside the picture is 0. */
export function augmentInto(source: Uint8Array, into: Uint8Array, sidePixels: number, draw: AugmentationDraw): void {
  const { isFlipped, rightPixels, downPixels } = draw;
  const rowBytes = sidePixels * 3;
  const isMoved = rightPixels !== 0 || downPixels !== 0;
  if (isMoved) into.fill(0);
  const [fromColumn, toColumn] = [Math.max(0, rightPixels), sidePixels + Math.min(0, rightPixels)];
  const [fromRow, toRow] = [Math.max(0, downPixels), sidePixels + Math.min(0, downPixels)];
  for (let row = fromRow; row < toRow; row++) {
    const start = row * rowBytes;
    const at = (row - downPixels) * rowBytes + (fromColumn - rightPixels) * 3;
    into.set(source.subarray(start + fromColumn * 3, start + toColumn * 3), at);
  }
  if (isFlipped) mirror(into, sidePixels);
}

function mirror(pixels: Uint8Array, sidePixels: number): void {
  for (let row = 0; row < sidePixels; row++) {
    let left = row * sidePixels * 3;
    for (let right = left + (sidePixels - 1) * 3; left < right; left += 3, right -= 3) {
      for (let channel = 0; channel < 3; channel++) {
        const held = pixels[left + channel] as number; // left < right < length
        pixels[left + channel] = pixels[right + channel] as number;
        pixels[right + channel] = held;
      }
    }
  }
}
