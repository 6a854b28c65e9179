import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";

let cli: TestCli;
beforeAll(() => {
  cli = createTestCli();
});
afterAll(() => cli.remove());

const network = "--model lenet5 --input 16 --epochs 1 --batch 4";
const json = async (words: string) => JSON.parse((await cli.run(`${words} --json`)).out);

describe("top-5", () => {
  it("of two classes is null in every document, and in no table", async () => {
    const folder = temporaryFolder();
    for (const [name, red] of [
      ["cat", 0],
      ["dog", 100],
    ] as const)
      writeFiles(folder, await pictures(name, 20, red));
    const { runs } = await json(`train --data ${folder} ${network} --pair smoothing`);
    const [a, b] = runs.map(({ id }: { id: number }) => id);
    expect(runs[0].validation).toMatchObject({ top1: expect.any(Number), top5: null });

    const { run } = await json(`show ${a}`);
    expect([run.validation.top5, run.best.top5]).toEqual([null, null]);
    const { results } = await json(`compare ${a} ${b}`);
    expect(results).toMatchObject([{ top5: null }, { top5: null }]);
    for (const words of ["runs", `show ${a}`, `compare ${a} ${b}`]) {
      const { out } = await cli.run(words);
      expect([words, out.includes("top-1"), out.includes("top-5")]).toEqual([words, true, false]);
    }
  });

  it("stands in the table as soon as one run has more classes, with a dash for the others", async () => {
    await cli.run(`train --data drawn:pictures=100,pixels=16 ${network}`);
    const { out } = await cli.run("runs");
    expect(out).toContain("top-5");
    expect(out.split("\n").filter((line) => line.includes("one-hot"))[0]).toContain("–");
  });
});

describe("runs --find", () => {
  it("ends with 2 and says what was meant where it does not understand, on an empty record too", async () => {
    const empty = createTestCli();
    for (const [one, words] of [
      [cli, ["runs", "--find", "smothing > 0"]],
      [empty, ["runs", "--find", "smothing > 0"]],
      [cli, ["runs", "--sort", "smothing"]],
    ] as const) {
      const { exitCode, out, err } = await one.run(words);
      expect([exitCode, out]).toEqual([2, ""]);
      expect(err).toBe(
        "No setting or figure is called smothing. Did you mean smoothing? Put words to look for in quotes.\n",
      );
      const { error } = JSON.parse((await one.run([...words, "--json"])).out);
      expect(error.code).toBe("find.unknown-name");
    }
    empty.remove();
  });

  it("takes a condition with spaces, a quoted name and a state by itself", async () => {
    const count = async (...find: string[]) =>
      JSON.parse((await cli.run(["runs", "--json", "--find", ...find])).out).runs.length;
    expect(await count("smoothing > 0")).toBe(1);
    expect(await count("label smoothing = 0.1 finished")).toBe(1);
    expect(await count("seed=7")).toBe(0);
  });
});

describe("runs --sort", () => {
  it("shows what it sorted by, and JSON says it with the way, each value and each run's split", async () => {
    const { sortedBy, runs } = await json("runs --sort smoothing:desc");
    expect(sortedBy).toEqual({ field: "training.smoothing", order: "descending", values: [0.1, 0, 0] });
    expect(runs.map(({ split }: { split: string }) => split)).toEqual(["test", "test", "test"]);
    expect((await json("runs")).sortedBy).toBeNull();
    expect((await cli.run("runs --sort smoothing:desc")).out).toMatch(/^run +title +Label smoothing +state/);
  });
});
