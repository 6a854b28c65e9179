/** Pictures that are taken, pasted or dropped, over the wire as a page sends them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mostPartLetters, mostPictureBytes, type PicturePart } from "../../src-main/contract/taken-picture.ts";
import type { EngineCaller } from "../../src-main/engine/router.ts";
import { noisy, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { wireApi } from "../support/wire-api.ts";
import { startServer } from "../support/with-engine.ts";

let test: Awaited<ReturnType<typeof startServer>>;
let wire: ReturnType<typeof wireApi>;
let uploads = 0;
beforeAll(async () => {
  test = await startServer();
  wire = wireApi(test.server);
});
afterAll(async () => {
  await wire.close();
  await test.close();
});

const series = "2026-11-26-103000";
type Place = Partial<PicturePart> & { readonly folder: string };

/** As the page does it: in parts, one after the other. */
async function send(bytes: Uint8Array, place: Place, api: EngineCaller = wire.api, partLetters = mostPartLetters) {
  const letters = Buffer.from(bytes).toString("base64");
  const part = { upload: uploads++, className: "cat", origin: "camera" as const, series, number: 1, ...place };
  let at = 0;
  for (; at + partLetters < letters.length; at += partLetters) {
    const answer = await api.data.addPicture({ ...part, part: letters.slice(at, at + partLetters), isLast: false });
    expect(answer).toBeNull();
  }
  return (await api.data.addPicture({ ...part, part: letters.slice(at), isLast: true }))!;
}
const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

describe("pictures that a person adds", () => {
  it("stand in the folder of their class as they were sent, named after how and when they came, and are read as a data set", async () => {
    const folder = join(temporaryFolder(), "pets");
    const jpeg = await plain(10).jpeg().toBuffer();
    const png = await plain(20).png().toBuffer();
    expect(await send(jpeg, { folder })).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: `camera-${series}-001.jpg`,
      className: "cat",
      path: join(folder, "cat", `camera-${series}-001.jpg`),
    });
    // The ending is that of the bytes, and the number the next one that is free.
    expect((await send(png, { folder, origin: "paste", className: "dog" })).name).toBe(`paste-${series}-001.png`);
    expect((await send(jpeg, { folder })).name).toBe(`camera-${series}-002.jpg`);
    expect(readFileSync(join(folder, "cat", `camera-${series}-001.jpg`)).equals(jpeg)).toBe(true);
    expect(readdirSync(join(folder, "dog"))).toEqual([`paste-${series}-001.png`]);
    expect(await wire.api.data.classFolders({ folder })).toEqual({ path: folder, classes: ["cat", "dog"], splits: [] });
    for (let number = 0; number < 30; number++)
      await send(
        await plain(30 + number)
          .png()
          .toBuffer(),
        { folder, className: number % 2 ? "cat" : "dog" },
      );
    const view = await wire.api.data.inspect({ source: { kind: "folder", path: folder } });
    expect([
      view.classes.map(({ name }) => name),
      view.counts.train + view.counts.validation + view.counts.test,
    ]).toEqual([["cat", "dog"], 33]);
  });

  it("larger than a message come in parts; what is larger than any picture is refused, and the next one is taken", async () => {
    const folder = temporaryFolder();
    const large = await noisy(900).png({ compressionLevel: 0 }).toBuffer();
    expect(large.length).toBeGreaterThan(2_000_000);
    const { path } = await send(large, { folder });
    expect(readFileSync(path).equals(large)).toBe(true);
    await expect(send(new Uint8Array(mostPictureBytes + 1), { folder })).rejects.toEqual(refused("data.picture-bytes"));
    // A part of a picture that was given up does not end up in the next one.
    const part = { upload: uploads++, className: "cat", origin: "file", series, number: 1, folder } as const;
    await wire.api.data.addPicture({ ...part, part: "AAAA", isLast: false });
    const small = await plain(1).png().toBuffer();
    expect(readFileSync((await send(small, { folder })).path).equals(small)).toBe(true);
  });

  it("what is no picture, and a class by the name of another place, are refused and leave nothing behind", async () => {
    const parent = temporaryFolder();
    const folder = join(parent, "pets");
    mkdirSync(folder);
    const page = Buffer.from("<html>not a picture</html>");
    await expect(send(page, { folder, className: "new" })).rejects.toEqual(refused("data.picture-refused"));
    const bytes = await plain(1).png().toBuffer();
    await expect(send(bytes, { folder, className: "../cat" })).rejects.toEqual(refused("data.class-name"));
    expect([readdirSync(parent), readdirSync(folder)]).toEqual([["pets"], []]);
  });

  it("go into a folder that is there, also where its name would not be taken anew, or differs in capitals alone", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "Cat: large"));
    const bytes = await plain(1).png().toBuffer();
    expect((await send(bytes, { folder, className: "Cat: large" })).className).toBe("Cat: large");
    expect((await send(bytes, { folder, className: "cat: LARGE" })).className).toBe("Cat: large");
    expect(readdirSync(folder)).toEqual(["Cat: large"]);
  });

  it("need a folder that is there, or one above it that is; folders of splits are told", async () => {
    const folder = temporaryFolder();
    const bytes = await plain(1).png().toBuffer();
    const nowhere = join(folder, "not", "here");
    await expect(send(bytes, { folder: nowhere })).rejects.toEqual(refused("data.not-found"));
    const png = await plain(2).png().toBuffer();
    writeFiles(folder, { "train/cat/1.png": png, "val/cat/2.png": png });
    writeFileSync(join(folder, "file"), "");
    await expect(send(bytes, { folder: join(folder, "file") })).rejects.toEqual(refused("data.not-a-folder"));
    expect((await wire.api.data.classFolders({ folder })).splits).toEqual(["train", "val"]);
    expect((await wire.api.data.classFolders({ folder: join(folder, "train") })).splits).toEqual([]);
  });

  it("are undone by deleting what was written and nothing else: not a file that changed, nor one that was there", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "dog/mine.png": await plain(3).png().toBuffer() });
    const bytes = await plain(1).png().toBuffer();
    const [first, second] = [await send(bytes, { folder }), await send(bytes, { folder, className: "dog" })];
    const third = await send(bytes, { folder });
    await wire.api.data.undoPicture({ id: second.id });
    expect(readdirSync(join(folder, "dog"))).toEqual(["mine.png"]);
    writeFileSync(third.path, "drawn over");
    await expect(wire.api.data.undoPicture({ id: third.id })).rejects.toEqual(refused("data.not-undone"));
    expect(readFileSync(third.path, "utf8")).toBe("drawn over");
    // The folder was made for the first, and stays as long as something is in it.
    await wire.api.data.undoPicture({ id: first.id });
    expect(readdirSync(join(folder, "cat"))).toEqual([third.name]);
    const fourth = await send(bytes, { folder, className: "owl" });
    await wire.api.data.undoPicture({ id: fourth.id });
    expect(existsSync(join(folder, "owl"))).toBe(false);
    await expect(wire.api.data.undoPicture({ id: fourth.id })).rejects.toEqual(refused("data.not-undone"));
  });
});
