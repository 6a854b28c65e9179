import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeSquare } from "../../src-main/datasets/pictures/picture-bytes.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, type TestEngine } from "../support/with-engine.ts";

/** 40 × 20 pixels of one colour; each value gives other bytes. */
const picture = (red: number) =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toBuffer();

describe("a data set's pictures", () => {
  let test: TestEngine;
  let folder: string;
  let datasetId: number;
  let indexOf: (name: string) => number;
  beforeAll(async () => {
    test = await startEngine();
    folder = mkdtempSync(join(tmpdir(), "strata-pictures-"));
    for (const [index, split] of ["train", "val"].entries())
      for (const [shift, name] of ["a", "b"].entries()) {
        mkdirSync(join(folder, split, name), { recursive: true });
        for (const number of [0, 1, 2, 3])
          writeFileSync(join(folder, split, name, `${number}.png`), await picture(index * 100 + shift * 50 + number));
      }
    datasetId = (await test.engine.datasets.inspect({ kind: "folder", path: `${folder}/` })).id;
    const names = new Map(
      [...Array(16).keys()].map((index) => [test.engine.pictures.find(datasetId, index)?.example.name, index]),
    );
    indexOf = (name) => names.get(name)!;
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true });
  });

  const render = (name: string) =>
    test.engine.pictures.render(
      test.engine.pictures.find(datasetId, indexOf(name))!,
      { mostPixels: 16 },
      new AbortController().signal,
    );

  it("are made smaller with their aspect kept, and always written anew", async () => {
    const { bytes, mediaType } = await render("train/a/0.png");
    expect(mediaType).toBe("image/webp");
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 16, height: 8 });
  });

  it("are shown as a network sees them, pixel by pixel, when a way to the square is asked for", async () => {
    const found = test.engine.pictures.find(datasetId, indexOf("train/b/0.png"))!;
    const asked = { mostPixels: 16, resize: { fit: "pad", filter: "lanczos3" } } as const;
    const { bytes } = await test.engine.pictures.render(found, asked, new AbortController().signal);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 16, height: 16 });
    const file = readFileSync(join(folder, "train/b/0.png"));
    const seen = await sharp(bytes).removeAlpha().raw().toBuffer();
    expect(seen.equals(Buffer.from((await decodeSquare(file, 16, asked.resize)) as Uint8Array))).toBe(true);
    expect([seen[0], seen[8 * 16 * 3]]).toEqual([0, 50]);
  });

  it("are refused when the file is gone, or is not the one that was looked at", async () => {
    rmSync(join(folder, "train/a/1.png"));
    await expect(render("train/a/1.png")).rejects.toMatchObject({ code: "data.changed" });
    writeFileSync(join(folder, "train/a/2.png"), await picture(200));
    await expect(render("train/a/2.png")).rejects.toMatchObject({ code: "data.changed" });
    rmSync(join(folder, "train/a/3.png"));
    symlinkSync("/etc/hostname", join(folder, "train/a/3.png"));
    await expect(render("train/a/3.png")).rejects.toMatchObject({ code: "data.changed" });
  });

  it("must be looked at again before they are trained on by an engine that did not see them change", async () => {
    await test.engine.close();
    const later = await startEngine({ paths: test.paths });
    const request = requestFor(scripts.trainsToTheEnd);
    const configuration = { ...request.configuration, dataset: { kind: "folder" as const, path: folder } };
    const training = later.engine.scheduling.start({ ...request, configuration });
    await expect(training).rejects.toMatchObject({ code: "data.changed" });
    await later.close();
  });
});
