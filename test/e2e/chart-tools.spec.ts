/** Charts that a person works with: smoothed, without batches, by powers of ten, zoomed by visible buttons, and saved. */
import { expect, type Locator, type Page } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { savedFile } from "./support/saved-file.ts";
import { openScene, test } from "./support/scene.ts";

const savedFrom = (page: Page, chart: Locator) => (name: string) => savedFile(page, chart, name);

test("a chart is looked at in other ways and saved, and its readings stay what was recorded", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  const chart = page.getByRole("region", { name: "Hard loss" });
  await chart.getByRole("button", { name: "View and save hard loss" }).click();
  // The first of the page.
  const look = () => page.evaluate("document.querySelector('canvas').toDataURL()");
  const looksOtherThan = (before: unknown) => expect.poll(look).not.toBe(before);

  const whole = await look();
  await chart.getByRole("slider", { name: "Smooth batches" }).fill("0.9");
  await expect(chart.getByText("Only the faint curves of single batches are smoothed")).toBeVisible();
  await looksOtherThan(whole);
  const smoothed = await look();
  await chart.getByRole("button", { name: "Hide batches" }).click();
  await looksOtherThan(smoothed);
  const fromZero = await look();
  const fit = chart.getByRole("button", { name: "Fit values" });
  await fit.click();
  await expect(fit).toHaveAttribute("aria-pressed", "true");
  await looksOtherThan(fromZero);
  const linear = await look();
  await chart.getByRole("button", { name: "Log scale" }).click();
  await expect(fit).toBeDisabled();
  await expect(chart.getByRole("button", { name: "Log scale" })).toHaveAttribute("aria-pressed", "true");
  await looksOtherThan(linear);
  const reset = chart.getByRole("button", { name: "Reset zoom" });
  await expect(reset).toBeDisabled();
  await chart.getByRole("button", { name: "Zoom in on hard loss" }).click();
  await reset.click();
  await expect(reset).toBeDisabled();
  expect(await axeViolations(page, "all")).toEqual([]);

  const saved = savedFrom(page, chart);
  const [csvName, csv] = await saved("CSV");
  expect(csvName).toBe("hard-loss.csv");
  const [head, ...rows] = String(csv).trim().split("\n");
  expect(head).toBe("figure,about,series,over,epoch,step,training_seconds,value,low,high,low_to_high");
  // Batches are in it, hidden or not.
  expect(rows.some((row) => row.includes("training batches"))).toBe(true);
  expect(rows.some((row) => row.includes("validation"))).toBe(true);
  const [svgName, svg] = await saved("SVG");
  expect([svgName, String(svg).startsWith("<svg"), String(svg).includes("NaN")]).toEqual([
    "hard-loss.svg",
    true,
    false,
  ]);
  // Lines in colours that need no style sheet.
  expect(String(svg)).toMatch(/<path[^>]* stroke="(rgb|#)/);
  expect(String(svg)).not.toContain("var(");
  const [pngName, png] = await saved("PNG");
  expect([pngName, png.subarray(1, 4).toString()]).toEqual(["hard-loss.png", "PNG"]);

  // Bands and axis as on the page.
  await chart.getByRole("radio", { name: "Time" }).check();
  await expect(chart.getByText(/^Time that a run spent in its own training steps/)).toBeVisible();
  const [, timed] = await saved("SVG");
  expect(String(timed)).toContain(">Training time in min<");
  expect(await axeViolations(page, "all")).toEqual([]);
  await chart.getByRole("button", { name: "Hard loss as a table" }).click();
  await expect(chart.getByRole("row", { name: /^1 / })).toContainText(/\d\ss/);

  // The same for every chart of this kind.
  const other = page.getByRole("region", { name: "Objective" });
  await other.getByRole("button", { name: "View and save objective" }).click();
  await expect(other.getByRole("button", { name: "Log scale" })).toHaveAttribute("aria-pressed", "true");
});

