import { describe, expect, test } from "vitest";
import type { ThreadsView } from "../../src-main/contract/machine.ts";
import {
  coresText,
  machineFacts,
  threadsHindrance,
  threadsOptions,
} from "../../src-renderer/lib/engine/machine-texts.ts";

const read = (text: string | null): string => (text ?? "").replaceAll("\u00a0", " ");
const view = (change: Partial<ThreadsView> = {}): ThreadsView => ({
  ...{ choice: "all", fixed: null, threads: 4, cores: 4, runsAtOnce: { choice: "fastest", fixed: null } },
  ...change,
});
const labels = (of: ThreadsView) => threadsOptions(of).map(({ label }) => read(label));

describe("words for the cores that train", () => {
  test("name how many of how many, where not all do", () => {
    expect(read(coresText({ threads: 4, cores: 4 }))).toBe("4 cores");
    expect(read(coresText({ threads: 3, cores: 4 }))).toBe("3 of 4 cores");
    expect(read(coresText({ threads: 1, cores: 1 }))).toBe("1 core");
  });
  test("say what is known of the machine, and nothing before", () => {
    expect(machineFacts(null, null)).toBe("");
    expect(read(machineFacts(null, view()))).toBe("4 cores");
  });
});

describe("the choice of cores", () => {
  test("is every core, all but one, and each smaller number", () => {
    expect(labels(view())).toEqual(["Every core (4)", "Leave one core free (3)", "2 cores", "1 core"]);
    expect(threadsOptions(view()).map(({ choice }) => choice)).toEqual(["all", "all-but-one", 2, 1]);
    expect(labels(view({ cores: 2, threads: 2 }))).toEqual(["Every core (2)", "Leave one core free (1)"]);
  });
  test("holds what is in force, also a number that was chosen where there were more cores", () => {
    const values = (of: ThreadsView) => threadsOptions(of).map(({ value }) => value);
    expect(values(view({ choice: 12 }))).toContain("12");
    expect(values(view({ fixed: 3 }))).toContain("3");
    expect(values(view({ choice: 2 }))).toEqual(["all", "all-but-one", "2", "1"]);
  });
  test("is closed with the reason where the engine was told otherwise, or where there is one core", () => {
    expect(threadsHindrance(view())).toBeNull();
    expect(read(threadsHindrance(view({ fixed: 1, threads: 1 })))).toContain("STRATA_THREADS (1 of 4 cores)");
    expect(threadsHindrance(view({ cores: 1, threads: 1 }))).toContain("none to leave free");
    expect(labels(view({ cores: 1, threads: 1 }))).toEqual(["Every core (1)", "Leave one core free (1)"]);
  });
});
