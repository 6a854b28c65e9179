import { describe, expect, test } from "vitest";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { sharedData } from "../support/shared-data.ts";

const antsBees = sharedData("ants-bees");
describe.skipIf(!antsBees)("ants and bees (left out where the photographs do not lie beside the clone)", () => {
  test("every picture is used, the GIF too", async () => {
    const dataset = await openDataset({ kind: "folder", path: antsBees ?? "" });
    expect(dataset.problems).toEqual([]);
    expect(dataset.classes).toEqual([
      { name: "ants", train: 124, validation: 70, test: 0 },
      { name: "bees", train: 121, validation: 83, test: 0 },
    ]);
    expect(dataset.splitOrigin).toEqual({ validation: "folders", test: "none" });
  });
});
