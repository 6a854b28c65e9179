/** A trained network on a person's picture: dropped, pasted or chosen, answered by TensorFlow beside the engine. */
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { openScene, test } from "./support/scene.ts";

const picture = () =>
  sharp({ create: { width: 90, height: 60, channels: 3, background: { r: 200, g: 90, b: 30 } } })
    .png()
    .toBuffer();
const bars = (page: Page, name: RegExp) => page.getByRole("list", { name });

test("a picture that is chosen is answered by both arms side by side, shown as each sees it, and a temperature makes them less sure", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  await page.getByRole("button", { name: "Try a picture" }).click();
  await expect(page.getByRole("heading", { name: "What does it see?" })).toBeVisible();
  await expect(page.getByText("Choose, drop or paste a picture")).toBeVisible();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "mine.png", mimeType: "image/png", buffer: await picture() });
  const lists = page.getByRole("list", { name: /^Probabilities by/ });
  await expect(lists).toHaveCount(2);
  await expect(lists.first().getByRole("listitem")).toHaveCount(5);
  await expect(page.getByRole("img", { name: "As it is" })).toBeVisible();
  await expect(page.getByRole("img", { name: /^As the network sees it: 32\s×\s32 pixels/ })).toBeVisible();
  await expect.poll(() => page.evaluate(`document.querySelector("img.square").naturalWidth`)).toBe(32);
  const looked = page.getByRole("region", { name: /^Where it looked/ }).first();
  await looked.getByRole("button", { name: "Show where it looked" }).click();
  await expect(looked.getByRole("img", { name: /^As trained/ })).toBeVisible();
  await expect(looked.getByText(/The correlation of these two is −?[01]\.\d+/)).toBeVisible();
  for (const [name, words] of [
    ["Grad-CAM", /places\./],
    ["Gradient × input", /of its logit/],
    ["Integrated gradients", /The cells add up to that in \d+ steps/],
  ] as const) {
    await looked.getByRole("combobox", { name: "Method" }).selectOption({ label: name });
    await looked.getByRole("button", { name: "Show where it looked" }).click();
    await expect(looked.getByRole("img", { name: words })).toHaveCount(2);
  }
  const layers = page.getByRole("region", { name: /^Layer by layer/ }).first();
  await expect(layers.getByRole("button", { name: /^Channel/ }).first()).toHaveAttribute("aria-pressed", "true");
  await layers
    .getByRole("button", { name: /^Channel/ })
    .nth(2)
    .click();
  const number = /Channel \d+/.exec(
    (await layers.getByRole("button", { pressed: true }).getAttribute("aria-label")) ?? "",
  )![0];
  await expect(layers.getByRole("img", { name: new RegExp(`^${number} answers strongest`) })).toBeVisible();
  await layers.getByRole("button", { name: "Find the pictures that excite it most" }).click();
  const strongest = layers.getByRole("region", { name: /^What channel \d+ answers to strongest/ });
  await expect(strongest.getByRole("listitem")).toHaveCount(8);
  await expect(strongest.getByText(/Class selectivity|no class that it answers to/)).toBeVisible();
  await layers.getByRole("button", { name: "Make a picture that channel" }).click();
  await expect(layers.getByRole("img", { name: /^Its unit in the middle: −?\d/ })).toBeVisible();
  const rows = layers.getByRole("combobox", { name: "Row" });
  const last = (await rows.getByRole("option").allTextContents()).at(-1)!;
  await rows.selectOption({ label: last });
  await expect(layers.getByRole("button", { name: /^Channel/ })).toHaveCount(Number(/(\d+)$/.exec(last)![1]));
  const surest = async () =>
    Number.parseFloat(/([\d.]+)\s%/.exec((await lists.first().getByRole("listitem").first().textContent()) ?? "")![1]!);
  const before = await surest();
  await page.getByRole("slider", { name: "Temperature" }).press("End");
  await expect.poll(surest).toBeLessThan(before);
});

