import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browseFolders, drivesBeside } from "../../src-main/engine/datasets/browse-folders.ts";

describe("browsing folders", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "strata-browse-"));
    for (const name of ["set 10", "set 2", "Ätna", ".hidden"]) mkdirSync(join(root, name));
    writeFileSync(join(root, "file.txt"), "");
    symlinkSync(join(root, "set 2"), join(root, "linked"));
    symlinkSync(join(root, "nowhere"), join(root, "broken"));
    writeFileSync(join(root, "set 2", "b.safetensors"), "12345");
    writeFileSync(join(root, "set 2", "a.SAFETENSORS"), "");
    writeFileSync(join(root, "set 2", ".hidden.safetensors"), "");
    writeFileSync(join(root, "set 2", "a.pth"), "");
    symlinkSync(join(root, "set 2", "b.safetensors"), join(root, "set 2", "c.safetensors"));
    symlinkSync(join(root, "nowhere"), join(root, "set 2", "d.safetensors"));
    mkdirSync(join(root, "set 2", "e.safetensors"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("lists folders in the order a person expects, linked ones too, without files and hidden ones", async () => {
    const { folders, parent } = await browseFolders(root);
    expect(folders.map(({ name }) => name)).toEqual(["Ätna", "linked", "set 2", "set 10"]);
    expect(folders[0]?.path).toBe(join(root, "Ätna"));
    expect(parent).toBe(tmpdir());
  });

  it("takes ~ for the person's home, as a shell does", async () => {
    expect((await browseFolders("~")).path).toBe(homedir());
    await expect(browseFolders("~/no such folder")).rejects.toMatchObject({ code: "data.not-found" });
  });

  it("lists files of the kind that is asked for, linked ones too, and none where none is", async () => {
    const at = (name: string) => join(root, "set 2", name);
    const { folders, files } = await browseFolders(at(""), "safetensors");
    expect(files).toEqual([
      { name: "a.SAFETENSORS", path: at("a.SAFETENSORS"), bytes: 0 },
      { name: "b.safetensors", path: at("b.safetensors"), bytes: 5 },
      { name: "c.safetensors", path: at("c.safetensors"), bytes: 5 },
    ]);
    expect(folders.map(({ name }) => name)).toEqual(["e.safetensors"]);
    expect((await browseFolders(at(""))).files).toEqual([]);
  });

  it("lists archives and files of many pictures", async () => {
    const folder = mkdtempSync(join(root, "archives-"));
    const wanted = [
      "a.zip",
      "b.tar",
      "c.tar.gz",
      "d.tgz",
      "data_batch_1.bin",
      "e.parquet",
      "t10k-images-idx3-ubyte.gz",
    ];
    for (const name of [...wanted, "notes.txt", "model.bin", "x.gz"]) writeFileSync(join(folder, name), "");
    expect((await browseFolders(folder, "pictures")).files.map(({ name }) => name)).toEqual(wanted);
  });

  it("begins at home, and ends at the root", async () => {
    expect((await browseFolders(null)).path).toBe(homedir());
    expect((await browseFolders("/")).parent).toBeNull();
  });

  it("names the other drives at the top of one of Windows', and nowhere else", async () => {
    const isThere = async (path: string) => ["C:\\", "D:\\", "Z:\\"].includes(path);
    const drive = (name: string) => ({ name, path: name });
    expect(await drivesBeside("C:\\", isThere)).toEqual([drive("D:\\"), drive("Z:\\")]);
    expect(await drivesBeside("d:\\", isThere)).toEqual([drive("C:\\"), drive("Z:\\")]);
    for (const elsewhere of ["C:\\pictures", "\\\\server\\share\\", "/", "/c:\\"])
      expect([elsewhere, await drivesBeside(elsewhere, isThere)]).toEqual([elsewhere, []]);
  });

  it("says what is wrong with a path", async () => {
    await expect(browseFolders(join(root, "nowhere"))).rejects.toMatchObject({ code: "data.not-found" });
    await expect(browseFolders(join(root, "file.txt"))).rejects.toMatchObject({ code: "data.not-a-folder" });
  });
});
