import { describe, expect, it } from "vitest";
import {
  deviceInWords,
  madeByDifferences,
  madeByRows,
  madeBySentences,
  withPart,
} from "../../../src-main/domain/runs/made-by.ts";
import { findRunField } from "../../../src-main/domain/runs/run-fields.ts";
import { sampleMadeBy, sampleMadePart } from "../../support/sample-made-by.ts";
import { sampleRun } from "../../support/sample-views.ts";

/** As an older program's sentence was brought over. */
const nothing = {
  ...{ version: null, commit: null, tensorflow: null, device: null, isCompiled: null, refusal: null, precision: null },
  ...{ threads: null, cores: null, processor: null, processorFeatures: null, platform: null, architecture: null },
} as const;
const run = (id: number, ...madeBy: Parameters<typeof sampleMadePart>[0][]) => ({
  id,
  madeBy: madeBy.map(sampleMadePart),
});

describe("what made a run, in words", () => {
  it("is one line for its device, with threads where they are fewer than cores", () => {
    const processor = "Some processor";
    expect(deviceInWords(run(1, { processor }))).toBe("CPU, 2 × Some processor · compiled step");
    expect(deviceInWords(run(1, { processor, threads: 1 }))).toBe("CPU, 2 × Some processor, 1 thread · compiled step");
    expect(deviceInWords(run(1, { device: "GPU", isCompiled: false, refusal: "asked for" }))).toBe(
      "GPU · step by single operations: asked for",
    );
    expect(deviceInWords(run(1, { ...nothing, device: "CPU" }))).toBe("CPU");
    expect([deviceInWords(run(1)), deviceInWords(run(1, nothing))]).toEqual([null, null]);
  });

  it("is a row a fact, which says from which step on another program went on, and what nobody recorded", () => {
    const rows = madeByRows(
      run(1, { version: null, threads: 1 }, { fromStep: 120, version: "0.2.0", threads: 1, commit: "abc-dirty" }),
    );
    const said = Object.fromEntries(rows.map(({ id, values }) => [id, values.join()]));
    expect(said).toMatchObject({
      version: "not recorded; from step 120: 0.2.0",
      threads: "1",
      commit: "3f2a9c10d4e5; from step 120: abc, with changes",
      platform: "Linux",
    });
    expect(madeByRows(run(1, { fromStep: 7 }))[0]?.values).toEqual(["not recorded; from step 7: 0.1.0"]);
    expect(madeByRows(run(1))).toEqual([]);
  });

  it("is what a run can be found by", () => {
    const { madeBy } = run(1, { threads: 1 }, { fromStep: 5, threads: 2, tensorflow: "2.22.0" });
    const found = sampleRun({ id: 1, madeBy });
    const read = (name: string) => findRunField(name)?.read(found);
    expect(["threads", "tensorflow", "version", "system"].map(read)).toEqual([2, "2.22.0", "0.1.0", "Linux"]);
  });
});

describe("two runs", () => {
  it("that were made alike have nothing said of it", () => {
    expect(madeByDifferences([run(1, {}), run(2, {})])).toEqual([]);
    expect(madeBySentences([run(1, {}), run(2, {})])).toEqual([]);
  });

  it("that were not are told apart by name, with the values of each", () => {
    const runs = [run(1, {}), run(2, { tensorflow: "2.20.0", threads: 1 })];
    expect(madeByDifferences(runs)).toEqual([
      { id: "tensorflow", title: "TensorFlow", values: ["2.21.0", "2.20.0"] },
      { id: "threads", title: "Threads", values: ["2", "1"] },
    ]);
    expect(madeBySentences(runs)).toEqual([
      "These runs were made by different versions of TensorFlow and numbers of threads, which alone can make their figures differ.",
    ]);
  });

  it("of which one was gone on with by another version differ in it, too", () => {
    const runs = [run(1, {}), run(2, {}, { fromStep: 40, version: "0.2.0" })];
    expect(madeByDifferences(runs)).toEqual([
      { id: "version", title: "Strata", values: ["0.1.0", "0.1.0; from step 40: 0.2.0"] },
    ]);
  });

  it("are not said to differ in what is not recorded of one, which is said instead", () => {
    const old = run(2, { ...nothing, device: "CPU", cores: 2 });
    expect(madeByDifferences([run(1, {}), old])).toEqual([]);
    expect(madeBySentences([run(1, {}), old, run(3)])).toEqual(["What made run 2 and run 3 is not recorded in full."]);
  });
});

describe("the parts of a run", () => {
  const [here, there] = [sampleMadePart(), { ...sampleMadeBy({ threads: 1 }), fromStep: 10 }];

  it("are one for as long as the same goes on with it", () => {
    expect(withPart([], here)).toEqual([here]);
    expect(withPart([here], { ...here, fromStep: 10 })).toEqual([here]);
  });
  it("are another where another machine or version goes on", () => {
    expect(withPart([here], there)).toEqual([here, there]);
    expect(withPart([here, there], { ...here, fromStep: 20 })).toEqual([here, there, { ...here, fromStep: 20 }]);
  });
  it("end where it goes on from an earlier step: what came after is made anew", () => {
    expect(withPart([here, there], { ...here, fromStep: 10 })).toEqual([here]);
    expect(withPart([here, there], { ...there, fromStep: 0 })).toEqual([{ ...there, fromStep: 0 }]);
  });
});
