import { execFileSync } from "node:child_process";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import { memoryOfProcess } from "../../src-main/platform/memory.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { readerIds } from "../support/readers.ts";
import { startEngine } from "../support/with-engine.ts";

const side = 3_000;
/** Interlaced, transparent and of sixteen bits, it has to be held whole. */
const decodedBytes = side ** 2 * 8;
const many = 8;

/** A hundred kilobytes. */
async function heavyPicture(): Promise<Buffer> {
  const background = { r: 9, g: 0, b: 0, alpha: 0.5 };
  const picture = sharp({ create: { width: side, height: side, channels: 4, background } });
  return picture.toColourspace("rgb16").png({ progressive: true }).toBuffer();
}

/** The same file, which says that it is larger. */
function claiming(png: Buffer, claimedSide: number): Buffer {
  const claims = Buffer.from(png);
  claims.writeUInt32BE(claimedSide, 16);
  claims.writeUInt32BE(claimedSide, 20);
  claims.writeUInt32BE(crc32(claims.subarray(12, 29)), 29);
  return claims;
}

describe.runIf(process.platform === "linux")("pictures that take much memory (left out where it is not known)", () => {
  it("take it outside the engine and one at a time, and one that takes too much is refused", async () => {
    const heavy = await heavyPicture();
    const files: Record<string, Uint8Array> = { ...(await pictures("light", 12)) };
    // What stands behind the end of a picture makes another file of it.
    for (let index = 0; index < many; index++)
      files[`heavy/${index}.png`] = Buffer.concat([heavy, Buffer.from([index])]);
    for (let index = 0; index < 12; index++)
      files[`heavy/claims-${index}.png`] = Buffer.concat([claiming(heavy, 11_000), Buffer.from([index])]);
    const { engine, close } = await startEngine();
    onTestFinished(close);
    const { id } = await engine.datasets.inspect({ kind: "folder", path: writeFiles(temporaryFolder(), files) });
    const found = Object.keys(files).map((_, index) => engine.pictures.find(id, index)!);
    const render = (name: RegExp) =>
      found
        .filter(({ example }) => name.test(example.name))
        .map((one) => engine.pictures.render(one, { mostPixels: 96 }, new AbortController().signal));

    await Promise.all(render(/light/));
    const before = process.memoryUsage.rss();
    let most = before;
    let mostOfReaders = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
      const held = readerIds().map((pid) => memoryOfProcess(pid)?.residentBytes ?? 0);
      mostOfReaders = Math.max(mostOfReaders, ...[held.reduce((sum, bytes) => sum + bytes, 0)]);
    }, 10);
    onTestFinished(() => clearInterval(watch));
    expect(await Promise.all(render(/heavy\/\d/))).toHaveLength(many);
    // All pictures at once would take 580 megabytes; what a process has beside them comes and goes by some tens.
    const allAtOnce = many * decodedBytes;
    expect(most - before).toBeLessThan(allAtOnce / 2);
    // The program itself takes a hundred and more.
    expect(mostOfReaders).toBeGreaterThan(decodedBytes);
    expect(mostOfReaders).toBeLessThan(2e8 + allAtOnce / 2);

    const [tooLarge] = render(/claims-0/);
    await expect(tooLarge).rejects.toMatchObject({
      code: "picture.too-large",
      problem: expect.stringMatching(/^heavy\/claims-\d+\.png takes 1\.0 GB/),
    });
  });
});

it("the engine and its server load no decoder at all", () => {
  const loads = (module: string) => {
    const url = new URL(`../../src-main/${module}`, import.meta.url).href;
    const code = `await import(${JSON.stringify(url)});
      process.report.excludeNetwork = true;
      console.log(process.report.getReport().sharedObjects.some((path) => /sharp|vips/.test(path)))`;
    return execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).trim();
  };
  const modules = ["engine/create-engine.ts", "server/create-server.ts", "datasets/pictures/render-picture.ts"];
  expect(modules.map(loads)).toEqual(["false", "false", "true"]);
});
