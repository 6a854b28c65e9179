/** Weights and pictures by the formula of make-golden.py beside this file. */
import { uploadPixels } from "../../../src-main/tensorflow/kernels/pixels.ts";

export const pictures = 2;
export const classes = 10;

/** Numbers in [−1, 1) by a hash of the name and each one's index: FNV-1a, then the finaliser of MurmurHash3. */
function uniform(name: string, count: number, use: (index: number, value: number) => void): void {
  let start = 2166136261;
  for (const byte of new TextEncoder().encode(name)) start = Math.imul(start ^ byte, 16777619);
  for (let index = 0; index < count; index++) {
    let x = (Math.imul(index, 0x9e3779b1) + start) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    x ^= x >>> 16;
    use(index, (x >>> 0) / 2 ** 31 - 1);
  }
}

/** @param shape torchvision's, and so is the order of the values */
export function formulaWeight(name: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, side) => product * side, 1);
  const [middle, spread] = rangeOf(name, shape);
  const values = new Float32Array(count);
  uniform(name, count, (index, value) => {
    values[index] = middle + spread * value;
  });
  return values;
}

function rangeOf(name: string, shape: readonly number[]): readonly [middle: number, spread: number] {
  if (name.endsWith("running_mean")) return [0, 0.1];
  if (name.endsWith("running_var")) return [1, 0.5];
  if (name.endsWith("bias")) return [0, 0.1];
  if (name.endsWith("bn.weight")) return [1, 0.2];
  return [0, Math.sqrt(6 / shape.slice(1).reduce((product, side) => product * side, 1))];
}

export function formulaPictures(side: number) {
  return uploadPixels(formulaPictureBytes(side), pictures, side);
}

/** 8-bit RGB, pictures × side × side × 3. */
export function formulaPictureBytes(side: number): Uint8Array {
  const values = new Uint8Array(pictures * side * side * 3);
  uniform("pictures", values.length, (index, value) => {
    values[index] = Math.floor((value + 1) * 128);
  });
  return values;
}

/** So many places of an array of that length. */
export function formulaPlaces(name: string, count: number, length: number): readonly number[] {
  const places: number[] = [];
  uniform(`places ${name}`, count, (_, value) => places.push(Math.floor(((value + 1) / 2) * length)));
  return places;
}
