/** What a person sets on the Train page stays theirs, and is judged where it stands. Nothing here trains. */
import { expect, type Page } from "@playwright/test";
import { makeEndless, pictureTree } from "../support/scenes/picture-tree.ts";
import type { ServedScene } from "../support/scenes/serve-scene.ts";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

async function open(page: Page, served: Promise<ServedScene>, hash: string): Promise<void> {
  await openScene(page, await served, hash);
  await expect(page.getByText("Engine ready")).toBeVisible();
}
const start = (page: Page) => page.getByRole("button", { name: /^(Train|Queue) (the|\d)/ });
const network = (page: Page, name: RegExp) => page.getByRole("radio", { name });
const number = (page: Page, label: string) => page.getByLabel(label, { exact: true });

test("settings that a person typed stay with another network and over a reload, and go when they are given up", async ({
  page,
  scenes,
}) => {
  await open(page, scenes.shared("idle"), "#/train");
  await network(page, /^AlexNet/).check();
  await number(page, "Epochs").fill("3");
  await number(page, "Learning rate").fill("0.0123");
  await number(page, "Seeds").fill("7");
  await page.getByRole("radio", { name: "Label noise" }).check();
  await number(page, "Arm B: label noise").fill("35");
  const isKept = async () => {
    await expect(number(page, "Epochs")).toHaveValue("3");
    await expect(number(page, "Learning rate")).toHaveValue("0.0123");
    await expect(number(page, "Arm B: label noise")).toHaveValue("35");
  };

  await network(page, /^VGG-16/).check();
  await isKept();
  await page.reload();
  await expect(network(page, /^VGG-16/)).toBeChecked();
  await isKept();
  await expect(number(page, "Seeds")).toHaveValue("7");

  await expect(page.getByText(/^2\ssettings of your own/)).toBeVisible();
  await page.getByRole("button", { name: "Take the preset’s" }).click();
  await expect(number(page, "Epochs")).not.toHaveValue("3");
  await expect(number(page, "Seeds")).toHaveValue("7");
  await page.getByRole("button", { name: "Undo" }).click();
  await isKept();
});

test("what the last batch leaves out is said beside the start and in the health report, where it is dropped", async ({
  page,
  scenes,
}) => {
  await open(page, scenes.shared("idle"), "#/train");
  await page.getByText("More settings").click();
  const drop = page.getByLabel("Drop the last incomplete batch");
  const health = page.getByRole("button", { name: "Health report of these pictures" });
  const report = page.getByRole("dialog", { name: "Health of the pictures" });
  await number(page, "Batch size").fill("61");
  await health.click();
  await expect(report).toContainText("The last batch leaves out no picture: at a batch size of 61");
  await page.keyboard.press("Escape");
  const said = page.getByText(/^Each epoch leaves out \d+ of [\d,]+ training pictures \(.+\), others each time/);
  await expect(said).toHaveCount(0);

  await drop.check();
  await expect(said).toBeVisible();
  await health.click();
  const found = report.getByRole("listitem").filter({ hasText: "The last batch of each epoch is left out" });
  await expect(found).toContainText("they fill no whole batch of 61");
  await found.getByRole("button", { name: "Train on them, too" }).click();
  await expect(found).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(drop).not.toBeChecked();
});

test("how pictures become squares is chosen by keyboard and shown on the person’s own pictures", async ({
  page,
  scenes,
}) => {
  await open(page, scenes.shared("idle"), "#/train");
  const fit = page.getByLabel("Picture fit");
  const seen = page.getByAltText(/as the network sees it: /);
  await expect(fit).toHaveValue("crop");
  await expect(page.getByText(/cropped to the middle square: edges are cut off/)).toBeVisible();
  await expect(seen).toHaveCount(4);

  await fit.focus();
  await page.keyboard.press("f");
  await expect(fit).toHaveValue("pad");
  await expect(page.getByText(/padded with black bars: all of it is seen/)).toBeVisible();
  await expect(page.getByAltText(/as the network sees it: Fit and pad/)).toHaveCount(4);
  for (const picture of await seen.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveJSProperty("naturalWidth", 32);
    await expect(picture).toHaveJSProperty("naturalHeight", 32);
    await expect(picture).toHaveAttribute("src", /pixels=32.*fit=pad.*filter=lanczos3/);
  }
  await page.reload();
  await expect(fit).toHaveValue("pad");
  // As tall as the page: what happens to lie under the bar that stays is no target that is too small.
  await page.setViewportSize({ width: 1280, height: 2_000 });
  expect(await axeViolations(page, "all")).toEqual([]);
});

