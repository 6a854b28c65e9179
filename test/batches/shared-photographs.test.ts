import { describe, expect, test } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { temporaryFolder } from "../support/picture-folder.ts";
import { sharedData } from "../support/shared-data.ts";

const antsBees = sharedData("ants-bees");
describe.skipIf(!antsBees)("ants and bees (left out where the photographs do not lie beside the clone)", () => {
  test("every photograph decodes, once", async () => {
    const cacheFolder = temporaryFolder();
    const dataset = await openDataset({ kind: "folder", path: antsBees ?? "" });
    for (const decoded of [398, 0]) {
      const cache = await preparePictures({ dataset, inputPixels: 96, resize: usualResize, cacheFolder });
      expect([cache.decoded, cache.skipped]).toEqual([decoded, []]);
      await cache.close();
    }
  });
});
