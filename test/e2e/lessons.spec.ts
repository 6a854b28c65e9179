/** The lessons by keyboard: what their controls change, and what is said of it. */
import { expect, type Page } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

const figure = (page: Page, name: string | RegExp) =>
  page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");

test("feature reuse: each network's paths, and those of a small network that grows", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons");
  await page.getByRole("link", { name: "How often is a feature used again?" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: /^Inception-v3 comes to 5,308,416/ })).toBeVisible();
  await page.getByRole("combobox", { name: "Network" }).selectOption({ label: "AlexNet, Paper" });
  await expect(figure(page, "AlexNet, paths from the input")).toHaveText("1");

  await expect(figure(page, "paths from the input to the output")).toHaveText("16");
  await page.getByRole("slider", { name: "Layers" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure(page, "paths from the input to the output")).toHaveText("32");
  await page.getByRole("button", { name: "feature 2 of layer 3" }).focus();
  await page.keyboard.press("Enter");
  await expect(figure(page, "paths from the input to feature 2 of layer 3")).toHaveText("4");
});

test("label smoothing: the target, the pull on the logits, and where the gap stops", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/smoothing");
  await expect(page.getByRole("row", { name: /^True class/ })).toContainText("91.0 %");
  await expect(figure(page, "Logit gap at the optimum")).toHaveText("4.51");
  await expect(page.getByText("The true class’ logit is pulled up")).toBeVisible();
  await page.getByRole("slider", { name: "p, for the true class" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByText(/surer than the target asks\.$/)).toBeVisible();
  await expect(page.getByText(/After 10,000 steps .* 4\.51 smoothed, whose optimum is 4\.51/)).toBeVisible();
  await page.getByRole("slider", { name: "ε, the share that is spread" }).focus();
  await page.keyboard.press("Home");
  await expect(figure(page, "Logit gap at the optimum")).toHaveText("none: it grows for ever");
  await expect(page.getByText("nothing in the target stops it")).toBeVisible();
});

test("factorised convolutions: what each way costs at a grid, channels and kernel of one's choice", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/factorisation");
  await expect(page.getByRole("row", { name: /^Two 3×3/ })).toContainText("5 × 5");
  await expect(page.getByRole("row", { name: /^Two 3×3/ })).toContainText("72 %");
  await page.getByRole("combobox", { name: "What is replaced" }).selectOption({ label: "n×n → 1×n and n×1" });
  await expect(page.getByRole("row", { name: /^1×n, then n×1/ })).toContainText("29 %");
  await page.getByRole("slider", { name: "n, side of the kernel" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("row", { name: /^1×n, then n×1/ })).toContainText("13 %");
  await expect(page.getByText("each value sees as much")).toBeVisible();
});

test("depth and error: published figures with their sources, one's own with intervals, and which is which is said", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("networks"), "#/lessons/depth");
  const chart = page.getByRole("img", { name: /^Error against weight layers/ });
  await expect(chart).toHaveAccessibleName(/Two kinds of error on one axis: .* ImageNet .* yours of cifar10-mini/);
  await expect(chart).toHaveAccessibleName(/On the Pareto line stand?s? /);
  const legend = page.getByRole("listitem").filter({ hasText: "Yours, cifar10-mini, top-1" });
  await expect(legend).toBeVisible();
  const own = page.getByRole("table", { name: "Your figures" });
  await expect(own.getByRole("row", { name: /^Inception-v3 42 / })).toContainText(/\d+\.\d\s% \(\d+\.\d to \d+\.\d\)/);
  const published = page.getByRole("table", { name: "Published figures and their sources" });
  await expect(published.getByRole("row", { name: /GoogLeNet .* 6\.67\s%/ })).toContainText(
    "Going Deeper with Convolutions",
  );

  await page.getByRole("radio", { name: "Minutes" }).focus();
  await page.keyboard.press("Space");
  await expect(
    page.getByRole("img", { name: /^Error against minutes .*published figures are left out/ }),
  ).toBeVisible();
  await page.getByRole("radio", { name: "Test", exact: true }).check();
  await expect(page.getByText(/Test pictures are for the last look/)).toBeVisible();
  await expect(page.getByText(/^On the Pareto line stand/)).toHaveCount(0);
  await page.getByRole("radio", { name: "Year" }).check();
  await page.getByRole("radio", { name: "One network" }).check();
  await expect(
    page.getByRole("img", { name: /One network by itself: from AlexNet \(8 layers\) with 18\.2 %/ }),
  ).toBeVisible();
});

test("the depth chart's experiment is prepared on the Train page: every family with its preset, three seeds", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.own("idle"), "#/lessons/depth");
  await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
  await page.getByRole("button", { name: "Fill this chart on my pictures" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "Sweep" })).toBeChecked();
  await expect(page.getByLabel("Seeds")).toHaveValue("1, 2, 3");
  const table = page.getByRole("table", { name: "What each network trains with" });
  await expect(table.getByRole("row", { name: /^Linear SVM 1 32 0\.0005 0\.01 / })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Train 39\sruns$/ })).toBeVisible();
});

test("at a projector's size the depth chart is on the first screen", async ({ page, scenes }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openScene(page, await scenes.shared("networks"), "#/lessons/depth");
  const chart = page.getByRole("img", { name: /^Error against/ });
  await expect(chart).toHaveAccessibleName(/On the Pareto line/);
  const { y, height } = (await chart.boundingBox())!;
  expect(y + height).toBeLessThanOrEqual(720);
});