test("pictures are made for layers and classes, from the first kernels to the last row, and can be stopped", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/predict?runs=1");
  const made = page.getByRole("region", { name: /^What its layers answer to most/ });
  await expect(made.getByRole("img", { name: /^Kernels of \S+: grey is 0/ })).toBeVisible();
  await made.getByRole("button", { name: "Make the pictures" }).click();
  await expect(made.getByRole("img", { name: /^Channel 1: −?\d/ }).first()).toBeVisible();
  const stop = made.getByRole("button", { name: "Stop" });
  if (await stop.isVisible()) await stop.click();
  await made.getByRole("button", { name: /^Make/ }).click();
  await expect(made.getByRole("region", { name: "Classes, by their logits" }).getByRole("figure")).toHaveCount(4);
});

test("pictures of three classes stand in front of the last layer of both arms, of training and validation apart, and other classes can be chosen", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/predict?runs=1,2");
  const planes = page.getByRole("region", { name: "Three classes in front of the last layer" });
  await planes.getByRole("button", { name: "Look at three classes" }).click();
  await expect(planes.getByRole("img", { name: /(training|validation) pictures\. .* on the plane/ })).toHaveCount(4);
  await expect(planes.getByText(/^Spread/).first()).toBeVisible();
  const pickers = planes.getByRole("combobox");
  const [first, second] = await Promise.all([0, 1].map((at) => pickers.nth(at).inputValue()));
  await pickers.first().selectOption(second!);
  await expect(pickers.nth(1)).toHaveValue(first!);
  await expect(pickers.first()).toHaveValue(second!);
  await planes.getByText("The figures as a table").press("Enter");
  await expect(planes.getByRole("row")).toHaveCount(1 + 2 * 2 * 3);
});

test("layers of both arms are set against each other, and of one against itself, in a table whose figures can be read", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/predict?runs=1,2");
  const sheet = page.getByRole("region", { name: "How alike the layers are" });
  await sheet.getByRole("button", { name: "Compare the layers" }).click();
  const table = sheet.getByRole("table", { name: /^Linear CKA/ });
  await expect(table.getByRole("cell", { name: /^(−?[01]\.\d\d|–)$/ }).first()).toBeVisible();
  const rows = (await table.getByRole("rowheader").count()) + 1;
  await expect(table.getByRole("row")).toHaveCount(rows);
  await expect(sheet.getByText(/validation pictures?, by the unbiased estimate/)).toBeVisible();
  const networks = sheet.getByRole("combobox", { name: "Networks" });
  await networks.selectOption({ label: (await networks.getByRole("option").allTextContents())[1]! });
  await expect(table.getByRole("row").nth(1).getByRole("cell").first()).toHaveText(/^(1\.00|–)$/);
});

test("a linear classifier reads each layer of both arms, and the pixels, drawn as a curve and told as a table", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/predict?runs=1,2");
  const sheet = page.getByRole("region", { name: "How much of the class can be read at each depth" });
  await sheet.getByRole("button", { name: "Read the layers" }).click();
  await expect(sheet.getByRole("img", { name: /^Validation accuracy of a linear classifier/ })).toBeVisible();
  await expect(sheet.getByText(/most at \S+, [\d.]+\s% .* from the pixels\.$/)).toHaveCount(2);
  await sheet.getByText("The accuracies as a table").press("Enter");
  await expect(sheet.getByRole("row", { name: /^pixels [\d.]+\s%/ })).toBeVisible();
});

test("a file that is dropped is taken by the page and not as pictures to train on; one that is no picture is said", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/predict?runs=1");
  const drop = (bytes: Buffer) =>
    page.evaluate(`{
      const bytes = Uint8Array.from(atob("${bytes.toString("base64")}"), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], "it.png", { type: "image/png" }));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }`);
  await drop(await picture());
  await expect(bars(page, /^Probabilities by/)).toHaveCount(1);
  await expect(page).toHaveURL(/#\/predict/);
  await drop(Buffer.from("no picture"));
  await expect(page.getByText("The picture cannot be decoded.")).toBeVisible();
});