test("PNG and SVG of a chart show what is seen of it, and CSV has all", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  const chart = page.getByRole("region", { name: "Hard loss" });
  await chart.getByRole("button", { name: "View and save hard loss" }).click();
  const saved = savedFrom(page, chart);
  const marks = async () => {
    const svg = String((await saved("SVG"))[1]);
    expect(svg).not.toContain("NaN");
    return [...svg.matchAll(/text-anchor="middle"[^>]*>([\d.]+)</g)].map(([, text]) => Number(text));
  };
  const whole = { marks: await marks(), png: (await saved("PNG"))[1], csv: (await saved("CSV"))[1] };
  expect(whole.marks[0]).toBe(0);

  const note = chart.getByText("PNG and SVG show what is seen here; CSV has every value as it was recorded.");
  await expect(note).toHaveCount(0);
  const closer = chart.getByRole("button", { name: "Zoom in on hard loss" });
  await closer.click();
  await closer.click();
  await expect(note).toBeVisible();
  const seen = await marks();
  // 1.4 times closer, twice, and about the same middle.
  const end = whole.marks.at(-1)!;
  expect(Math.min(...seen)).toBeGreaterThan(end * 0.2);
  expect(Math.max(...seen)).toBeLessThan(end * 0.8);
  expect((await saved("PNG"))[1].equals(whole.png)).toBe(false);
  expect((await saved("CSV"))[1].equals(whole.csv)).toBe(true);

  // By powers of ten the place stays, and the values become all that have a logarithm.
  await chart.getByRole("button", { name: "Log scale" }).click();
  await expect(chart.getByRole("button", { name: "Reset zoom" })).toBeEnabled();
  expect(await marks()).toEqual(seen);
  await chart.getByRole("slider", { name: "Smooth batches" }).fill("0.9");
  expect(String((await saved("SVG"))[1])).toContain("; batches smoothed by 0.90<");
  await chart.getByRole("button", { name: "Reset zoom" }).click();
  await expect.poll(marks).toEqual(whole.marks);
});

test("runs without times on record say so, and their charts stay over epochs", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/3");
  const chart = page.getByRole("region", { name: "Hard loss" });
  await chart.getByRole("button", { name: "View and save hard loss" }).click();
  await expect(chart.getByRole("radio", { name: "Time" })).toBeDisabled();
  await expect(chart.getByText(/^There are no times on record/)).toBeVisible();
  await chart.getByRole("radio", { name: "Step" }).check();
  await expect(chart.getByRole("radio", { name: "Step" })).toBeChecked();
});

test("a chart fills the window by its button or by f, and Escape leads back to where one was", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/runs/1");
  const chart = page.getByRole("region", { name: "Hard loss" });
  const button = chart.getByRole("button", { name: "Hard loss in the whole window" });
  await button.click();
  const presented = page.getByRole("dialog", { name: "Hard loss" });
  const box = await presented.boundingBox();
  expect([box?.width, box?.height]).toEqual([1280, 800]);
  await presented.getByRole("button", { name: /^Read the values/ }).press("ArrowRight");
  await expect(presented.getByRole("status")).toContainText("Epoch 1");
  expect(await axeViolations(page, "all")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(presented).toHaveCount(0);
  await expect(button).toBeFocused();
  const reader = chart.getByRole("button", { name: /^Read the values/ });
  await reader.press("f");
  await expect(presented).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(reader).toBeFocused();
});

test("an experiment's arms are drawn as means over their seeds, or run by run", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("networks"), "#/experiments/3");
  const curves = page.getByRole("region", { name: "Curves" });
  await expect(curves.getByText("Line: mean over the seeds at each epoch.", { exact: false })).toBeVisible();
  await curves.getByRole("button", { name: "Hard loss as a table" }).click();
  const heads = curves.getByRole("columnheader", { name: /mean of 3 seeds.*lowest to highest seed/ });
  await expect(heads).toHaveCount(3);
  await expect(curves.getByRole("cell", { name: /\d to \d/ }).first()).toBeVisible();
  await curves.getByRole("radio", { name: "Single runs" }).check();
  await expect(curves.getByRole("columnheader", { name: /, seed \d$/ })).toHaveCount(9);
  expect(await axeViolations(page, "all")).toEqual([]);
});
