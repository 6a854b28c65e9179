/**
 * Arrays of numbers, one behind the other.
 * @param make of a length, with zeros
 */
export function joinedNumbers<A extends Float32Array | Int32Array>(
  parts: readonly A[],
  make: (length: number) => A,
): A {
  const all = make(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

export const floats = (length: number): Float32Array => new Float32Array(length);
export const integers = (length: number): Int32Array => new Int32Array(length);
