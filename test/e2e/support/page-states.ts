/** Every page in the states that people meet it in. */
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import type { Scene, ServedScene } from "../../support/scenes/serve-scene.ts";
import { openScene } from "./scene.ts";

export interface PageState {
  readonly name: string;
  readonly scene: Scene;
  readonly hash: string;
  readonly arrive?: (page: Page) => Promise<unknown>;
}
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
/** On the page of trained networks: a picture, where one of them looked, and what a channel answers to strongest. */
export async function showPicture(page: Page): Promise<void> {
  const buffer = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c86020" } })
    .png()
    .toBuffer();
  await page.locator("input[type=file]").setInputFiles({ name: "it.png", mimeType: "image/png", buffer });
  await page.getByRole("button", { name: "Show where it looked" }).first().click();
  await expect(page.getByRole("img", { name: /^With random weights/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Channel/, pressed: true })).toHaveCount(2);
  await page.getByRole("button", { name: "Find the pictures that excite it most" }).first().click();
  await expect(page.getByRole("region", { name: /^What channel .* answers to strongest/ })).toBeVisible();
  const planes = page.getByRole("region", { name: "Three classes in front of the last layer" });
  await planes.getByRole("button", { name: "Look at three classes" }).click();
  await expect(planes.getByRole("img", { name: /on the plane of their templates/ }).first()).toBeVisible();
  await planes.getByText("The figures as a table").click();
  await page.getByRole("button", { name: "Compare the layers" }).click();
  await expect(page.getByRole("table", { name: /^Linear CKA/ })).toBeVisible();
  await page.getByRole("button", { name: "Read the layers" }).click();
  await expect(page.getByRole("img", { name: /^Validation accuracy of a linear classifier/ })).toBeVisible();
  await page.getByText("The accuracies as a table").click();
  await page.getByRole("button", { name: "Make the pictures" }).first().click();
  await expect(page.getByRole("img", { name: /^Channel 1: −?\d/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
}

export const pageStates: readonly PageState[] = [
  {
    name: "Train with everything open",
    scene: "idle",
    hash: "#/train",
    arrive: async (page) => {
      await page.getByRole("radio", { name: "Sweep" }).check();
      await press("Vary a setting")(page);
      await page.getByText("More settings").click();
      await page.getByRole("radio", { name: "Own size" }).check();
      await page.getByLabel("Epochs", { exact: true }).fill("0");
    },
  },
  { name: "Train at first", scene: "nothing", hash: "#/train" },
  { name: "the pictures scanned before", scene: "idle", hash: "#/train", arrive: press("Other pictures…") },
  {
    name: "a folder's list",
    scene: "idle",
    hash: "#/train",
    arrive: async (page) => {
      await press("Other pictures…")(page);
      await page.getByRole("radio", { name: "A folder" }).check();
      await expect(page.getByRole("list", { name: /^Folders and files in/ })).toBeVisible();
    },
  },
  { name: "what was found wrong", scene: "idle", hash: "#/train", arrive: press(/^Look/) },
  { name: "the health report", scene: "idle", hash: "#/train", arrive: press(/^Health report/) },
  { name: "the core", scene: "idle", hash: "#/train", arrive: press("See the layers") },
  { name: "Live", scene: "busy", hash: "#/live" },
  { name: "Live, interrupted", scene: "interrupted", hash: "#/live" },
  {
    name: "Runs with two selected",
    scene: "swept",
    hash: "#/runs",
    arrive: async (page) => {
      for (const place of [1, 2])
        await page
          .getByRole("checkbox", { name: /^Select/ })
          .nth(place)
          .check();
    },
  },
  { name: "the columns", scene: "idle", hash: "#/runs", arrive: press("Columns") },
  { name: "a run", scene: "idle", hash: "#/runs/1" },
  { name: "Compare", scene: "idle", hash: "#/compare?runs=1,2" },
  { name: "trained networks without a picture", scene: "idle", hash: "#/predict?runs=1,2" },
  {
    name: "trained networks on a picture",
    scene: "idle",
    hash: "#/predict?runs=1,2",
    arrive: showPicture,
  },
  { name: "a run to compare with", scene: "idle", hash: "#/compare?runs=3" },
  { name: "Train with long and foreign names", scene: "names", hash: "#/train" },
  { name: "Runs with long and foreign names", scene: "names", hash: "#/runs" },
  { name: "Compare with long and foreign names", scene: "names", hash: "#/compare?runs=1,2" },
  { name: "Networks", scene: "idle", hash: "#/networks" },
  {
    name: "a network's map",
    scene: "idle",
    hash: "#/networks/googlenet",
    arrive: async (page) => {
      await expect(page.getByRole("tree")).toBeVisible();
      await press("Open all")(page);
    },
  },
  {
    name: "a network's rows, timed",
    scene: "idle",
    hash: "#/networks/alexnet?input=32&width=0.25&classes=10",
    arrive: async (page) => {
      await press("Time the rows")(page);
      await expect(page.getByRole("button", { name: "Time them again" })).toBeVisible();
    },
  },
  {
    name: "two networks side by side",
    scene: "idle",
    hash: "#/networks/googlenet/against/bn-inception",
    arrive: press("Open all"),
  },
  { name: "the depth lesson", scene: "networks", hash: "#/lessons/depth" },
  { name: "the ladder", scene: "ladder", hash: "#/lessons/ladder" },
  { name: "Welcome", scene: "idle", hash: "#/welcome" },
  { name: "About", scene: "idle", hash: "#/about" },
];

/** Opens it and waits until it stands. */
export async function openState(page: Page, served: ServedScene, { hash, arrive }: PageState): Promise<void> {
  await openScene(page, served, hash);
  await expect(page.getByText(/^(Loading|Asking)/)).toHaveCount(0);
  await arrive?.(page);
}
