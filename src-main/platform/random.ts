/**
 * Seeded randomness, the same on every machine: xoshiro128** (Blackman & Vigna 2018) seeded by SHA-256 of the seed and a stream name.
 * Each use draws from a stream of its own name, so that adding one draw never shifts another.
 */
import { createHash } from "node:crypto";

export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
  /** Fisher–Yates in place; returns the same array. */
  shuffle<T extends { [index: number]: number | unknown; length: number }>(array: T): T;
}

export function createRandom(seed: number, ...stream: readonly (string | number)[]): Random {
  const state = new Uint32Array(
    new Uint8Array(
      createHash("sha256")
        .update([seed, ...stream].join("\u0000"))
        .digest(),
    ).buffer.slice(0, 16),
  );
  let [a = 1, b = 0, c = 0, d = 0] = state;

  const nextUint32 = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => nextUint32() / 2 ** 32;
  const integer = (bound: number) => Math.floor(uniform() * bound);

  return {
    uniform,
    integer,
    normal() {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    },
    shuffle(array) {
      for (let last = array.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        const held = array[last];
        array[last] = array[other];
        array[other] = held;
      }
      return array;
    },
  };
}
