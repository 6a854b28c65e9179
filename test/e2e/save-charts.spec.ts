/** Charts that are drawn as they are, saved as they are seen and as tables. */
import { expect } from "@playwright/test";
import { savedFile } from "./support/saved-file.ts";
import { openScene, test } from "./support/scene.ts";

test("a reliability diagram", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/calibration?runs=1");
  const diagram = page.getByRole("group", { name: /^Save reliability of / });
  const [name, svg] = await savedFile(page, diagram, "SVG");
  expect(name).toMatch(/^reliability-of-.*\.svg$/);
  expect(String(svg)).toMatch(/^<svg [^>]*viewBox="-12 -60 [\d.]+ [\d.]+"/);
  expect(String(svg)).toMatch(/>Reliability of [^<]+<.*>test, \d+\spictures</);
  // The band is seen through, without a style sheet.
  expect(String(svg)).toContain('fill-opacity="0.22"');
  const [, csv] = await savedFile(page, diagram, "CSV");
  const [head, ...bins] = String(csv).trim().split("\n");
  expect(head).toContain("split,pictures,unit,binning");
  expect(bins).toHaveLength(15);
  const [, png] = await savedFile(page, diagram, "PNG");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
});

test("a confusion matrix, with what is shown in its cells", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/classes?runs=1");
  const matrix = page.getByRole("group", { name: /^Save confusion matrix, / });
  const [, svg] = await savedFile(page, matrix, "SVG");
  expect(String(svg)).toMatch(/^<svg [^>]*viewBox="-12 -60 [\d.]+ [\d.]+"/);
  // In colours that need no style sheet: a cell's stood in a style, by a name that no file knows.
  expect(String(svg)).not.toMatch(/var\(|style=/);
  const [, csv] = await savedFile(page, matrix, "CSV");
  const [head, ...cells] = String(csv).trim().split("\n");
  expect(head).toBe("title,split,pictures,unit,class,answer,value");
  const all = cells.map((cell) => cell.split(","));
  const [pictures] = all.map((cell) => Number(cell[2]));
  expect(all.reduce((sum, cell) => sum + Number(cell[6]), 0)).toBe(pictures);
  expect(cells[0]).toContain(",test,");
});

test("an experiment's outcomes, and all its settings at once", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("swept"), "#/experiments/3");
  const outcomes = page.getByRole("group", { name: /^Save top-1 on the / });
  const [, svg] = await savedFile(page, outcomes, "SVG");
  expect(String(svg)).toMatch(/^<svg [^>]*viewBox="-12 -60 [\d.]+ 402"/);
  // What is along it, and what its lines differ by.
  expect(String(svg)).toMatch(
    />Means over 3 seeds, with 95 % intervals; a line for each learning rate<.*>Label smoothing</,
  );
  const [, points] = await savedFile(page, outcomes, "CSV");
  expect(String(points)).toMatch(
    /^figure,split,pictures,unit,along,level,line,finished,mean,low,high\ntop1,validation,20,fraction,/,
  );

  await openScene(page, await scenes.shared("searched"), "#/experiments/3");
  const settings = page.getByRole("group", { name: "Save all settings at once" });
  const [, drawn] = await savedFile(page, settings, "SVG");
  expect(String(drawn)).toMatch(/^<svg [^>]*viewBox="-12 -60 [\d.]+ 392"/);
  const [, rows] = await savedFile(page, settings, "CSV");
  expect(String(rows)).toMatch(/^figure,split,pictures,unit,.*,mean\ntop1,validation,/);
});

test("a lesson's points with what each mark is of, and its lines", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("networks"), "#/lessons/depth");
  const depth = page.getByRole("group", { name: "Save depth and error" });
  const [name, svg] = await savedFile(page, depth, "SVG");
  expect(name).toBe("depth-and-error.svg");
  expect(String(svg)).toMatch(/>Depth and error<.*>◇ Published, ImageNet, top-5; ● Yours, /);
  expect(String(svg)).not.toMatch(/var\(|style=/);
  const [, points] = await savedFile(page, depth, "CSV");
  const [head, first] = String(points).split("\n");
  expect(head).toBe("figure,about,series,point,x_is,x,y_is,y,unit,low,high");
  expect(first).toMatch(/top-5 error on ImageNet’s .*,0\.\d+,fraction,,$/);

  await openScene(page, await scenes.shared("idle"), "#/lessons/smoothing");
  const gap = page.getByRole("group", { name: "Save logit gap of one picture, trained" });
  const [, lines] = await savedFile(page, gap, "CSV");
  expect(String(lines)).toMatch(
    /"K = 10, ε = 0\.1, λ = 4e−5, 3\sweights in a row; [^"]+",One-hot,,step,1,logit gap,[\d.]+,,,\n/,
  );
  const [, png] = await savedFile(page, gap, "PNG");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
});
