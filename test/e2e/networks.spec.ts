/** The Networks page by keyboard: from the shelf to a layer, what it sees, and back. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { openScene, test } from "./support/scene.ts";

const item = (page: Page, name: RegExp) => page.getByRole("treeitem", { name });
/** The node that the keyboard stands on, as a screen reader is told. */
const current = (page: Page) => page.getByRole("treeitem", { selected: true });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test("the shelf is sorted by the keyboard, in both sizes, and leads to a network", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/networks");
  const rows = page.getByRole("row");
  const first = rows.nth(1).getByRole("rowheader");
  await expect(first).toContainText("LeNet-5");
  await page.getByRole("button", { name: "Parameters" }).focus();
  await press(page, "Enter");
  await expect(first).toContainText("VGG-19");
  await expect(rows.nth(1)).toContainText("144 M");
  await expect(page.getByRole("columnheader", { name: "Parameters" })).toHaveAttribute("aria-sort", "descending");
  await press(page, "Enter");
  await expect(first).toContainText("LeNet-5");

  await page.getByRole("radio", { name: "As published" }).focus();
  await press(page, "ArrowRight");
  await expect(page.getByRole("row", { name: /^Inception-v3 Shipped/ })).toContainText("32 px");
  await page.getByRole("link", { name: "Inception-v3", exact: true }).focus();
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Inception-v3" })).toBeVisible();
  await expect(page).toHaveURL(/#\/networks\/inception-v3\?input=32&width=0\.25&classes=10$/);
  await expect(page.getByRole("radio", { name: "Compact" })).toBeChecked();
});

test("the arrow keys walk through the map, Enter opens a module, and each layer's figures and field stand beside it", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/networks/googlenet");
  await page.getByRole("tree", { name: "Map of GoogLeNet" }).focus();
  await press(page, "Home", "ArrowDown");
  await expect(current(page)).toHaveAccessibleName(
    /^conv1\/7x7_s2, layer, 7×7\/2 same, 64: 112×112×64, 9\.5.k parameters, 118.M multiply-adds, sees 7.px, neighbours 2.px apart$/,
  );
  for (let step = 0; step < 8; step++) await press(page, "ArrowDown");
  await press(page, "ArrowDown");
  await expect(current(page)).toHaveAccessibleName(/^inception_3a, module/);
  await expect(current(page)).toHaveAttribute("aria-expanded", "false");
  await press(page, "Enter");
  await expect(current(page)).toHaveAttribute("aria-expanded", "true");
  await expect(item(page, /^Branch \d, branch/)).toHaveCount(4);
  await press(page, "ArrowRight", "ArrowRight");
  await expect(current(page)).toHaveAccessibleName(/^1x1, layer/);
  await expect(current(page)).toHaveAttribute("aria-level", "4");
  await expect(page.getByRole("region", { name: "1x1" })).toContainText("27 px");
  await expect(page.getByRole("img", { name: /The middle value of 1x1 sees 27 × 27 px/ })).toBeVisible();
  await press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
  await expect(current(page)).toHaveAccessibleName(/^inception_3a, module/);
  await expect(item(page, /^Branch/)).toHaveCount(0);
});

test("plus, minus and 0 zoom, as the wheel does, and what the keyboard stands on is in sight", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/networks/vgg19");
  const tree = page.getByRole("tree");
  await tree.focus();
  const height = async () => (await item(page, /^conv1_1/).boundingBox())!.height;
  const before = await height();
  await press(page, "+");
  await expect.poll(height).toBeGreaterThan(before * 1.1);
  await press(page, "-");
  await expect.poll(height).toBeCloseTo(before, 0);
  await press(page, "0");
  await expect.poll(height).toBeLessThan(before * 0.6);
  await tree.hover();
  await page.mouse.wheel(0, -100);
  await page.mouse.wheel(0, -100);
  await press(page, "+", "+", "+", "End");
  await expect(current(page)).toHaveAccessibleName(/^fc8/);
  await expect(current(page)).toBeInViewport();
});

test("AlexNet's towers stand side by side, and are said", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/networks/alexnet");
  await expect(item(page, /^conv2, layer, .* in 2 towers side by side/)).toBeVisible();
  const [first, second] = await Promise.all(
    [1, 2].map((tower) => page.getByText(`conv4 · ${tower} of 2`).boundingBox()),
  );
  expect(second!.y).toBeCloseTo(first!.y, 0);
  expect(second!.x).toBeGreaterThan(first!.x + first!.width);
  await expect(page.getByText(/conv3 · /)).toHaveCount(0);
});

test("at a projector's size the map is on the first screen", async ({ page, scenes }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openScene(page, await scenes.shared("idle"), "#/networks/inception-v3");
  const tree = page.getByRole("tree");
  await expect(tree).toBeVisible();
  const { y, height } = (await tree.boundingBox())!;
  expect(y + height).toBeLessThanOrEqual(720);
  expect(height).toBeGreaterThan(360);
});

