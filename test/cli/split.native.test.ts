/** Splits made anew from the command line, on a real folder. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { DataDocument } from "../../src-main/cli/documents.ts";
import { plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { startEngine, type TestEngine } from "../support/with-engine.ts";

let engine: TestEngine;
let cli: TestCli;
let folder: string;
beforeAll(async () => {
  engine = await startEngine();
  cli = createTestCli(engine.paths.home, engine.engine);
});
afterAll(() => engine.close());
beforeEach(async () => {
  const files: Record<string, Uint8Array> = {};
  for (const [place, className] of ["cat", "dog"].entries())
    for (let number = 0; number < 20; number++)
      files[`${number < 15 ? "train" : "test"}/${className}/patient${number % 10}_${number}.png`] = await plain(
        100 * place + number,
      )
        .png()
        .toBuffer();
  folder = writeFiles(temporaryFolder(), files);
});

const anew = ["--split", "anew", "--validation-share", "0.2", "--test-share", "0.2", "--split-seed", "3"];
const byPatient = [...anew, "--split-group", "pattern:patient*_"];
const inspected = async (...words: string[]): Promise<DataDocument["dataset"]> =>
  JSON.parse((await cli.run(["data", "inspect", folder, ...words, "--json"])).out).dataset;

it("shows the split before anything is trained, and a run keeps it", async () => {
  expect((await inspected()).counts).toEqual({ train: 26, validation: 4, test: 10 });
  const parted = await inspected(...byPatient);
  expect(parted).toMatchObject({
    counts: { train: 24, validation: 8, test: 8 },
    grouping: { groups: 10, ungrouped: 0 },
    splitOrigin: { validation: "anew", test: "anew" },
  });
  const { out } = await cli.run(["data", "inspect", folder, ...byPatient]);
  expect(out).toContain("Validation: made anew. Test: made anew.\n10 groups, of which none is in two splits.\n");
  expect(out).toMatch(/cat +12 +4 +4\n/);

  const train = ["train", "--data", folder, "--model", "lenet5", "--epochs", "1", "--batch", "4", "--json"];
  const trained = async (...words: string[]) => JSON.parse((await cli.run([...train, ...words])).out).runs[0];
  const run = await trained(...byPatient);
  expect(run.dataset).toBe(`${basename(folder)}, split 60/20/20 by patient*_, seed 3`);
  const shown = JSON.parse((await cli.run(["show", String(run.id), "--json"])).out).run;
  expect(shown.configuration.dataset.split).toEqual({
    ...{ kind: "anew", validationShare: 0.2, testShare: 0.2, seed: 3 },
    ...{ group: "pattern:patient*_", isStratified: true },
  });
  const asFound = await trained("--split", "as-found");
  const asEver = await trained();
  const fingerprints = await Promise.all(
    [asFound, asEver].map(async ({ id }) => {
      const { configuration } = JSON.parse((await cli.run(["show", String(id), "--json"])).out).run;
      return configuration.dataset;
    }),
  );
  expect(fingerprints[0]).toEqual(fingerprints[1]);
  const found = JSON.parse((await cli.run(["runs", "--find", "split-seed=3", "--json"])).out).runs;
  expect(found.map(({ id }: { id: number }) => id)).toEqual([run.id]);
});

it("writes it out, and changes of a version come after it", async () => {
  const name = "train/cat/patient0_0.png";
  await cli.run(["data", "relabel", folder, "dog", name, "--note", "mended"]);
  const counted = (dataset: DataDocument["dataset"]) => dataset.classes.map(({ train, test }) => [train, test]);
  const before = await inspected(...anew);
  const after = await inspected(...anew, "--data-version", "mended");
  expect(after.counts).toEqual(before.counts);
  expect(counted(after)).not.toEqual(counted(before));
  const to = join(folder, "..", `${basename(folder)}-written`);
  const { err } = await cli.run(["data", "write-out", folder, to, ...byPatient, "--data-version", "0"]);
  expect(err).toBe("");
  const patients = (split: string) =>
    new Set(["cat", "dog"].flatMap((of) => readdirSync(join(to, split, of)).map((file) => file.split("_")[0])));
  expect([patients("train").size, patients("validation").size, patients("test").size]).toEqual([6, 2, 2]);
});

it("names what is wrong with the flags", async () => {
  const says = async (...words: string[]) => (await cli.run(["data", "inspect", folder, ...words])).err;
  expect(await says("--split-seed", "3")).toContain("--split-seed needs --split anew.");
  expect(await says(...anew, "--split-group", "column:patient")).toContain(
    "No picture has a group by column:patient. folder:1 is the folder that a picture stands in",
  );
  expect(await says("--split", "anew", "--split-group", "patient")).toContain(
    "is none of column:<header>, folder:<level>",
  );
  expect(await says("--split", "anew", "--validation-share", "2")).toContain("validationShare");
});

it("reads the folder as it is told to", async () => {
  const { understanding } = await inspected("--read-as", "class-folders");
  expect(understanding?.reading.layout).toBe("class-folders");
  expect((await cli.run(["data", "inspect", folder, "--read-as", "parquet"])).err).toContain(
    "The folder cannot be read as parquet; it can be as split-folders",
  );
});