test("a scan of pictures can be stopped, and is not begun again by a reload", async ({ page, scenes }) => {
  const tree = await pictureTree();
  await makeEndless(tree);
  const asked = JSON.stringify({ source: { kind: "folder", path: tree.endless }, isOpen: false });
  // Once: the reload below finds what the page itself has kept.
  const content = `if (!window.name) sessionStorage.setItem("strata.pictures", ${JSON.stringify(asked)}); window.name = "opened";`;
  await page.addInitScript({ content });
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await open(page, scenes.shared("idle"), "#/train");
  await expect(page.getByText(/^[\d,]+\s(of\s[\d,]+\spictures\sscanned|files?\sso\sfar)$/)).toBeVisible();
  await page.getByRole("button", { name: "Stop scanning" }).click();
  await expect(page.getByRole("button", { name: "Stop scanning" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Other pictures…" })).toBeVisible();
  await expect.poll(() => sent.some((message) => message.includes("data.stopScanning"))).toBe(true);
  await page.reload();
  await expect(page.getByRole("list", { name: "Some of the pictures" })).toBeVisible();
});

test("a run to be repeated, and what was changed of it since, outlive a reload", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/runs/7");
  await page.getByRole("button", { name: "Repeat the pair" }).click();
  await number(page, "Epochs").fill("5");
  await page.reload();
  await expect(page.getByText(/^Begun as runs 7 and 8, .*; settings changed since\.$/)).toBeVisible();
  await expect(number(page, "Epochs")).toHaveValue("5");
  await expect(number(page, "Seeds")).toHaveValue("2");
});

test("what was typed for one way of training is kept while another is taken, and over a reload", async ({
  page,
  scenes,
}) => {
  await open(page, scenes.shared("idle"), "#/train");
  const way = (name: string) => page.getByRole("radio", { name, exact: true });
  await expect(way("Compare")).toBeChecked();
  await number(page, "Seeds").fill("1, 2");
  await expect(start(page)).toHaveText(/^Train 4\sruns$/);
  await way("Sweep").check();
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Values of label smoothing").fill("0, 0.1, 0.2");
  await expect(start(page)).toHaveText(/^Train 6\sruns$/);
  await way("One run").check();
  await expect(start(page)).toHaveText(/^Train 2\sruns$/);
  await number(page, "Epochs").fill("3");
  await page.reload();
  await expect(way("One run")).toBeChecked();
  await way("Sweep").check();
  await expect(page.getByLabel("Values of label smoothing")).toHaveValue("0, 0.1, 0.2");
  await expect(number(page, "Epochs")).toHaveValue("3");
  await page.getByLabel("Arms at every point").check();
  await page.getByRole("radio", { name: "Label noise" }).check();
  await expect(start(page)).toHaveText(/^Train 12\sruns$/);
  await expect(page.getByText(/^12\sruns, about/)).toBeVisible();
  await way("Compare").check();
  await expect(page.getByRole("radio", { name: "Label noise" })).toBeChecked();
});

test("values to vary outlive a reload", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/train");
  await page.getByRole("radio", { name: "Sweep" }).check();
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Values of label smoothing").fill("0, 0.1");
  await number(page, "Seeds").fill("1, 2");
  await page.reload();
  await expect(start(page)).toHaveText("Train 4 runs");
});

test("the start waits for a valid draft, and leads to the first field that is wrong, which says why", async ({
  page,
  scenes,
}) => {
  await open(page, scenes.shared("idle"), "#/train");
  await expect(start(page)).toBeEnabled();
  await number(page, "Epochs").fill("0");
  await number(page, "Batch size").fill("many");
  await expect(start(page)).toBeDisabled();
  await expect(start(page)).toHaveAccessibleDescription(/Some settings need a look\./);
  await start(page).focus();
  await page.keyboard.press("Enter");
  await expect(number(page, "Epochs")).toBeFocused();
  await expect(number(page, "Epochs")).toHaveAttribute("aria-invalid", "true");
  await expect(number(page, "Epochs")).toHaveAccessibleDescription("At least 1.");
  await number(page, "Epochs").fill("2");
  await start(page).focus();
  await page.keyboard.press("Enter");
  await expect(number(page, "Batch size")).toBeFocused();
  await expect(number(page, "Batch size")).toHaveAccessibleDescription("A number, such as 0.1.");
  await number(page, "Batch size").fill("32");

  await page.getByLabel("Initial weights", { exact: true }).selectOption("A weights file");
  await page.keyboard.press("Escape");
  await start(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Initial weights", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Initial weights", { exact: true })).toHaveAccessibleDescription(
    "Choose the initial weights.",
  );
  await page.getByLabel("Initial weights", { exact: true }).selectOption("Random");

  await network(page, /^VGG-16/).check();
  await page.getByRole("radio", { name: "Own size" }).check();
  await number(page, "Input size").fill("12");
  await expect(start(page)).toBeDisabled();
  await expect(number(page, "Input size")).toHaveAccessibleDescription("VGG-16 needs 16 px or more.");
});

