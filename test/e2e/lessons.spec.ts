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
  await page.getByRole("slider", { name: "What the network gives the true class" }).focus();
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
  await expect(page.getByRole("radio", { name: "Nothing (one run)" })).toBeChecked();
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
