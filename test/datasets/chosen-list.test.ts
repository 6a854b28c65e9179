/** A list of labels that is chosen itself, in place of the folder that it lies in. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPicture } from "../../src-main/datasets/containers/read-picture.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const rows = (labelOf: (number: number) => string) =>
  Array.from({ length: 12 }, (_, number) => `all/${String(number).padStart(2, "0")}.png,${labelOf(number)}`).join("\n");
const open = async (path: string) => {
  const { classNames, understanding, examples, name } = await openDataset({ kind: "folder", path });
  return { classNames, layout: understanding?.reading.layout, list: understanding?.reading.list, examples, name };
};

test("the list that is chosen says the classes, whatever else lies beside it, and its pictures are found", async () => {
  const files = { ...(await pictures("all", 12)), ...(await pictures("more", 12, 100)) };
  const folder = writeFiles(temporaryFolder(), {
    ...files,
    "a.csv": rows((number) => (number % 2 ? "cat" : "dog")),
    "b.tsv": rows((number) => (number % 2 ? "even" : "odd")).replaceAll(",", "\t"),
    "c.csv": "day,weather\n1,rain\n2,sun",
  });
  expect((await open(folder)).list).toBe("a.csv");
  const a = await open(join(folder, "a.csv"));
  expect(a).toMatchObject({ classNames: ["cat", "dog"], layout: "label-list", list: "a.csv", name: "a.csv" });
  expect((await open(join(folder, "b.tsv"))).classNames).toEqual(["even", "odd"]);
  const bytes = await readPicture(join(folder, "a.csv"), a.examples[0]!.name);
  expect(bytes instanceof Uint8Array && bytes.length).toBeGreaterThan(50);
  await expect(open(join(folder, "c.csv"))).rejects.toMatchObject({ code: "data.no-list" });
});

test("a folder that is named like a list is a folder", async () => {
  const folder = writeFiles(join(temporaryFolder(), "pets.csv"), {
    ...(await pictures("cat", 4)),
    ...(await pictures("dog", 4, 50)),
  });
  expect((await open(folder)).classNames).toEqual(["cat", "dog"]);
});
