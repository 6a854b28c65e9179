/** Reports as files for others: nothing of this machine is in them, nothing runs in them, and no figure stands without its pictures. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { pictures, writeFiles } from "../support/picture-folder.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const hard = `<script>alert(1)</script> & "quoted"`;
/** A class as its folder is called, and as a page has to write it. No name on Windows has angle brackets. */
const [className, escapedName] =
  process.platform === "win32" ? (["b & dog", "b &#38; dog"] as const) : (["<b>dog</b>", "&#60;b&#62;dog"] as const);
let home: string;
let folder: string;
let test: TestEngine;
let runHtml: string;
let experimentHtml: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strata-reports-"));
  folder = writeFiles(join(home, "secret place", "flowers"), {
    ...(await pictures("cat", 12)),
    ...(await pictures(className, 12, 60)),
  });
  test = await startEngine({ paths: pathsOf(home) });
  const { engine } = test;
  const base = requestFor(1);
  const { experimentId, runIds } = await engine.scheduling.start({
    configuration: { ...base.configuration, dataset: { kind: "folder", path: folder } },
    factors: [{ setting: "smoothing", values: [0, 0.1], isBlocked: false }],
    seeds: [1, 21],
  });
  for (const runId of runIds) await whenOver(engine, runId);
  engine.runs.rename(runIds[0]!, hard);
  engine.runs.annotate(runIds[0]!, hard);
  runHtml = (await engine.reports.html({ kind: "run", runId: runIds[0]! })).html;
  experimentHtml = (await engine.reports.html({ kind: "experiment", experimentId: experimentId! })).html;
});
afterAll(async () => {
  await test.close();
  rmSync(home, { recursive: true, force: true });
});

describe.each(["run", "experiment"] as const)("the report of a %s", (kind) => {
  const html = () => (kind === "run" ? runHtml : experimentHtml);

  it("names no place on this machine, also not in part", () => {
    expect(html()).toContain("flowers");
    for (const place of [home, folder, "secret place", tmpdir()]) expect(html()).not.toContain(place);
  });

  it("asks for nothing and runs nothing, whatever names it repeats", () => {
    expect(html()).not.toMatch(/<script|<link|<img|<iframe|<b>dog|\son\w+=|url\(|@import/i);
    expect(html().match(/(?:href|src)=/g)).toBeNull();
    expect(html()).toContain("default-src 'none'");
    expect(html()).toContain(escapedName);
  });

  it("says of which split and of how many pictures its figures are, and shows them drawn", () => {
    expect(html()).toMatch(/on \d+ (test|validation) picture/);
    expect(html()).toContain("<svg viewBox=");
    expect(html()).toContain("95 % interval");
    const captions = [...html().matchAll(/<caption>(.*?)<\/caption>/g)].map(([, text]) => text);
    expect(captions.length).toBeGreaterThan(1);
  });
});

it("a run's report has every head of figures with its split and number of pictures", () => {
  const figures = runHtml.slice(runHtml.indexOf("<h2>Figures</h2>"), runHtml.indexOf("<h2>Curves</h2>"));
  const heads = [...figures.matchAll(/<th scope="col" class="number">(.*?)<\/th>/g)].map(([, text]) => text!);
  expect(heads.length).toBeGreaterThan(1);
  for (const head of heads) expect(head).toMatch(/^(Test|Validation).*, \d+ pictures?$/);
  expect(figures).toMatch(/The test pictures of this data set were looked at \d+ times:/);
});

it("a run's curves go by epochs, and say steps and training time at each", () => {
  const curves = runHtml.slice(runHtml.indexOf("<h2>Curves</h2>"), runHtml.indexOf("<h2>Settings</h2>"));
  expect(curves).toContain(">epoch, and time in training steps</text>");
  expect(curves).toMatch(/>1<\/text><text [^>]*>\d+\.\d\u00a0s<\/text>/);
  const [head, first] = curves.match(/<tr>.*?<\/tr>/gs) ?? [];
  expect(head).toMatch(/Epoch<.*Step<.*Time in training steps</s);
  expect(first).toMatch(/>1<.*>\d+<.*>\d+\.\d\u00a0s</s);
});

it("an experiment's report names the best by validation alone, and what cannot be told from it", () => {
  const verdict = experimentHtml.slice(
    experimentHtml.indexOf('class="verdict"'),
    experimentHtml.indexOf("The best first"),
  );
  expect(verdict).toMatch(/Best by mean .* validation picture/);
  expect(verdict).not.toContain("test");
});

it("an experiment's report tells differences from chance on the pictures that all runs answered", () => {
  const told = experimentHtml.slice(experimentHtml.indexOf("More than chance?"));
  expect(told).toMatch(/\d+ (test|validation) pictures/);
  expect(told).toContain("Intervals are over pictures and seeds at once");
});

it("a run and an experiment that there are not are said to be so", async () => {
  await expect(test.engine.reports.html({ kind: "run", runId: 99 })).rejects.toThrow("There is no run 99");
  await expect(test.engine.reports.html({ kind: "experiment", experimentId: 99 })).rejects.toThrow("99");
});