test("a sweep's start leads to the line that is empty or out of range", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/train");
  await page.getByRole("radio", { name: "Sweep" }).check();
  await page.getByRole("button", { name: "Vary a setting" }).click();
  const values = page.getByLabel("Values of label smoothing");
  await start(page).focus();
  await page.keyboard.press("Enter");
  await expect(values).toBeFocused();
  await expect(values).toHaveAccessibleDescription("Give values, parted by commas.");
  await values.fill("0, 2");
  await expect(values).toHaveAccessibleDescription("2: Less than 1.");
  await expect(start(page)).toBeDisabled();
  await values.fill("0, 0.2");
  await expect(start(page)).toBeEnabled();
});

test("after a folder that cannot be opened no pictures are open, over a reload too", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/train");
  await expect(page.getByText("cifar10-mini")).toBeVisible();
  await page.getByRole("button", { name: "Other pictures…" }).click();
  await page.getByRole("radio", { name: "A folder" }).check();
  await page.getByLabel(/^Folder of pictures/).fill("/nowhere");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const isClosed = async () => {
    await expect(page.getByRole("alert").filter({ hasText: "There is no such folder." })).toBeVisible();
    await expect(start(page)).toBeDisabled();
    await expect(start(page)).toHaveAccessibleDescription(/No pictures are open\./);
    await expect(page.getByText("cifar10-mini")).toBeHidden();
  };
  await isClosed();
  await start(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Choose another folder" })).toBeFocused();
  await page.reload();
  await isClosed();
});

test("a typed path moves the list of folders, and half a name keeps to the folder above", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/train");
  await page.getByRole("button", { name: "Other pictures…" }).click();
  await page.getByRole("radio", { name: "A folder" }).check();
  const { home } = await pictureTree();
  const path = page.getByLabel(/^Folder of pictures/);
  const list = (at: string) => page.getByRole("list", { name: `Folders and files in ${at}`, exact: true });
  await path.fill(`${home}/pictures`);
  await expect(list(`${home}/pictures`)).toBeVisible();
  await expect(path).toHaveValue(`${home}/pictures`);
  await path.fill(`${home}/pic`);
  await expect(list(`${home}`)).toBeVisible();
  await expect(path).toHaveValue(`${home}/pic`);
  await expect(page.getByRole("alert")).toBeHidden();
  await page.getByRole("button", { name: "documents" }).click();
  await expect(path).toHaveValue(`${home}/documents`);
});

test("runs on other pictures are refused while they are chosen, with the reason", async ({ page, scenes }) => {
  await open(page, scenes.shared("idle"), "#/runs");
  await page.getByRole("checkbox", { name: /^Select AlexNet on drawn shapes/ }).check();
  await page.getByRole("checkbox", { name: /^Select Inception-v3 on cifar10-mini, Run 6/ }).check();
  const compare = page.getByRole("region", { name: "Selected runs" }).getByRole("button", { name: "Compare" });
  await expect(compare).toBeDisabled();
  await expect(compare).toHaveAccessibleDescription("Run 6 was trained on other pictures than run 3.");

  await page.goto(new URL("#/compare?runs=3", page.url()).href);
  const stranger = page.getByRole("button", { name: "Choose Inception-v3 on cifar10-mini" }).first();
  await expect(stranger).toBeDisabled();
  await expect(stranger).toHaveAccessibleDescription("trained on other pictures");
});
