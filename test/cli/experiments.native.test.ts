import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { scripts } from "../support/trainer-scripts.ts";

let cli: TestCli;
beforeAll(() => {
  cli = createTestCli();
});
afterAll(() => cli.remove());

const sweep = "sweep --data drawn:pictures=100,pixels=16 --model inception-v3 --epochs 2";

describe("sweep", () => {
  it("--dry-run --json says how many runs it would be and how long they would take, and records nothing", async () => {
    const { exitCode, out } = await cli.run(
      `${sweep} --vary smoothing=0,0.1 --vary learning-rate=0.01,0.1 --seeds 1,2,3 --dry-run --json`,
    );
    expect([exitCode, JSON.parse(out)]).toEqual([0, { runs: 12, seconds: expect.any(Number), networks: null }]);
    expect(JSON.parse((await cli.run("runs --json")).out)).toEqual({ sortedBy: null, found: 0, more: 0, runs: [] });
  });

  it("--json trains every run and answers with all of them, each as train does", async () => {
    const { exitCode, out, err } = await cli.run(`${sweep} --vary smoothing=0,0.1 --seeds 1,7 --json`);
    expect([exitCode, err]).toEqual([0, ""]);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      experiment: 1,
      runs: [{ id: 1, state: "finished", steps: 8, test: { top1: 0.7 } }, {}, {}, {}],
    });
    const listed = JSON.parse((await cli.run("runs --json")).out).runs;
    expect(listed.map(({ experiment: id, title }: { experiment: number; title: string }) => [id, title])).toEqual([
      [1, "Inception-v3, smoothed ε = 0.1, seed 7"],
      [1, "Inception-v3, one-hot, seed 7"],
      [1, "Inception-v3, smoothed ε = 0.1, seed 1"],
      [1, "Inception-v3, one-hot, seed 1"],
    ]);
    expect(JSON.parse((await cli.run("experiments --json")).out).experiments).toMatchObject([
      {
        ...{ id: 1, runs: [1, 2, 3, 4], finished: 4, isResumable: false },
        ...{ rows: [{ runIds: [1, 3] }, { runIds: [2, 4] }], pictures: { validation: 10, test: 10 } },
      },
    ]);
    // What can be told of the rows, at the end of a sweep and afterwards.
    const verdict = {
      split: "test",
      missing: null,
      arms: [{ seeds: [1, 7], pictures: 10, measures: [{}, {}, {}, {}] }],
    };
    expect(document.verdict).toMatchObject(verdict);
    expect(JSON.parse((await cli.run("experiments 1 --json")).out).verdict).toEqual(document.verdict);
    expect((await cli.run("experiments 1")).out).toMatch(
      /Each row against one-hot, on the test pictures:\n- Smoothed ε = 0\.1 against one-hot: no difference in .* can be told over 2 seeds and 10 test pictures\./,
    );
  });

  it("is paused when a person interrupts it, and resume --experiment finishes what is left", async () => {
    const { exitCode, out } = await cli.run(`${sweep} --seeds ${scripts.waitsAtStepThree},1 --json --events`, {
      onOut: (text, interrupt) => {
        if (text.includes('"step":3,')) interrupt();
      },
    });
    expect(exitCode).toBe(1);
    const ended = JSON.parse(out.trimEnd().split("\n").at(-1)!);
    expect(ended).toMatchObject({
      kind: "ended",
      experiment: 2,
      runs: [{ state: "paused" }, { state: "paused", steps: 0 }],
    });

    // The script of the first waits again; this time it is stopped for good.
    const first = ended.runs[0].id;
    expect((await cli.run("queue --json")).out).toBe('{"held":null,"jobs":[]}\n');
    const going = cli.run("resume --experiment 2 --json --events", {
      onOut: (text, interrupt) => {
        if (text.includes('"step":3,') && text.includes(`"runIds":[${first}]`)) interrupt();
      },
    });
    expect((await going).exitCode).toBe(1);
    expect(JSON.parse((await cli.run("resume --experiment 1 --json")).out)).toMatchObject({
      experiment: 1,
      runs: [{ state: "finished" }, { state: "finished" }, { state: "finished" }, { state: "finished" }],
    });
  });

  it("shows a person a table of settings with the mean and the range over the seeds", async () => {
    const { out } = await cli.run(`${sweep} --vary smoothing=0,0.1 --seeds 18,19`);
    expect(out).toMatch(
      /^smoothing +finished +val\. top-1 +from +to +val\. hard loss +from +to +test top-1 +test hard loss$/m,
    );
    expect(out).toMatch(/^0 +2 of 2 +50\.0 % +50\.0 % +50\.0 % .* 70\.0 % +1\.0000$/m);
    expect(out).toContain("Mean over each row's finished runs, of 2 seeds");
  });

  it("ends with 2 where nothing varies, a setting is unknown, or a value is none of its own", async () => {
    const failures = [
      sweep,
      `${sweep} --vary colour=1,2`,
      `${sweep} --vary smoothing=0,high`,
      `${sweep} --vary smoothing=1.5`,
    ];
    for (const words of failures) expect((await cli.run(words)).exitCode).toBe(2);
    expect((await cli.run("resume")).exitCode).toBe(2);
  });

  it("ends with 2 and the reason where it would be too many runs", async () => {
    const seeds = Array.from({ length: 300 }, (_, index) => index).join(",");
    const values = Array.from({ length: 34 }, (_, index) => index / 100).join(",");
    const { exitCode, out } = await cli.run(`${sweep} --vary smoothing=${values} --seeds ${seeds} --json`);
    expect([exitCode, JSON.parse(out).error.code]).toEqual([2, "experiment.too-many"]);
  });

  it("goes over both arms of a pair, and train over named arms, with every seed", async () => {
    const pair = JSON.parse((await cli.run(`${sweep} --pair smoothing --seeds 20,21 --json`)).out);
    type Told = { readonly arm: string | null; readonly state: string };
    const told = (runs: readonly Told[]) => runs.map(({ arm, state }) => `${arm} ${state}`);
    expect(told(pair.runs)).toEqual(["A finished", "B finished", "A finished", "B finished"]);
    const train = sweep.replace("sweep", "train").split(" ");
    const arms = ["--arm", "as it is", "--arm", "no decay: weight-decay=0", "--arm", "slow: learning-rate=0.001"];
    const { out } = await cli.run([...train, ...arms, "--seed", "22", "--json"]);
    expect(told(JSON.parse(out).runs)).toEqual(["A finished", "B finished", "C finished"]);
    const { runs } = JSON.parse((await cli.run("runs --json --limit 3")).out);
    expect(runs.map(({ title }: { title: string }) => title)).toEqual([
      "Inception-v3, slow",
      "Inception-v3, no decay",
      "Inception-v3, as it is",
    ]);
    const repeated = JSON.parse((await cli.run(`repeat ${runs[0].id} --json`)).out);
    expect(told(repeated.runs)).toEqual(["A finished", "B finished", "C finished"]);
    const shared = await cli.run(`${sweep} --pair smoothing --vary smoothing=0,0.2 --json`);
    expect([shared.exitCode, shared.out]).toEqual([2, expect.stringContaining("varied twice")]);
  });

  it("draws at random from ranges, and says which run has which values", async () => {
    const random = `${sweep} --random 3 --range learning-rate=1e-4..1e-1:log --choice optimizer=sgd,adam`;
    expect(JSON.parse((await cli.run(`${random} --dry-run --json`)).out).runs).toBe(3);
    const { exitCode, out } = await cli.run(`${random} --json`);
    expect(exitCode).toBe(0);
    const document = JSON.parse(out);
    const searched = [
      {
        ...{ draws: 3, seed: 1, isBlocked: false },
        ranges: [
          { kind: "log", setting: "learningRate", from: 1e-4, to: 0.1 },
          { kind: "choice", setting: "optimizer" },
        ],
      },
    ];
    expect(document).toMatchObject({ factors: searched, seeds: [1] });
    expect(document.runs).toMatchObject([{ state: "finished" }, {}, {}]);
    for (const [index, { runIds, levels }] of document.rows.entries()) {
      const [id] = runIds;
      expect(id).toBe(document.runs[index].id);
      const { configuration } = JSON.parse((await cli.run(`show ${id} --json`)).out).run;
      expect(levels[0].changes).toEqual([
        { setting: "learningRate", value: configuration.training.learningRate },
        { setting: "optimizer", value: configuration.training.optimizer },
      ]);
    }
    const { experiments } = JSON.parse((await cli.run("experiments --json")).out);
    expect(experiments[0]).toMatchObject({ id: document.experiment, factors: searched, finished: 3 });
    expect((await cli.run("experiments")).out).toMatch(/learningRate +optimizer +finished/);
    // A drawn run can be trained again by itself, as it was.
    const first = document.runs[0].id;
    const again = JSON.parse((await cli.run(`repeat ${first} --json`)).out).runs[0].id;
    const [before, after] = await Promise.all(
      [first, again].map(async (id) => JSON.parse((await cli.run(`show ${id} --json`)).out).run.configuration),
    );
    expect(after).toEqual(before);
  });

  it("halves: says what was decided of each run and why, and ends with 0", async () => {
    const search = `${sweep} --vary learning-rate=0.1,0.2,0.3 --halving least=1,eta=2,metric=top1`;
    const { exitCode, out, err } = await cli.run(`${search} --json`);
    // The script's top-1 is 0.5 in all: of equals the first counts.
    expect([exitCode, err]).toEqual([0, ""]);
    const { experiment, runs, halving, decisions } = JSON.parse(out);
    expect(halving).toEqual({ leastEpochs: 1, factor: 2, metric: "top1" });
    expect(runs.map(({ state, endReason }: { state: string; endReason: string }) => [state, endReason])).toEqual([
      ["finished", "completed"],
      ["paused", "halved"],
      ["paused", "halved"],
    ]);
    const [, , third] = runs;
    expect(decisions.at(-1)).toMatchObject({
      ...{ runIds: [third.id], epochs: 1, value: 0.5, decision: "stops", rank: 3, results: 3, goOn: 1 },
    });
    const words = (await cli.run("experiments")).out;
    expect(words).toContain(`Run ${third.id} stopped after epoch 1: rank 3 of 3, of which the best 1 goes on`);
    // Nothing is left of the experiment; each of its runs can go on.
    const left = await cli.run(`resume --experiment ${experiment} --json`);
    expect(JSON.parse(left.out).runs[2].endReason).toBe("halved");
    const resumed = await cli.run(`resume ${third.id} --json`);
    expect([resumed.exitCode, JSON.parse(resumed.out).runs[0]]).toMatchObject([0, { state: "finished", epochs: 2 }]);
  });

  it("trains each network that varies by its own preset, and says before and in the record what that is", async () => {
    const networks =
      "sweep --data drawn:pictures=200,pixels=16 --vary model=linear-svm,alexnet,inception-v3 --epochs 2";
    const planned = JSON.parse((await cli.run(`${networks} --seeds 30,31 --dry-run --json`)).out);
    expect(planned).toMatchObject({ runs: 6, networks: { multiplyAdds: null } });
    const { exitCode, err } = await cli.run(`${networks} --seeds 30,31`);
    expect(exitCode).toBe(0);
    expect(err).toContain("Held equal: epochs 2.");
    const { experiments } = JSON.parse((await cli.run("experiments --json")).out);
    expect(experiments[0].networks).toEqual(planned.networks);
    expect(experiments[0].rows.map(({ runIds }: { runIds: number[] }) => runIds.length)).toEqual([2, 2, 2]);
    const configurations = [];
    for (const id of experiments[0].runs.slice(0, 3))
      configurations.push(JSON.parse((await cli.run(`show ${id} --json`)).out).run.configuration);
    expect(
      configurations.map(({ model, training: { epochs, batchSize, learningRate, weightDecay, clipNorm } }) => [
        ...[model.id, model.inputPixels, model.width, epochs, batchSize, learningRate, weightDecay, clipNorm],
      ]),
    ).toEqual([
      ["linear-svm", 32, 1, 2, 32, 5e-4, 1e-2, null],
      ["alexnet", 32, 0.25, 2, 32, 1e-3, 0, 2],
      ["inception-v3", 32, 0.25, 2, 64, 2e-3, 0, 2],
    ]);
    // Asked for again, a run is what it was.
    const again = JSON.parse((await cli.run(`repeat ${experiments[0].runs[0]} --json`)).out).runs[0].id;
    expect(JSON.parse((await cli.run(`show ${again} --json`)).out).run.configuration).toEqual(configurations[0]);
  });

  it("gives networks that vary the epochs that fit in the minutes by what was measured, says so before, and repeats them", async () => {
    const own = createTestCli();
    const networks = "sweep --data drawn:pictures=200,pixels=16 --vary model=linear-svm,inception-v3 --minutes 0.2";
    const planned = JSON.parse((await own.run(`${networks} --dry-run --json`)).out);
    // By what the scripted trainer says a step takes, half as many steps of twice as many pictures take half as long.
    const [svm, inception] = planned.networks.networks;
    expect(planned.networks.minutes).toBe(0.2);
    for (const { values, minutes } of [svm, inception]) {
      expect(values.epochs).toBeGreaterThan(0);
      expect(minutes).toBeLessThanOrEqual(0.2);
      expect(minutes + minutes / values.epochs).toBeGreaterThan(0.2);
    }
    expect(inception.values.epochs).toBeGreaterThan(svm.values.epochs);
    const { exitCode, err } = await own.run(networks);
    expect([exitCode, err]).toEqual([0, expect.stringContaining("Epochs for 0.2 min of training")]);
    const { experiments } = JSON.parse((await own.run("experiments --json")).out);
    expect(experiments[0].networks).toEqual(planned.networks);
    const epochsOf = async (id: number) =>
      JSON.parse((await own.run(`show ${id} --json`)).out).run.configuration.training.epochs;
    const [first] = experiments[0].runs;
    // The record knows by now what the network takes; what was found stays.
    const again = JSON.parse((await own.run(`repeat ${first} --json`)).out).runs[0].id;
    expect(await Promise.all([first, again].map(epochsOf))).toEqual([svm.values.epochs, svm.values.epochs]);
    await own.remove();
  });
});

