/** Whatever commands print, for people and as tables for other programs: no figure of a metric without its split, its unit and its number of pictures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvOf } from "../../src-main/domain/csv.ts";
import { curvePoints, pointColumns } from "../../src-main/domain/runs/curve-points.ts";
import { replayDifferenceInWords } from "../../src-main/domain/runs/replay-words.ts";
import { unnamedFigure } from "../support/figure-rule.ts";
import { figuresInCsv, unnamedInCsv, unnamedInTerminal } from "../support/printed-figures.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { type ServedScene, serveScene } from "../support/scenes/serve-scene.ts";

let scene: ServedScene;
let cli: TestCli;
beforeAll(async () => {
  scene = await serveScene("swept");
  cli = createTestCli(undefined, scene.engine);
});
afterAll(async () => {
  cli.remove();
  await scene.close();
});

describe("what commands print", () => {
  it.each([
    "runs",
    "runs --find experiment=3 --sort best.hardLoss",
    "runs --sort validation.ece",
    "show 1",
    "show 5",
    "compare 1 2",
    "compare 9 10",
    "experiments",
    "experiments 3",
    "calibration 1 2",
    "classes 1 2",
    "data suspects 1",
    "train --data drawn:pictures=100,pixels=16 --model inception-v3 --epochs 1 --pair smoothing",
  ])("strata %s", async (words) => {
    const { out, err } = await cli.run(words, { isWatched: true });
    expect(out).not.toBe("");
    expect([...unnamedInTerminal(out), ...unnamedInTerminal(err)]).toEqual([]);
  });

  it("strata replay, of values that differ", () => {
    const { furthest } = scene.engine.bundles.compareReplay(1, 2);
    expect(furthest.length).toBeGreaterThan(5);
    for (const { what, original, replay } of furthest.map(replayDifferenceInWords))
      expect(unnamedFigure({ said: `${original} ${replay}`, own: what, around: "" })).toBe(null);
  });

  it("is found where it says less", async () => {
    const { out } = await cli.run("show 1");
    expect(unnamedInTerminal(out.replace("61 test pictures", "61 pictures"))).toContainEqual(
      expect.stringContaining("its split"),
    );
    expect(unnamedInTerminal(out.replace("61 test pictures", "test pictures"))).toContainEqual(
      expect.stringContaining("its number of pictures"),
    );
    expect(unnamedInTerminal(out.replace("losses in nats", ""))).toContainEqual(expect.stringContaining("its unit"));
  });
});

describe("tables for other programs", () => {
  it.each(["runs --csv", "calibration 1 --csv", "classes 1 --csv"])("strata %s", async (words) => {
    const { out } = await cli.run(words);
    expect(figuresInCsv(out)).toBeGreaterThan(2);
    expect(unnamedInCsv(out)).toEqual([]);
  });

  it("curves, of the command line and of the window", async () => {
    const to = join(cli.home, "curves");
    await cli.run(`curves 1 --format csv --to ${to}`);
    expect(unnamedInCsv(readFileSync(join(to, "curves.csv"), "utf8"))).toEqual([]);
    const series = scene.engine.runs.series({ runIds: [1], maxPoints: 10 });
    expect(unnamedInCsv(csvOf(pointColumns(scene.engine.runs.get(1)), curvePoints(series, [])))).toEqual([]);
  });

  it("is found where it says less", () => {
    expect(unnamedInCsv("run,test.top1,precision\n")).toEqual([
      "test.top1 does not say its unit, its number of pictures",
      "precision does not say its split, its unit, its number of pictures",
    ]);
  });
});
