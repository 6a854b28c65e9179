import { expect, it } from "vitest";
import { publishedErrors, publishedOf } from "../../../src-main/domain/lessons/published-errors.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";

it("every figure names a work of its time and the place in it, and is a share of pictures", () => {
  for (const { name, value, unit, origin, year } of publishedErrors) {
    if (origin.kind !== "cited") throw new Error(`${name} is ${origin.kind}`);
    expect(origin.source, name).toMatch(/^[A-Z]\p{L}+.* 20\d\d, .+, (Tables? \d|table of|section \d)/u);
    const printedIn = Number(/\b20\d\d\b/.exec(origin.source)?.[0]);
    // The challenge's own report tells of earlier years.
    expect(printedIn >= year, name).toBe(true);
    expect(unit).toBe("%");
    expect(value > 0 && value < 100, name).toBe(true);
  }
});

it("years and layers are those of the shelf's tables", () => {
  for (const { network, year, layers } of publishedErrors) {
    if (network === null) continue;
    const architecture = findArchitecture(network);
    expect([network, year, layers]).toEqual([network, architecture.year, architecture.weightLayers]);
  }
});

it("what stands in the chart at once has each network once, and several never stand for one", () => {
  for (const entry of ["alone", "together"] as const) {
    const shown = publishedOf(entry);
    expect(new Set(shown.map(({ label }) => label)).size).toBe(shown.length);
    for (const { taken, network } of shown)
      if (network !== null) expect(/^1 network/.test(taken), taken).toBe(entry === "alone");
  }
});