describe("grow", () => {
  it("--dry-run --json says what would be added; without it what is new is trained, and the experiment answers with all of it", async () => {
    const own = createTestCli();
    await own.run(`${sweep} --vary smoothing=0,0.1 --json`);
    const { exitCode, out } = await own.run("grow 1 --seeds 7 --vary smoothing=0.2 --dry-run --json");
    expect([exitCode, JSON.parse(out)]).toEqual([0, { runs: 4, seconds: expect.any(Number) }]);
    const grown = await own.run("grow 1 --seeds 7 --json");
    expect(JSON.parse(grown.out)).toMatchObject({
      experiment: 1,
      runs: [
        { id: 3, state: "finished" },
        { id: 4, state: "finished" },
      ],
    });
    expect(JSON.parse((await own.run("experiments --json")).out).experiments).toMatchObject([
      { seeds: [1, 7], runs: [1, 2, 3, 4], finished: 4, rows: [{ runIds: [1, 3] }, { runIds: [2, 4] }] },
    ]);
    own.remove();
  });

  it("ends with 2 where nothing is named, nothing is new, or the experiment does not vary it", async () => {
    await cli.run(`${sweep} --vary smoothing=0,0.1 --json`);
    for (const [flags, said] of [
      ["", "Name what is added"],
      [" --seeds 1", "The experiment has all of these already."],
      [" --vary batch=8", "The experiment does not vary batch size."],
    ] as const) {
      const { exitCode, err } = await cli.run(`grow 1${flags}`);
      expect([exitCode, err]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
