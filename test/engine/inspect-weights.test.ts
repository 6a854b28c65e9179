import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InitialWeights, imagenetPixels } from "../../src-main/contract/weights.ts";
import { checkConfiguration } from "../../src-main/engine/scheduling/check-configuration.ts";
import { createWeightsInspector, inspectWeights as look } from "../../src-main/engine/weights/inspect-weights.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";
import { writeWeights } from "../../src-main/models/weights-file.ts";
import { sha256OfFile } from "../../src-main/platform/sha256-of-file.ts";
import { cifar, compactInception } from "../support/sample-views.ts";

const model = { id: "lenet5", inputPixels: 32, width: 1 };
const inspectWeights = createWeightsInspector(look);
/** As training does before it records a run. */
const begin = (initialWeights: InitialWeights) =>
  checkConfiguration({ ...compactInception, model, initialWeights }, cifar, inspectWeights);

describe("a look at weights", () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-look-"));
    path = join(folder, "lenet5.safetensors");
    write(10);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** @param count of weights, from the first row on */
  function write(classes: number, count = 10, value = 0): void {
    const weights = listWeights(scaleArchitecture(findArchitecture(model.id), model), classes).slice(0, count);
    const about = { architecture: model.id, inputPixels: 32, width: 1, classes, classNames: null, trained: null };
    writeWeights(
      path,
      { formatVersion: 1, layout: "strata", preprocessing: imagenetPixels, ...about },
      weights.map(({ name, shape }) => ({
        ...{ name, shape },
        values: () => new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(value),
      })),
    );
  }
  const look = (changes: { sha256?: string; id?: string; classes?: number; width?: number; path?: string } = {}) =>
    inspectWeights({
      path: changes.path ?? path,
      sha256: changes.sha256 ?? null,
      model: { ...model, id: changes.id ?? model.id, width: changes.width ?? model.width },
      classes: changes.classes ?? 10,
    });

  it("says that all match, what the file is of, and what a run would be set up with", async () => {
    expect(await look()).toEqual({
      initialWeights: { path, sha256: sha256OfFile(path), frozenThrough: null, preprocessing: imagenetPixels },
      of: { architecture: "lenet5", inputPixels: 32, width: 1, classes: 10 },
      weights: 10,
      matched: 10,
      surplus: 0,
      isTooLittle: false,
      freshRows: [],
      freezableRows: expect.arrayContaining(["C1", "S2", "C3", "S4", "C5", "F6"]),
    });
  });

  it("names the rows that begin by the seed: the last one, for other classes", async () => {
    const { matched, freshRows, freezableRows } = await look({ classes: 7 });
    expect([matched, freshRows]).toEqual([8, ["OUTPUT"]]);
    expect(freezableRows).not.toContain("OUTPUT");
  });

  it("refuses what fits nowhere, what changed, and what is no such file", async () => {
    await expect(look({ id: "vgg11" })).rejects.toMatchObject({ code: "weights.unmatched" });
    await expect(look({ sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "weights.changed" });
    await expect(look({ path: join(folder, "none") })).rejects.toMatchObject({ code: "weights.not-found" });
    const damaged = join(folder, "damaged.safetensors");
    writeFileSync(damaged, "1234");
    await expect(look({ path: damaged })).rejects.toMatchObject({ code: "weights.damaged" });
  });

  it("says of less than half of the weights before the last layer that it is too little, and training does not begin from it", async () => {
    write(10, 4);
    const enough = await look();
    expect(enough).toMatchObject({ matched: 4, isTooLittle: false });
    await begin(enough.initialWeights);
    write(10, 3);
    const tooLittle = await look();
    expect(tooLittle).toMatchObject({ matched: 3, surplus: 0, isTooLittle: true });
    await expect(begin(tooLittle.initialWeights)).rejects.toMatchObject({
      code: "weights.too-little",
      problem:
        "Too little of the file fits lenet5: 3 of its weights matched, 7 are missing, and 0 of the file's are left over.",
      remedy: expect.stringContaining("--allow-mismatch"),
    });
    await begin({ ...tooLittle.initialWeights, isMismatchAllowed: true });
    write(10);
  });

  it("refuses weights that are no numbers, and so does training", async () => {
    const { initialWeights } = await look();
    write(10, 10, Number.POSITIVE_INFINITY);
    await expect(look()).rejects.toMatchObject({
      code: "weights.not-finite",
      problem: expect.stringMatching(
        /^The file has 62006 values that are NaN or infinite, in C1\/kernel \(450\), .* and 7 more weights/,
      ),
    });
    await expect(begin(initialWeights)).rejects.toMatchObject({ code: "weights.not-finite" });
    write(10);
  });

  it("sees a file that was written anew", async () => {
    const { initialWeights } = await look();
    write(3);
    const anew = await look({ classes: 3 });
    expect(anew.initialWeights.sha256).toBe(sha256OfFile(path));
    expect(anew.initialWeights.sha256).not.toBe(initialWeights.sha256);
    await expect(look({ classes: 3, sha256: initialWeights.sha256 })).rejects.toMatchObject({
      code: "weights.changed",
    });
    write(10);
  });
});
