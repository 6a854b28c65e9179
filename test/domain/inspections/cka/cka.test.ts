import { expect, test } from "vitest";
import { createCka, unbiasedHsic } from "../../../../src-main/domain/inspections/cka.ts";
import reference from "./cka.json" with { type: "json" };

const { layers, batch } = reference;
const pictures = layers[0]!.length;

const gramOf = (layer: readonly (readonly number[])[]) =>
  layer.flatMap((one) => layer.map((other) => one.reduce((sum, value, at) => sum + value * other[at]!, 0)));

function fromBatches(all: readonly (readonly (readonly number[])[])[], size: number) {
  const cka = createCka(all.length, all.length);
  for (let from = 0; from < pictures; from += size) {
    const grams = all.map((layer) => gramOf(layer.slice(from, from + size)));
    cka.add(grams, grams, size);
  }
  return cka.values();
}

function expectClose(found: readonly (readonly (number | null)[])[], wanted: readonly (readonly number[])[]): void {
  for (const [row, values] of wanted.entries())
    for (const [column, value] of values.entries()) expect(found[row]![column]).toBeCloseTo(value, 10);
}

test("the unbiased estimate and what is made of it, from batches and from all at once, are NumPy's", () => {
  const [one, other] = layers.map((layer) => gramOf(layer.slice(0, batch)));
  expect(unbiasedHsic(one!, other!, batch)).toBeCloseTo(reference.hsic, 10);
  expectClose(fromBatches(layers, batch), reference.fromBatches);
  expectClose(fromBatches(layers, pictures), reference.fromAll);
});

test("a layer is like itself, shifted, scaled and turned, and not like one that has nothing to do with it", () => {
  const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
  const moved = layers[1]!.map(([a = 0, b = 0, ...rest]) =>
    [cosine * a - sine * b, sine * a + cosine * b, ...rest].map((value) => 5 * value + 9),
  );
  const [[, likeness]] = fromBatches([layers[1]!, moved], batch) as [[number, number]];
  expect(likeness).toBeCloseTo(1, 9);
  expect(Math.abs(reference.fromAll[1]![2]!)).toBeLessThan(0.02);
  // The estimate that is not unbiased finds a likeness in few pictures where there is none.
  expect(reference.biased[1]![2]).toBeGreaterThan(0.1);
});

test("there is no likeness with a layer that answers the same to all, and none from three pictures", () => {
  const still = Array.from({ length: pictures }, () => [1, 1]);
  expect(fromBatches([layers[0]!, still], batch)).toEqual([
    [expect.closeTo(1, 9), null],
    [null, null],
  ]);
  expect(() => unbiasedHsic(new Float64Array(9), new Float64Array(9), 3)).toThrow(RangeError);
});
