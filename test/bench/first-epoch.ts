/**
 * How close decoding before the first epoch comes to what libvips can do: `node test/bench/first-epoch.ts <folder of JPEG photographs> [pictures] [pixels]`,
 * 1,200 pictures and 224 px unless named. The photographs are repeated, each with a number in a comment, so that all are different. In turns they are prepared as
 * before a training, into an empty cache, and made into the same squares by sharp alone, as many at a time as there are cores. Told are time and the
 * processor's time of the second against the first.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { squareOptions } from "../../src-main/datasets/pictures/square-options.ts";
import { inLanes } from "../../src-main/datasets/worker-pool.ts";
import { withComment } from "../support/many-pictures.ts";
import { median } from "./median.ts";

const [photographs, wanted = "1200", side = "224"] = process.argv.slice(2);
if (!photographs) {
  console.error("Name a folder of JPEG photographs.");
  process.exit(2);
}
const inputPixels = Number(side);
const rounds = 5;
const cores = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), "strata-first-epoch-"));

function writePictures(): void {
  const files = readdirSync(photographs!, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.jpe?g$/i.test(name),
  );
  const bytes = files.map((name) => readFileSync(join(photographs!, name))).filter((file) => file[0] === 0xff);
  for (const name of ["a", "b"]) mkdirSync(join(folder, "pictures", name), { recursive: true });
  for (let number = 0; number < Number(wanted); number++) {
    const path = join(folder, "pictures", number % 2 === 0 ? "a" : "b", `${number}.jpg`);
    writeFileSync(path, withComment(bytes[number % bytes.length]!, String(number)));
  }
}

async function bySharpAlone(paths: readonly string[]): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  await inLanes(paths, cores, async (path) => {
    const bytes = await readFile(path);
    const { width, height } = await sharp(bytes).metadata();
    await sharp(bytes, { failOn: "error" })
      // As Strata does: else the decoder makes a smaller picture at once, which is another picture (`decode.ts`).
      .extract({ left: 0, top: 0, width, height })
      .autoOrient()
      .resize(squareOptions(inputPixels, usualResize))
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer();
  });
}

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
}
async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - begun) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

try {
  writePictures();
  const dataset = await openDataset({ kind: "folder", path: join(folder, "pictures") });
  const paths = dataset.examples.map(({ name }) => join(folder, "pictures", name));
  const cacheFolder = join(folder, "cache");
  const prepare = async () => {
    const cache = await preparePictures({ dataset, inputPixels, resize: usualResize, cacheFolder });
    await cache.close();
  };
  await bySharpAlone(paths.slice(0, 50));
  const costs: { readonly alone: Cost; readonly prepared: Cost }[] = [];
  for (let round = 0; round < rounds; round++) {
    rmSync(cacheFolder, { recursive: true, force: true });
    const first = round % 2 === 0 ? await costOf(prepare) : await costOf(() => bySharpAlone(paths));
    const second = round % 2 === 0 ? await costOf(() => bySharpAlone(paths)) : await costOf(prepare);
    const [prepared, alone] = round % 2 === 0 ? [first, second] : [second, first];
    costs.push({ alone, prepared });
    console.log(
      `prepared ${prepared.seconds.toFixed(1)} s, processor ${prepared.cpuSeconds.toFixed(1)} s; sharp alone ${alone.seconds.toFixed(1)} s, ` +
        `processor ${alone.cpuSeconds.toFixed(1)} s; load ${loadavg()[0]!.toFixed(1)}`,
    );
  }
  const share = (of: (cost: Cost) => number) =>
    `${(100 * median(costs.map(({ alone, prepared }) => of(alone) / of(prepared)))).toFixed(0)} %`;
  console.log(
    `${paths.length} pictures at ${inputPixels} px on ${cores} cores: ${share(({ seconds }) => seconds)} of sharp alone by time, ` +
      `${share(({ cpuSeconds }) => cpuSeconds)} by the processor's time`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
