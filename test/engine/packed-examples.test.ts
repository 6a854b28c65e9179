import { expect, it } from "vitest";
import { packExamples, unpackExamples } from "../../src-main/engine/readers/packed-examples.ts";
import { largeDataset } from "../support/large-dataset.ts";

it.each([0, 1, 25_000])("%i pictures are the same after a way between processes", async (pictures) => {
  const { examples } = largeDataset(pictures);
  const packed = structuredClone(await packExamples(examples));
  expect(await unpackExamples(packed)).toEqual(examples);
});
