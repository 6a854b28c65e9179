/** A slice of `test/bench/fuzz.ts`: the first cases of each kind of file, in this process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRandom } from "../../../src-main/platform/random.ts";
import { prepareTargets, readCase, targetKinds } from "./target-cases.ts";

const folder = mkdtempSync(join(tmpdir(), "strata-slice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const targets = await prepareTargets(join(folder, "whole"));
const cases = 25;

/** What a record and a saved state hold (paths, times, the processor's name) differs from machine to machine, and with it what a mutation hits. */
const sameEverywhere = ["pictures", "archives", "lists", "weights"];

test.each(targetKinds)("mutated %s are used or refused with a code, and some of them each", async (kind) => {
  const outcomes = [];
  for (let number = 0; number < cases; number++)
    outcomes.push(await readCase(targets[kind], join(folder, "case"), createRandom(1, "fuzz", kind, number)));
  expect(outcomes.filter(({ outcome }) => outcome === "uncoded")).toEqual([]);
  const found = new Set(outcomes.map(({ outcome }) => outcome));
  expect(found).toContain("used");
  if (sameEverywhere.includes(kind)) expect(found).toContain("refused");
});
