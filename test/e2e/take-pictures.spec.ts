/** Pictures from a camera, the clipboard and dropped files, in a real browser: its own test pattern stands for a camera. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openScene, test } from "./support/scene.ts";

const { args = [], ...launch } = await chromiumLaunchOptions();
const inPage = fileURLToPath(new URL("support/files-in-page.js", import.meta.url));
const fakeCamera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-take-"));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openDialog(page: Page, into: string) {
  await page.getByRole("button", { name: "Take or paste pictures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Take or paste pictures" });
  await dialog.getByRole("button", { name: /^(Choose a|Another) folder/ }).click();
  // It begins in the home folder; what is typed before that is there comes behind it.
  await expect(dialog.getByRole("list", { name: /^Folders in/ })).toBeVisible();
  await dialog.getByLabel("Folder that holds the classes, or a new one").fill(into);
  await dialog.getByRole("button", { name: "Use this folder" }).click();
  await expect(dialog.getByText(into, { exact: true })).toBeVisible();
  return dialog;
}
const namesIn = (name: string) => readdirSync(join(folder, name)).sort();
const png = (red: number) =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: { r: red, g: 90, b: 60 } } })
    .png()
    .toBuffer();

async function give(page: Page, kind: "paste" | "drop", pictures: readonly Buffer[]): Promise<void> {
  const letters = JSON.stringify(pictures.map((bytes) => bytes.toString("base64")));
  await page.evaluate(`giveFiles("${kind}", ${letters}, "image/png")`);
}

test.beforeEach(({ page }) => page.addInitScript({ path: inPage }));

test.use({ launchOptions: { ...launch, args: [...args, ...fakeCamera] } });

test("pictures are taken by button and by the space key, pasted and dropped, the last is undone, and the folder is scanned", async ({
  page,
  scenes,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const served = await scenes.own("nothing");
  await openScene(page, served, "#/train");
  const dialog = await openDialog(page, folder);
  const shutter = dialog.getByRole("button", { name: "Take a picture" });
  await expect(shutter).toBeDisabled();
  await dialog.getByRole("button", { name: "Start the camera" }).click();
  await expect(dialog.getByLabel("What the camera sees")).toBeVisible();
  // No class, no place to go to.
  await expect(shutter).toBeDisabled();
  await dialog.getByLabel("Class", { exact: true }).fill("desk");
  await shutter.click();
  const status = dialog.getByRole("region", { name: "Pictures added" }).getByRole("status");
  await expect(status).toHaveText("1 picture added");
  // In the field the space key writes a space.
  await dialog.getByLabel("Class", { exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(dialog.getByLabel("Class", { exact: true })).toHaveValue("desk ");
  await dialog.getByText("Space takes a picture", { exact: false }).click();
  for (let number = 2; number <= 5; number++) {
    await page.keyboard.press("Space");
    await expect(status).toHaveText(`${number} pictures added`);
  }
  expect(namesIn("desk")).toHaveLength(5);
  for (const name of namesIn("desk")) expect(name).toMatch(/^camera-\d{4}-\d\d-\d\d-\d{6}-00\d\.jpg$/);
  const { format, width = 0 } = await sharp(join(folder, "desk", namesIn("desk")[0]!)).metadata();
  expect([format, width >= 640]).toEqual(["jpeg", true]);
  await dialog.getByRole("button", { name: "Undo the last" }).click();
  await expect(status).toHaveText("4 pictures added");
  expect(namesIn("desk")).toHaveLength(4);
  await expect(dialog.getByRole("listitem").getByRole("img", { name: /^desk, camera-/ })).toHaveCount(4);

  await dialog.getByLabel("Class", { exact: true }).fill("colours");
  const pasted = await Promise.all([10, 20, 30].map(png));
  await give(page, "paste", pasted);
  await expect(status).toHaveText("7 pictures added");
  const written = readFileSync(join(folder, "colours", namesIn("colours")[0]!));
  expect(pasted.some((bytes) => bytes.equals(written))).toBe(true);
  await give(page, "drop", [await png(40)]);
  await expect(status).toHaveText("8 pictures added");
  expect(namesIn("colours").map((name) => name.split("-")[0])).toEqual(["file", "paste", "paste", "paste"]);

  // What is no picture, and what cannot be the name of a folder.
  await give(page, "paste", [Buffer.from("no picture")]);
  await expect(dialog.getByRole("alert")).toContainText("its bytes are no picture");
  await dialog.getByLabel("Class", { exact: true }).fill("../desk");
  await give(page, "paste", [await png(50)]);
  await expect(dialog.getByRole("alert")).toContainText("../desk cannot be the name of a folder on every system.");
  expect(readdirSync(folder).sort()).toEqual(["colours", "desk"]);

  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/4 train, 2 validation, 2 test/)).toBeVisible();
  // Neither the camera's pictures nor anything else went elsewhere.
  const own = new URL(served.address).host;
  expect(requests.filter((url) => !url.startsWith("blob:") && new URL(url).host !== own)).toEqual([]);
});

test("folders of splits ask for the split, and pictures go where they belong; the chosen set is scanned anew", async ({
  page,
  scenes,
}) => {
  for (const split of ["train", "test"]) mkdirSync(join(folder, split, "desk"), { recursive: true });
  await openScene(page, await scenes.own("nothing"), "#/train");
  const dialog = await openDialog(page, folder);
  await dialog.getByLabel("Split").selectOption("train");
  await dialog.getByLabel("Class", { exact: true }).fill("desk");
  await give(page, "paste", [await png(1), await png(2)]);
  await expect(dialog.getByText("2 pictures added")).toBeVisible();
  expect(readdirSync(join(folder, "train", "desk"))).toHaveLength(2);
  await page.keyboard.press("Escape");
  // One class is too few, which is said, with the way to take more.
  await expect(page.getByText("Only one class has pictures: desk.")).toBeVisible();
  await page.getByRole("button", { name: "Take or paste pictures…" }).click();
  await expect(dialog.getByText(folder, { exact: true })).toBeVisible();
});

test("without a camera that is said with what to do, and pictures can still be pasted", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("nothing"), "#/train");
  await page.evaluate("failCamera('NotFoundError')");
  const dialog = await openDialog(page, folder);
  await dialog.getByRole("button", { name: "Start the camera" }).click();
  await expect(dialog.getByRole("alert")).toContainText("No camera was found.");
  await give(page, "paste", [await png(1)]);
  await expect(dialog.getByText("Choose a folder and name a class first.")).toBeVisible();
  await dialog.getByLabel("Class", { exact: true }).fill("desk");
  await give(page, "paste", [await png(1)]);
  await expect(dialog.getByText("1 picture added")).toBeVisible();
});

for (const { name, problem } of [
  { name: "NotAllowedError", problem: "The camera may not be used here." },
  { name: "NotReadableError", problem: "another program may be using it" },
])
  test(`a camera that fails by ${name} is told in words`, async ({ page, scenes }) => {
    await openScene(page, await scenes.shared("nothing"), "#/train");
    await page.evaluate(`failCamera("${name}")`);
    await page.getByRole("button", { name: "Take or paste pictures…" }).click();
    const dialog = page.getByRole("dialog", { name: "Take or paste pictures" });
    await dialog.getByRole("button", { name: "Start the camera" }).click();
    await expect(dialog.getByRole("alert")).toContainText(problem);
    await expect(dialog.getByRole("button", { name: "Try again" })).toBeVisible();
  });

test("a page that came over plain HTTP from another machine is given no camera, and says so", async ({
  page,
  scenes,
}) => {
  await page.addInitScript("withholdCameras()");
  await openScene(page, await scenes.shared("nothing"), "#/train");
  await page.getByRole("button", { name: "Take or paste pictures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Take or paste pictures" });
  await dialog.getByRole("button", { name: "Start the camera" }).click();
  await expect(dialog.getByRole("alert")).toContainText("came from another machine over plain HTTP");
});
