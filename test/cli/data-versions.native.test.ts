/** Labels and splits mended from the command line, on a real folder. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
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
  folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/cat", 8)),
    ...(await pictures("train/dog", 8, 20)),
    ...(await pictures("val/cat", 2, 40)),
    ...(await pictures("val/dgo", 2, 60)),
  });
});

const data = (...words: string[]) => cli.run(["data", ...words]);
const json = async (...words: string[]) => JSON.parse((await data(...words, "--json")).out);

it("makes a version from the newest one, trains on it by number or note, and the run says which", async () => {
  const before = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => [
    name,
    statSync(join(folder, name)).mtimeMs,
  ]);
  const relabelled = await data("relabel", folder, "dog", join(folder, "train/cat/00.png"), "--note", "mended");
  expect([relabelled.err, relabelled.out]).toEqual([
    "",
    "Saved as version 1 “mended”: 1 picture relabelled as dog. Train on it with --data-version 1.\n",
  ]);
  await data("move", folder, "test", "train/dog/00.png", "train/cat/01.png", "--author", "Ann");
  await data("exclude", folder, "train/dog/01.png");
  const { versions } = await json("versions", folder);
  expect(versions.map((each: { number: number; parentKey: string }) => [each.number, each.parentKey])).toEqual([
    [1, null],
    [2, versions[0].key],
    [3, versions[1].key],
  ]);
  expect(versions.map(({ author }: { author: string }) => author)).toEqual([
    userInfo().username,
    "Ann",
    userInfo().username,
  ]);
  expect((await data("versions", folder)).out).toMatch(/^ +3 +2 +1 picture excluded/m);

  const train = ["train", "--data", folder, "--model", "lenet5", "--epochs", "1", "--batch", "4", "--json"];
  const trained = async (...words: string[]) => {
    const { out, err } = await cli.run([...train, ...words]);
    expect(err).toBe("");
    return JSON.parse(out).runs[0];
  };
  const name = basename(folder);
  expect((await trained("--data-version", "mended")).dataset).toBe(`${name}, version 1 “mended”`);
  const onThird = await trained("--data-version", "3");
  expect(onThird.dataset).toBe(`${name}, version 3`);
  expect((await trained()).dataset).toBe(name);
  const { run } = JSON.parse((await cli.run(`show ${onThird.id} --json`)).out);
  expect(run.configuration.dataset).toEqual({ kind: "folder", path: folder, version: versions[2].key });
  expect((await cli.run(`show ${onThird.id}`)).out).toContain(`${name}, version 3`);

  expect(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((each) => [
      each,
      statSync(join(folder, each)).mtimeMs,
    ]),
  ).toEqual(before);
});

it("mends a class that is misspelt in validation, whose pictures were left out", async () => {
  const count = async (version: string) => (await json("inspect", folder, "--data-version", version)).dataset.counts;
  expect((await count("0")).validation).toBe(2);
  const renamed = await data("rename-class", folder, "dgo", "dog");
  expect([renamed.exitCode, renamed.err]).toEqual([2, expect.stringContaining("or merge the two classes")]);
  await data("merge-classes", folder, "dog", "dgo");
  expect((await count("1")).validation).toBe(4);
  const { dataset, findings } = await json("inspect", folder, "--data-version", "1");
  expect(dataset.problems).toEqual([]);
  expect(JSON.stringify(findings)).not.toContain("dgo");
});

it("undoes, and undoes the undoing: each has the very pictures of what it goes back to", async () => {
  const inspected = async (version: string) => {
    const { dataset } = await json("inspect", folder, "--data-version", version);
    return [dataset.fingerprint, dataset.counts.train];
  };
  await data("exclude", folder, "train/cat/00.png");
  await data("merge-classes", folder, "pet", "cat", "--note", "pets");
  await data("undo", folder);
  await data("undo", folder);
  expect((await data("versions", folder)).out).toMatch(/^ +4 +3 +the version before it undone/m);
  expect(await inspected("3")).toEqual(await inspected("1"));
  expect(await inspected("4")).toEqual(await inspected("2"));
  expect((await inspected("0"))[1]).toBe(16);
  await data("undo", folder, "--data-version", "1");
  expect(await inspected("5")).toEqual(await inspected("0"));
  expect((await data("undo", folder, "--data-version", "0")).err).toContain("no version that could be undone");
});

it("compares two versions picture by picture, and writes one out with the bytes as they are", async () => {
  await data("relabel", folder, "dog", "train/cat/00.png", "train/cat/01.png");
  await data("move", folder, "test", "train/cat/00.png");
  await data("exclude", folder, "val/cat/00.png");
  const { differences } = await json("compare-versions", folder, "0", "3");
  expect(differences).toEqual({
    relabelled: ["00", "01"].map((number) => ({ name: `train/cat/${number}.png`, from: "cat", to: "dog" })),
    moved: [{ name: "train/cat/00.png", from: "train", to: "test" }],
    ...{ excluded: ["val/cat/00.png"], added: [], same: 15 },
  });
  expect((await data("compare-versions", folder, "2", "3")).out).toMatch(/^val\/cat\/00\.png +in the first alone$/m);

  const to = join(cli.home, "written");
  expect((await json("write-out", folder, to, "--data-version", "3")).written).toMatchObject({
    ...{ folder: to, pictures: 17, classes: 2 },
  });
  expect(readFileSync(join(to, "test/dog/00.png"))).toEqual(readFileSync(join(folder, "train/cat/00.png")));
  const again = await data("write-out", folder, to);
  expect([again.exitCode, again.err]).toEqual([1, expect.stringContaining("something at the place")]);
  // Both kinds are by now what the folders say.
  expect((await json("inspect", to)).dataset.counts).toEqual({ train: 15, validation: 1, test: 1 });
});

it.each([
  [
    ["relabel", "FOLDER", "dog", "train/cat/0.png"],
    "The data set has no picture train/cat/0.png. Did you mean train/cat/00.png?",
  ],
  [["relabel", "FOLDER", "cat", "train/cat/00.png"], "The changes change nothing."],
  [["rename-class", "FOLDER", "cat", "dog"], "There is a class dog already."],
  [["merge-classes", "FOLDER", "dog", "cow"], "The data set has no class cow."],
  [["merge-classes", "FOLDER", "dog", "cat"], "Only one class has pictures: dog."],
  [["move", "FOLDER", "holdout", "train/cat/00.png"], "holdout is none of train, validation, test"],
  [["relabel", "FOLDER", "c\u0007at", "train/cat/00.png"], "className: "],
  [["exclude", "drawn", "1"], "Drawn pictures have no versions"],
  [
    ["exclude", "FOLDER", "train/cat/00.png", "--data-version", "7"],
    "There is no version 7 of these pictures; there are none.",
  ],
  [["exclude", "FOLDER", "train/cat/00.png", "--note", "n".repeat(201)], "at most 200 characters"],
])("refuses %j with exit code 2, and saves nothing", async (words, said) => {
  const { exitCode, out, err } = await data(...words.map((word) => (word === "FOLDER" ? folder : word)));
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toContain(said);
  expect((await json("versions", folder)).versions).toEqual([]);
});

it("a version whose record is elsewhere is a coded error, and so is a note that two versions share", async () => {
  await data("exclude", folder, "train/cat/00.png", "--note", "same");
  await data("exclude", folder, "train/cat/01.png", "--note", "same");
  const ambiguous = await data("inspect", folder, "--data-version", "same");
  expect([ambiguous.exitCode, ambiguous.err]).toEqual([2, expect.stringContaining("Versions 1, 2 are all “same”")]);
  expect(existsSync(join(folder, "train/cat/00.png"))).toBe(true);
});
