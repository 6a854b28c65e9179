/** The glossary: whole, without dead ends, and with a word for every figure and setting that pages show. */
import { describe, expect, test } from "vitest";
import { evaluatedMetrics } from "../../src-main/domain/metrics/metrics.ts";
import { settings } from "../../src-main/domain/settings/settings.ts";
import { allTerms, termOf, termOfMetric, termOfSetting, termSubjects } from "../../src-renderer/entities/term/terms.ts";
import { foundTerms } from "../../src-renderer/features/glossary/found-terms.ts";
import { lessons } from "../../src-renderer/features/lessons/lessons.ts";

describe("every term", () => {
  test("has an address of its own that an address can hold", () => {
    const ids = allTerms.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test.each(allTerms)("$id has a sentence, more to read, a source and a picture in words", (term) => {
    for (const words of [term.sentence, term.more, term.picture.says]) expect(words).toMatch(/^[A-Zβ½].*[.]$/su);
    expect(term.source.length).toBeGreaterThan(20);
    expect(term.see.length).toBeGreaterThan(0);
    for (const id of term.see) expect(termOf(id), `${term.id} leads to ${id}`).toBeDefined();
    expect(term.see).not.toContain(term.id);
  });

  test.each(allTerms)("$id draws what lies within its picture", ({ picture }) => {
    switch (picture.kind) {
      case "curves": {
        for (const { points } of picture.lines)
          for (const [x, y] of points) {
            expect(x).toBeGreaterThanOrEqual(picture.x.min - 1e-9);
            expect(x).toBeLessThanOrEqual(picture.x.max + 1e-9);
            expect(y).toBeGreaterThanOrEqual(picture.y.min - 1e-9);
            expect(y).toBeLessThanOrEqual(picture.y.max + 1e-9);
          }
        break;
      }
      case "bars":
        for (const { share } of picture.bars) expect(share >= 0 && share <= 1).toBe(true);
        expect(new Set(picture.bars.map(({ label }) => label)).size).toBe(picture.bars.length);
        break;
      case "cells":
        for (const { rows } of picture.panels) {
          expect(new Set(rows.map((row) => row.length)).size).toBe(1);
          expect(rows.join("")).toMatch(/^[.abc]+$/);
        }
        break;
      case "boxes":
        for (const [from, to] of picture.arrows) {
          expect(picture.boxes[from]).toBeDefined();
          expect(picture.boxes[to]).toBeDefined();
        }
    }
  });
});

describe("what pages show has a word", () => {
  test.each(evaluatedMetrics().map(({ id }) => id))("the metric %s", (metric) => {
    expect(termOfMetric(metric)).toBeDefined();
  });

  test.each(settings.filter((setting) => "place" in setting).map(({ id }) => id))("the setting %s", (setting) => {
    expect(termOfSetting(setting)).toBeDefined();
  });

  test("and settings that terms name are settings, each of one term", () => {
    const named = allTerms.flatMap((term) => term.settings ?? []);
    expect(named.filter((id) => !settings.some((setting) => setting.id === id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test.each(lessons)("the lesson $id", ({ terms }) => {
    for (const id of terms) expect(termOf(id), id).toBeDefined();
  });
});

describe("figures in the words of pictures are those that are drawn", () => {
  const pointsOf = (id: string, line: string) => {
    const picture = termOf(id)?.picture;
    return (picture?.kind === "curves" && picture.lines.find(({ label }) => label === line)?.points) || [];
  };
  const lastOf = (id: string, line: string) => pointsOf(id, line).at(-1)?.[1];

  test("momentum", () => {
    expect(lastOf("momentum", "plain")).toBeCloseTo(0.86, 2);
    expect(lastOf("momentum", "0.9")).toBeCloseTo(0.2, 2);
  });

  test("the interval of a share of pictures", () => {
    expect(lastOf("interval", "lowest")).toBeCloseTo(0.79, 2);
    expect(lastOf("interval", "highest")).toBeCloseTo(0.81, 2);
  });

  test("weight decay", () => {
    const at1000 = pointsOf("weight-decay", "weight").find(([step]) => step === 1000);
    expect(at1000?.[1]).toBeCloseTo(0.37, 2);
  });

  test("the logit gap at ε = 0.1", () => {
    const near = (line: string) => pointsOf("logit-gap", line).find(([epsilon]) => epsilon >= 0.1)?.[1];
    expect(near("K = 10")).toBeCloseTo(4.5, 0);
    expect(near("K = 1,000")).toBeCloseTo(9.1, 0);
  });
});

test("a word is found by its title, by other words for it, and in its sentence", () => {
  const found = (typed: string) => foundTerms(termSubjects, typed).flatMap(({ terms }) => terms.map(({ id }) => id));
  expect(found(" ACCURACY ")).toContain("top-1");
  expect(found("filter cascading")).toEqual(["factorised-convolution"]);
  expect(found("bound")).toContain("gradient-clipping");
  expect(found("qqq")).toEqual([]);
  expect(found("")).toHaveLength(allTerms.length);
});
