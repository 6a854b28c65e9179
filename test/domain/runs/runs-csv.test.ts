import Papa from "papaparse";
import { expect, test } from "vitest";
import { metrics } from "../../../src-main/domain/metrics/metrics.ts";
import { runsCsv } from "../../../src-main/domain/runs/runs-csv.ts";
import { sampleRun } from "../../support/sample-views.ts";

test("every figure's column names its split, the pictures stand beside, and no column names a place", () => {
  const run = sampleRun({ id: 7, title: 'Say "so", twice', test: { pictures: 60, top1: 0.5, hardLoss: 1.25 } });
  const { data, meta } = Papa.parse<Record<string, string>>(runsCsv([run, sampleRun({ id: 8, test: null })]), {
    ...{ header: true, skipEmptyLines: true },
  });
  expect(data.map(({ id, title }) => [id, title])).toEqual([
    ["7", 'Say "so", twice'],
    ["8", sampleRun({ id: 8 }).title],
  ]);
  expect(data[0]).toMatchObject({
    "test.top1 [fraction]": "0.5",
    "test.hardLoss [nats]": "1.25",
    "test.pictures": "60",
  });
  expect(data[1]).toMatchObject({ "test.top1 [fraction]": "", "test.pictures": "" });
  expect(meta.fields).toContain("validation.top1 [fraction]");
  expect(meta.fields).toContain("training.smoothing");
  const evaluated = metrics.filter(({ formula }) => formula !== null).map(({ id }) => id);
  for (const field of meta.fields!) {
    expect(evaluated).not.toContain(field);
    const [split, name = ""] = field.split(/[. ]/);
    if (["test", "validation", "best"].includes(split!) && evaluated.includes(name)) expect(field).toMatch(/ \[.+\]$/);
    expect(field).not.toMatch(/path$/);
  }
});