test("kernels: cascades, lines and a drawing by hand on a picture, each with what is left over", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/kernels");
  const cascade = page.getByRole("region", { name: "One large kernel, or small ones in a row" });
  const lines = page.getByRole("region", { name: "One kernel, or lines of it" });
  const left = (of: typeof cascade) =>
    of.getByRole("term").filter({ hasText: "Left over, of the kernel" }).locator("xpath=following-sibling::dd[1]");
  await expect(cascade.getByRole("img", { name: "Two 3×3 in a row, on the picture" })).toBeVisible();
  await expect(left(cascade)).toHaveText("0");
  await expect(cascade.getByText("both ways lose 2 pixels at each edge")).toBeVisible();

  await cascade.getByRole("combobox", { name: "Kernel" }).selectOption({ label: "Gabor: edges at a slant" });
  await expect(left(cascade)).toHaveText("5.3 %");
  await expect(cascade.getByText("They are a local best")).toBeVisible();
  await expect(left(lines)).toHaveText("63.4 %");
  await lines.getByRole("slider", { name: "r, pairs of lines" }).focus();
  await page.keyboard.press("End");
  await expect(left(lines)).toHaveText("0");
  await expect(
    lines.getByText("With 50 multiply-adds a pixel it costs as much as the 25 of the kernel itself"),
  ).toBeVisible();

  await cascade.getByRole("radio", { name: "7×7, or three 3×3" }).check();
  await expect(cascade.getByRole("img", { name: "Kernel 3 of the row" })).toBeVisible();

  // By hand and by keyboard: nothing but one value in the middle is a cascade's.
  await cascade.getByRole("combobox", { name: "Kernel" }).selectOption({ label: "Drawn by hand" });
  await cascade.getByRole("button", { name: "Row 1, column 1: 0" }).focus();
  for (let row = 1; row <= 7; row++) {
    for (let column = 1; column <= 7; column++) {
      await page.keyboard.press(row === 4 && column === 4 ? "7" : "0");
      await page.keyboard.press(row % 2 === 1 ? "ArrowRight" : "ArrowLeft");
    }
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("-");
  await expect(cascade.getByRole("button", { name: "Row 4, column 4: 7" })).toBeVisible();
  await expect(left(lines)).toHaveText("0");
  await expect(cascade.getByText("Three 3×3 were found that do in a row")).toBeVisible();
  for (const said of await page.locator("dl .tiny").allInnerTexts())
    expect(said).toMatch(/^(Calculated|Measured|Cited): ./);
});

test("a trained network's first kernels, how separable they are, and why one has none", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/kernels");
  const trained = page.getByRole("region", { name: "A trained network’s first kernels" });
  await expect(trained.getByText(/^Conv2d_1a_3x3: 8\sfilters of 3×3/)).toBeVisible();
  await expect(trained.getByRole("img", { name: /^Trained kernels keep .* random ones 71\.7/ })).toBeVisible();
  await expect(figure(page, "Random, on average")).toHaveText("71.7 %");
  await trained.getByRole("combobox", { name: "Run" }).selectOption({ index: 1 });
  await expect(trained.getByRole("heading", { name: "Least separable" })).toBeVisible();
  await trained.getByRole("combobox", { name: "Network" }).selectOption({ label: "Linear SVM, On pixels" });
  await expect(trained.getByText("it begins with “scores”, a dense layer over all pixels at once")).toBeVisible();
  await trained.getByRole("combobox", { name: "Network" }).selectOption({ label: "ZFNet, Paper" });
  await expect(trained.getByText("No run of ZFNet has kept its weights yet")).toBeVisible();
});

test("the ladder: the paper's column beside one's own with intervals, and what is told from none", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("ladder"), "#/lessons/ladder");
  const chart = page.getByRole("img", { name: /^Top-1 error by the steps to Inception-v3/ });
  await expect(chart).toHaveAccessibleName(/Two data sets on one axis: .* ImageNet.* yours of cifar10-mini/);
  const table = page.getByRole("table", { name: "Step by step" });
  await expect(
    table.getByRole("row", { name: /^4\. \+ factorised 7×7 Inception-v2 21\.6\s% −1\.2 5\.8\s%/ }),
  ).toContainText(/\d+\.\d\s% \(\d+\.\d to \d+\.\d\)/);
});

test("Table 3 is run on one's own pictures: what it would be is said before five arms with three seeds are queued", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.own("idle"), "#/lessons/ladder");
  await expect(page.getByText("No ladder is on record yet.")).toBeVisible();
  await page.getByRole("button", { name: "Run Table 3 on my pictures" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Run Table 3 on my pictures" });
  await dialog.getByLabel("Pictures").selectOption({ label: "cifar10-mini" });
  await expect(dialog.getByText(/Of the paper’s are SGD, then RMSProp.*rate of 0\.045/)).toBeVisible();
  await expect(dialog.getByRole("status")).toHaveText(/^15\sruns/);
  await dialog.getByRole("button", { name: /^Train 15\sruns$/ }).click();
  await expect(page).toHaveURL(/#\/live$/);
  await expect(page.getByRole("button", { name: /^Pause experiment \d+$/ })).toBeVisible();
});

test("the ways of a factorisation are timed on this machine, with ratio and spread, and theory is told apart", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/factorisation");
  await page.getByRole("button", { name: "Time the ways" }).click();
  const times = page.getByRole("region", { name: "Time on this machine" }).first();
  await expect(times.getByRole("row", { name: /^Two 3×3/ })).toContainText("5.00 ms");
  await expect(figure(page, "Two 3×3, forward, of the first")).toHaveText("0.50");
  await expect(figure(page, "Two 3×3, predicted")).toHaveText("0.72");
  await expect(times.getByText("theory and measurement part, and it is faster than they say")).toBeVisible();
  for (const said of await page.locator("dl .tiny").allInnerTexts())
    expect(said).toMatch(/^(Calculated|Measured|Cited): ./);
  await page.getByRole("slider", { name: "Channels" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Time the ways" })).toBeVisible();
});