test("the rows are timed at a press: bars beside the map, their sum against the whole pass, a figure of each node", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/networks/alexnet?input=32&width=0.25&classes=10");
  await page.getByRole("radio", { name: "8", exact: true }).check();
  const sheet = page.getByRole("region", { name: "Time on this machine" });
  await sheet.getByRole("button", { name: "Time the rows" }).focus();
  await press(page, "Enter");
  // By the script, a row takes as many milliseconds as its place.
  await expect(sheet).toContainText(
    /A batch of 8.pictures on the CPU with \d+.threads?, 3.passes after those for warming up\./,
  );
  await expect(sheet).toContainText(/The rows together take 136.ms, half of the passes within 129.ms to 143.ms/);
  await expect(sheet).toContainText(/the whole pass op by op, without a look at its rows, 136.ms/);
  const row = sheet.getByRole("row", { name: /^conv3/ });
  await expect(row).toContainText(/7\.0.ms/);
  await row.getByRole("button", { name: "conv3" }).focus();
  await press(page, "Enter");
  await expect(current(page)).toHaveAccessibleName(/^conv3, layer/);
  const figures = page.getByRole("region", { name: "conv3" });
  await expect(figures).toContainText(/Time\s*measured here\s*7\.0.ms, 5\.1.%/);
  await page.getByRole("tree").focus();
  await press(page, "Home");
  await expect(page.getByRole("region", { name: "Stage 1" })).toContainText(/3\.0.ms/);
});

test("what trains is not disturbed by timing, and is named", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("busy"), "#/networks/alexnet");
  await page.getByRole("button", { name: "Time the rows" }).click();
  await expect(page.getByText(/is still training\./)).toBeVisible();
});

test("the map is saved as an SVG that carries its looks, and as a PNG of twice its size, whatever it is zoomed to", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/networks/alexnet");
  await page.getByRole("tree").focus();
  await press(page, "-", "-");
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).press("Enter"),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const svg = await saved("Save as SVG");
  expect(svg.name).toBe("strata-alexnet-227px.svg");
  const text = svg.bytes.toString();
  expect(text).toContain("conv4 · 2 of 2");
  expect(text).toMatch(/fill="rgb\(137, 148, 154\)"/);
  expect(text).not.toMatch(/class=|role=|aria-|var\(/);
  const [, width, height] = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(text)!.map(Number);
  const png = await saved("Save as PNG");
  expect(png.name).toBe("strata-alexnet-227px.png");
  const { width: wide, height: high } = await sharp(png.bytes).metadata();
  expect([wide, high]).toEqual([Math.round(2 * width!), Math.round(2 * height!)]);
  // Not one colour: something is drawn.
  expect((await sharp(png.bytes).stats()).entropy).toBeGreaterThan(0.3);
});

test("two networks side by side: what changed, module by module, chosen from the shelf and at both sizes", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/networks");
  await page.getByRole("link", { name: "Two side by side" }).focus();
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "GoogLeNet → BN-Inception" })).toBeVisible();
  const table = page.getByRole("table", { name: "GoogLeNet and BN-Inception, module by module" });
  await expect(table.getByRole("row", { name: /^inception_3a/ })).toContainText("kernel 5×5 → 3×3");
  await expect(table.getByRole("row", { name: /^loss1/ })).toContainText("only in GoogLeNet");
  await page.getByRole("button", { name: "inception_3a" }).focus();
  await press(page, "Enter");
  await expect(page.getByRole("button", { name: "inception_3a" })).toHaveAttribute("aria-expanded", "true");
  await expect(table.getByRole("row", { name: /^Branch 3/ })).toContainText(/\+1\slayer/);

  await page.getByRole("link", { name: "Inception-v2 → Inception-v3" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inception-v2 → Inception-v3" })).toBeVisible();
  await page.getByRole("combobox", { name: "Second network" }).selectOption("inception-v3-paper");
  await expect(page).toHaveURL(/#\/networks\/inception-v2\/against\/inception-v3-paper$/);
  await expect(
    page.getByText(/layers that stand for each other .* and 1 changed; .* Changed: normalisation in 1\./),
  ).toBeVisible();
  await page.getByRole("radio", { name: "Compact" }).check();
  await expect(page).toHaveURL(/\?size=compact$/);
  await expect(page.getByText(/and 1 changed;/)).toBeVisible();
  await page.getByRole("combobox", { name: "Second network" }).selectOption("inception-v2");
  await expect(page.getByText("The two have the same layers, row by row.")).toBeVisible();
});

test("at a projector's size the table of two networks begins on the first screen", async ({ page, scenes }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openScene(page, await scenes.shared("idle"), "#/networks/bn-inception/against/inception-v2");
  const row = page.getByRole("row", { name: /^Stage 2/ });
  await expect(row).toBeInViewport();
});
