/** What stands where a file is named may be anything; whoever opens it must neither wait for it nor read it without end. */
import { appendFileSync, closeSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRegularFile, readRegularFile } from "../../src-main/platform/open-regular-file.ts";
import { askInChild } from "../support/in-child.ts";
import { makePipe, noFiles } from "../support/no-files.ts";
import { temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const refusal = "file.not-regular";
const question = '{ path: value, sha256: null, classes: 10, model: { id: "lenet5", inputPixels: 32, width: 1 } }';

/** Whoever opens files by name: the module, the call, and how it refuses. */
const openers = [
  ["src-main/engine/weights/inspect-weights.ts", `module.inspectWeights(${question})`, refusal],
  ["src-main/engine/weights/weights-files.ts", "module.initialWeightsFrom(value, { frozenThrough: null })", refusal],
  ["src-main/platform/sha256-of-file.ts", "module.sha256OfFile(value)", refusal],
  ["src-main/platform/sha256-of-file.ts", "module.sha256OfFileBeside(value)", refusal],
  ["src-main/datasets/pictures/picture-bytes.ts", "module.readPictureFile(value)", '{"code":"unreadable"}'],
] as const;
const openForeign = (...paths: readonly string[]) =>
  askInChild("src-main/models/foreign/open-foreign.ts", "module.openForeign(value)", paths);

describe.runIf(process.platform !== "win32")("what is no file is refused, and nobody waits for it:", () => {
  test.for(openers)("%s: %s", ([module, call, code]) => {
    const { pipe, device, socket, folder } = noFiles();
    expect(askInChild(module, call, [pipe, device, socket, folder])).toEqual([code, code, code, code]);
  });

  test("weights of another program, whose folder is looked into", () => {
    const { pipe, device, socket, folder } = noFiles();
    expect(openForeign(pipe, device, socket, folder)).toEqual([refusal, refusal, refusal, "weights.no-model"]);
  });

  test("each file of a model of another program", () => {
    const model = JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: ["a.bin"], weights: [] }] });
    const folders = ["model.json", "saved_model.pb", "strata.json", "a.bin"].map((name) => {
      const folder = writeFiles(temporaryFolder(), name === "saved_model.pb" ? {} : { "model.json": model });
      rmSync(join(folder, name), { force: true });
      makePipe(join(folder, name));
      return folder;
    });
    expect(openForeign(...folders)).toEqual(folders.map(() => refusal));
  });
});

test("a file's size is what it had when it was opened, and one that is too large is not read", () => {
  const path = join(temporaryFolder(), "grows");
  writeFileSync(path, "12345");
  const { file, bytes } = openRegularFile(path);
  appendFileSync(path, "6789");
  closeSync(file);
  expect(bytes).toBe(5);
  expect(readRegularFile(path, 8)).toBeNull();
  expect(readRegularFile(path, 9)).toEqual(Uint8Array.from(Buffer.from("123456789")));
});
