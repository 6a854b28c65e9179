/**
 * Hashes near a hash, without looking at all: those that agree with it in one of eight samples of sixteen bits (Indyk and Motwani 1998). The samples part the 64
 * bits in two ways, by runs and in turn, into four each, so that of hashes three bits apart one sample of each way agrees, and they are found. Of hashes farther
 * apart some are missed; a copy has several cuts to be near by.
 */
import { bitsApart } from "./likeness.ts";

const mostBitsApart = 7;
const samples = 8;
const sampleValues = 2 ** 16;

export interface HashIndex {
  /** Calls for each indexed hash that is near, perhaps more than once. Of each sample that very many share, so many are compared. */
  near(low: number, high: number, mostCompared: number, visit: (index: number) => void): void;
}

/** @param hashes two words each */
export function createHashIndex(hashes: Uint32Array): HashIndex {
  const tables = Array.from({ length: samples }, (_, sample) => tableOf(hashes, sample));
  return {
    near(low, high, mostCompared, visit) {
      for (let sample = 0; sample < samples; sample++) {
        const { starts, indices } = tables[sample]!;
        const value = sampleOf(low, high, sample);
        const end = Math.min(starts[value + 1]!, starts[value]! + mostCompared);
        for (let at = starts[value]!; at < end; at++) {
          const index = indices[at]!;
          if (bitsApart(low, high, hashes[2 * index]!, hashes[2 * index + 1]!) <= mostBitsApart) visit(index);
        }
      }
    },
  };
}

function sampleOf(low: number, high: number, sample: number): number {
  if (sample < 4) {
    const word = sample < 2 ? low : high;
    return (sample % 2 === 0 ? word : word >>> 16) & (sampleValues - 1);
  }
  return everyFourth(low >>> (sample - 4)) | (everyFourth(high >>> (sample - 4)) << 8);
}

/** Bits 0, 4, 8 … of a word, side by side. */
function everyFourth(word: number): number {
  const bits = word & 0x11111111;
  const pairs = (bits | (bits >>> 3)) & 0x03030303;
  const fours = (pairs | (pairs >>> 6)) & 0x000f000f;
  return (fours | (fours >>> 12)) & 0xff;
}

/** Indices in the order of their sample, and where each value begins. */
function tableOf(hashes: Uint32Array, sample: number) {
  const count = hashes.length / 2;
  const values = Uint16Array.from({ length: count }, (_, index) =>
    sampleOf(hashes[2 * index]!, hashes[2 * index + 1]!, sample),
  );
  const starts = new Uint32Array(sampleValues + 1);
  for (const value of values) starts[value + 1]!++;
  for (let value = 0; value < sampleValues; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice();
  const indices = new Uint32Array(count);
  for (const [index, value] of values.entries()) indices[next[value]!++] = index;
  return { starts, indices };
}
