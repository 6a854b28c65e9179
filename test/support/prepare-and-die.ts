/** A process of its own that prepares 400 drawn pictures in segments of 64, and dies in the middle of it as if it were killed. */

import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";

const [cacheFolder = ""] = process.argv.slice(2);
await preparePictures({
  dataset: await openDataset({ kind: "drawn", pictures: 400, pixels: 64, difficulty: 0, seed: 1 }),
  inputPixels: 64,
  resize: usualResize,
  cacheFolder,
  limits: { segmentPictures: 64 },
  onProgress: (done) => {
    if (done >= 192) process.kill(process.pid, "SIGKILL");
  },
});
