/** What a person adds as a picture, of whatever bytes and for whatever class. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addPicture } from "../../src-main/engine/datasets/add-picture.ts";
import { noisy, plain, temporaryFolder } from "../support/picture-folder.ts";

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
const add = (folder: string, bytes: Uint8Array, className: string) =>
  addPicture({ folder, className, bytes, origin: "camera", series: "2026-11-26-103000", number: 1 });

it.each([
  ["no picture", async () => Buffer.from("<html>not a picture</html>")],
  ["nothing", async () => Buffer.alloc(0)],
  ["a drawing", async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
  ["half a JPEG", async () => half(await noisy(200).jpeg().toBuffer())],
  ["half a PNG", async () => half(await noisy(200).png().toBuffer())],
  ["a program", async () => Buffer.from("\x7fELF\x02\x01\x01")],
])("%s is refused, and leaves nothing behind", async (_, bytes) => {
  const folder = temporaryFolder();
  await expect(add(folder, await bytes(), "new")).rejects.toMatchObject({ code: "data.picture-refused" });
  expect(readdirSync(folder)).toEqual([]);
});

it.each(["..", ".", "a/b", "a\\b", "../cat", "con", "NUL.txt", "cat.", "cat:stream", ".hidden", "what?", "__MACOSX"])(
  "a class is not called %s, which some system does not take or takes for another place",
  async (className) => {
    const parent = temporaryFolder();
    const folder = join(parent, "pets");
    mkdirSync(folder);
    const bytes = await plain(1).png().toBuffer();
    await expect(add(folder, bytes, className)).rejects.toMatchObject({ code: "data.class-name" });
    expect([readdirSync(parent), readdirSync(folder)]).toEqual([["pets"], []]);
  },
);
