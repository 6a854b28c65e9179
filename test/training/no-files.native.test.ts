import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { askInChild } from "../support/in-child.ts";
import { makePipe, noFiles } from "../support/no-files.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

describe.runIf(process.platform !== "win32")("the trainer waits for no pipe:", () => {
  test("initial weights that are no file end in words", () => {
    const { pipe, device, socket, folder } = noFiles();
    const call = 'module.fillFromFile([], { path: value, sha256: "" }, "lenet5")';
    const answers = askInChild("src-main/training/initial-weights.ts", call, [pipe, device, socket, folder]);
    // TensorFlow may say something first.
    expect(answers.slice(-4)).toEqual(Array.from({ length: 4 }, () => "file.not-regular"));
  });

  test("a saved state whose manifest is a pipe is damaged", () => {
    const folder = temporaryFolder();
    makePipe(join(folder, "manifest.json"));
    const call = 'module.findCheckpoint([value], "").errors[0].code';
    const answers = askInChild("src-main/training/checkpoints/read-checkpoint.ts", call, [folder]);
    expect(answers.at(-1)).toBe('"checkpoint.damaged"');
  });
});
