import { describe, expect, it } from "vitest";
import { type RunConfiguration, runConfiguration } from "../../src-main/contract/configuration.ts";
import { experimentRequest, type NetworkPresets, networkPresets } from "../../src-main/contract/experiment.ts";
import { createLevelReader, plannedBlocks } from "../../src-main/domain/experiments/experiment-plan.ts";
import { networkTable, presetSettings } from "../../src-main/domain/networks/network-presets.ts";
import { createRequestResolver } from "../../src-main/engine/experiments/resolve-request.ts";
import { modelList } from "../../src-main/engine/models/model-list.ts";
import { multiplyAddsAt } from "../../src-main/engine/models/multiply-adds.ts";
import { resolveNetworks } from "../../src-main/engine/models/resolve-networks.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";

const shelf = modelList().map(({ id }) => id);
const dataset = { kind: "drawn", pictures: 100, pixels: 32, difficulty: 0, seed: 0 } as const;
const three = ["linear-svm", "alexnet", "inception-v3"];

function baseOf(id: string, changes: Partial<RunConfiguration["training"]> = {}, size = {}): RunConfiguration {
  const { model, training } = trainDefaults({ id });
  return runConfiguration.parse({
    ...{ dataset, seed: 1 },
    model: { ...model, ...size },
    training: { ...training, ...changes },
  });
}

function requestOf(
  base: RunConfiguration,
  networks: Partial<NetworkPresets>,
  { models = three, factors = [] as readonly unknown[] } = {},
) {
  return experimentRequest.parse({
    configuration: base,
    factors: [{ setting: "model", values: models }, ...factors],
    seeds: [1],
    networks,
  });
}
const configurationsOf = (request: ReturnType<typeof requestOf>, classes = 10) =>
  plannedBlocks(resolveNetworks(request, classes))
    .flat()
    .map(({ configuration }) => configuration);

describe("a network that a factor names", () => {
  it("brings its own preset, each of the shelf, and all but the network is the base's", () => {
    const base = baseOf("alexnet");
    const found = configurationsOf(requestOf(base, {}, { models: shelf }));
    expect(found).toEqual(shelf.map((id) => ({ ...base, ...trainDefaults({ id }) })));
  });

  it("brings its preset where it is drawn at random, beside what is drawn with it", () => {
    const base = baseOf("alexnet");
    const ranges = [
      { kind: "choice", setting: "model", values: ["lenet5", "inception-v3"] },
      { kind: "uniform", setting: "learningRate", from: 0.1, to: 0.2 },
    ];
    const request = experimentRequest.parse({
      ...{ configuration: base, seeds: [1], networks: {} },
      factors: [{ draws: 8, seed: 1, ranges }],
    });
    const found = configurationsOf(request);
    expect(new Set(found.map(({ model }) => model.id))).toEqual(new Set(["lenet5", "inception-v3"]));
    for (const { model, training } of found) {
      const { learningRate, ...rest } = training;
      expect(learningRate).toBeGreaterThanOrEqual(0.1);
      expect({ model, rest }).toMatchObject({
        model: trainDefaults({ id: model.id }).model,
        rest: { batchSize: trainDefaults({ id: model.id }).training.batchSize },
      });
    }
    const table = networkTable(resolveNetworks(request, 10));
    expect(table?.settings.find(({ setting }) => setting === "learningRate")?.source).toBe("varied");
  });

  it("brings its paper's preset where that is asked for", () => {
    const base = runConfiguration.parse({ dataset, seed: 1, ...trainDefaults({ id: "alexnet", inputPixels: 227 }) });
    const found = configurationsOf(requestOf(base, { preset: "paper" }, { models: ["lenet5", "vgg16"] }));
    expect(found.map(({ model }) => model)).toEqual([
      { id: "lenet5", inputPixels: 32, width: 1 },
      { id: "vgg16", inputPixels: 224, width: 1 },
    ]);
    // LeCun's recipe, picture by picture, is found by its name: its input is that of the compact one.
    expect(found.map(({ training }) => [training.batchSize, training.optimizer.kind])).toEqual([
      [1, "sgd"],
      [256, "sgd"],
    ]);
  });

  it("has the base's settings all where no presets are asked for, as every experiment on record", () => {
    const base = baseOf("alexnet");
    const { networks: _, ...asRecorded } = requestOf(base, {});
    const request = experimentRequest.parse(asRecorded);
    expect(resolveNetworks(request, 10)).toBe(request);
    expect(configurationsOf(request)).toEqual(three.map((id) => ({ ...base, model: { ...base.model, id } })));
    expect(networkTable(request)).toBeNull();
  });

  it("holds equal what is asked for, and brings the rest", () => {
    const base = baseOf("inception-v3");
    const found = configurationsOf(requestOf(base, { held: ["width", "learningRate"] }));
    expect(found).toEqual(
      three.map((id) => {
        const { model, training } = trainDefaults({ id, width: 0.25 });
        return { ...base, model, training: { ...training, learningRate: 2e-3 } };
      }),
    );
  });

  it("holds equal what the base has otherwise than its own preset", () => {
    const base = baseOf("inception-v3", { epochs: 3, smoothing: 0.1 });
    const resolved = resolveNetworks(requestOf(base, {}), 10);
    expect(resolved.networks?.held).toEqual(["smoothing", "epochs"]);
    for (const { configuration } of plannedBlocks(resolved).flat()) {
      const own = trainDefaults({ id: configuration.model.id });
      expect(configuration.training).toEqual({ ...own.training, epochs: 3, smoothing: 0.1 });
    }
  });

  it("trains at an input that is held as a person who names that size would", () => {
    const base = baseOf("alexnet", {}, { inputPixels: 64 });
    const found = configurationsOf(requestOf(base, {}, { models: shelf }));
    expect(found).toEqual(shelf.map((id) => ({ ...base, ...trainDefaults({ id, inputPixels: 64 }) })));
  });

  it("leaves to another factor what that varies, with all that it is a part of", () => {
    const factors = [
      { setting: "learningRate", values: [0.1, 0.2] },
      { setting: "momentum", values: [0.5, 0.8] },
    ];
    const base = baseOf("alexnet", { optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false } });
    const resolved = resolveNetworks(requestOf(base, {}, { models: ["lenet5", "inception-v3"], factors }), 10);
    const found = plannedBlocks(resolved).flat();
    expect(
      found.map(({ configuration: { model, training } }) => [
        ...[model.id, training.batchSize, training.learningRate, training.optimizer],
      ]),
    ).toEqual(
      (
        [
          ["lenet5", 32],
          ["inception-v3", 64],
        ] as const
      ).flatMap(([id, batch]) =>
        [0.1, 0.2].flatMap((rate) =>
          [0.5, 0.8].map((momentum) => [id, batch, rate, { kind: "sgd", momentum, isNesterov: false }]),
        ),
      ),
    );
    const sources = networkTable(resolved)?.settings.map(({ setting, source }) => [setting, source]);
    expect(sources).toContainEqual(["learningRate", "varied"]);
    expect(sources).toContainEqual(["optimizer", "varied"]);
    expect(sources).toContainEqual(["batchSize", "own"]);
  });

  it("brings its preset as the change of a named arm, too, whose other changes win", () => {
    const arms = [
      { name: "small", changes: [{ setting: "model", value: "lenet5" }] },
      {
        name: "small batches",
        changes: ["lenet5", 20].map((value, i) => ({ setting: ["model", "batchSize"][i]!, value })),
      },
      { name: "deep", changes: [{ setting: "model", value: "inception-v3" }] },
      { name: "base", changes: [] },
    ];
    const base = baseOf("alexnet");
    const request = experimentRequest.parse({ configuration: base, factors: [{ arms }], seeds: [1], networks: {} });
    const resolved = resolveNetworks(request, 10);
    const found = plannedBlocks(resolved).flat();
    const own = (id: string) => ({ ...base, ...trainDefaults({ id }) });
    expect(found.map(({ configuration }) => configuration)).toEqual([
      own("lenet5"),
      { ...own("lenet5"), training: { ...own("lenet5").training, batchSize: 20 } },
      own("inception-v3"),
      base,
    ]);
    const read = createLevelReader(resolved);
    expect(found.map(({ configuration }) => read(configuration)[0]?.name)).toEqual([
      "small",
      "small batches",
      "deep",
      "base",
    ]);
  });

  it("is resolved once: what was found stays, and a network that is added later is found by what was held", () => {
    const base = baseOf("alexnet", { epochs: 3 });
    const resolved = resolveNetworks(requestOf(base, { multiplyAdds: "base" }), 10);
    const recorded = experimentRequest.parse(JSON.parse(JSON.stringify(resolved)));
    expect(resolveNetworks(recorded, 10)).toEqual(resolved);
    const older = { ...recorded.networks!, held: [...recorded.networks!.held, "smoothing"] };
    older.resolved = older.resolved.map((one) => ({ ...one, changes: [{ setting: "epochs", value: 7 }] }));
    const added = resolveNetworks({ ...requestOf(base, older, { models: [...three, "zfnet"] }), seeds: [1, 2] }, 10);
    expect(added.networks?.resolved.slice(0, 3)).toEqual(older.resolved);
    expect(added.networks?.resolved[3]).toMatchObject({ model: "zfnet" });
    expect(added.networks?.resolved[3]?.changes.map(({ setting }) => setting)).not.toContain("smoothing");
  });
});

describe("a budget of multiply-adds", () => {
  const named = ["linear-svm", "lenet5", "alexnet", "vgg16", "googlenet", "inception-v3"];

  it("chooses each network's width such that no other comes nearer", () => {
    const wanted = 10e6;
    const request = resolveNetworks(requestOf(baseOf("alexnet"), { multiplyAdds: wanted }, { models: named }), 10);
    for (const { configuration } of plannedBlocks(request).flat()) {
      const { model } = configuration;
      const reached = multiplyAddsAt(model, 10);
      const others = Array.from({ length: 391 }, (_, step) =>
        multiplyAddsAt({ ...model, width: (10 + step) / 200 }, 10),
      );
      expect(Math.abs(reached - wanted), model.id).toBe(Math.min(...others.map((one) => Math.abs(one - wanted))));
      expect(request.networks?.resolved.find((one) => one.model === model.id)?.multiplyAdds).toBe(reached);
    }
  }, 60_000);

  it("is the base network's where no number is named, which then has its own width", () => {
    const base = baseOf("inception-v3");
    const { networks } = resolveNetworks(requestOf(base, { multiplyAdds: "base" }), 10);
    expect(networks?.multiplyAdds).toBe(multiplyAddsAt(base.model, 10));
    const widths = networks?.resolved.map(({ changes }) => changes.find(({ setting }) => setting === "width")?.value);
    expect(widths?.[2]).toBe(0.25);
    // A width changes nothing of a machine without hidden layers.
    expect(widths?.[0]).toBe(1);
  });

  it("is refused where width is held equal or varied as well", () => {
    const base = baseOf("alexnet");
    const refused = expect.objectContaining({ code: "settings.invalid", problem: expect.stringMatching(/^width: /) });
    expect(() => resolveNetworks(requestOf(base, { multiplyAdds: 1e6, held: ["width"] }), 10)).toThrow(refused);
    const factors = [{ setting: "width", values: [0.25, 0.5] }];
    expect(() => resolveNetworks(requestOf(base, { multiplyAdds: 1e6 }, { factors }), 10)).toThrow(refused);
  });
});

describe("a budget of minutes", () => {
  /** Seconds of an epoch, by network; 30 of any other. */
  const paces: Readonly<Record<string, number | null>> = {
    "linear-svm": 0.001,
    alexnet: 7,
    "inception-v3": 400,
    vgg16: null,
  };
  const resolving = () => {
    const asked: RunConfiguration[] = [];
    const resolve = createRequestResolver({
      estimate: async ([configuration]) => {
        asked.push(configuration);
        const pace = paces[configuration.model.id];
        return {
          ...{ seconds: null, decodingSeconds: null, basis: null },
          secondsPerEpoch: pace === undefined ? 30 : pace,
          memory: { peakBytes: 1, freeBytes: 1, doesFit: true, batchThatFits: null, gpu: null },
        };
      },
    });
    const view = {
      classes: Array.from({ length: 10 }, (_, index) => ({ name: String(index), train: 1, validation: 1, test: 1 })),
    };
    return { asked, resolve: (request: ReturnType<typeof requestOf>) => resolve(request, view) };
  };
  const epochsOf = (request: ReturnType<typeof requestOf>) =>
    plannedBlocks(request)
      .flat()
      .map(({ configuration }) => configuration.training.epochs);

  it("gives each network the epochs that fit, one at least and no more than a run can have, and the rest of its preset", async () => {
    const { asked, resolve } = resolving();
    const request = await resolve(
      requestOf(baseOf("alexnet", { epochs: 3 }), { minutes: 5 }, { models: [...three, "lenet5"] }),
    );
    expect(epochsOf(request)).toEqual([10_000, 42, 1, 10]);
    // What is timed is what is trained, but for its epochs.
    const own = (id: string) => ({ ...baseOf("alexnet"), ...trainDefaults({ id }) });
    expect(asked).toEqual([...three, "lenet5"].map(own));
    expect(networkTable(request)).toMatchObject({
      minutes: 5,
      networks: [{ minutes: 10 / 60 }, { minutes: (42 * 7) / 60 }, { minutes: 400 / 60 }, { minutes: 5 }],
    });
    const sources = networkTable(request)?.settings;
    expect(sources).toContainEqual({ setting: "epochs", source: "minutes", isDifferent: true });
  });

  it("is found once: as it is recorded it is planned and repeated, and a network that is added is timed alone", async () => {
    const { resolve } = resolving();
    const recorded = experimentRequest.parse(
      JSON.parse(JSON.stringify(await resolve(requestOf(baseOf("alexnet"), { minutes: 5 })))),
    );
    const again = resolving();
    expect(await again.resolve(recorded)).toEqual(recorded);
    const factors = [{ setting: "model", values: [...three, "lenet5"], isBlocked: false }];
    expect(epochsOf(await again.resolve({ ...recorded, factors }))).toEqual([10_000, 42, 1, 10]);
    expect(again.asked.map(({ model }) => model.id)).toEqual(["lenet5"]);
  });

  it("is refused for a network that cannot be timed, and beside what epochs or their time hang on", async () => {
    const { resolve } = resolving();
    await expect(
      resolve(requestOf(baseOf("alexnet"), { minutes: 5 }, { models: ["lenet5", "vgg16"] })),
    ).rejects.toThrow(
      expect.objectContaining({ code: "experiment.untimed", problem: expect.stringContaining("vgg16") }),
    );
    const refused = (id: string) =>
      expect.objectContaining({ code: "settings.invalid", problem: expect.stringMatching(new RegExp(`^${id}: `)) });
    await expect(resolve(requestOf(baseOf("alexnet"), { minutes: 5, held: ["epochs"] }))).rejects.toThrow(
      refused("epochs"),
    );
    const varied = { setting: "batchSize", values: [8, 16] };
    await expect(resolve(requestOf(baseOf("alexnet"), { minutes: 5 }, { factors: [varied] }))).rejects.toThrow(
      refused("batchSize"),
    );
  });
});

describe("the table of what each network trains with", () => {
  it("tells each setting's source, whether networks differ in it, and their values", () => {
    const base = baseOf("alexnet", { epochs: 3 });
    const table = networkTable(resolveNetworks(requestOf(base, { held: ["width"] }), 10));
    const told = Object.fromEntries(table!.settings.map(({ setting, ...rest }) => [setting, rest]));
    expect(told.epochs).toEqual({ source: "held", isDifferent: false });
    expect(told.width).toEqual({ source: "held", isDifferent: false });
    expect(told.learningRate).toEqual({ source: "own", isDifferent: true });
    expect(told.precision).toEqual({ source: "own", isDifferent: false });
    expect(Object.keys(told)).toEqual(presetSettings().map(({ id }) => id));
    expect(
      table?.networks.map(({ model, values }) => [model, values.width, values.learningRate, values.epochs]),
    ).toEqual([
      ["linear-svm", 0.25, 5e-4, 3],
      ["alexnet", 0.25, 1e-3, 3],
      ["inception-v3", 0.25, 2e-3, 3],
    ]);
  });
});

it("every setting of a preset is one that a network brings", () => {
  const { model, training } = trainDefaults({ id: "alexnet" });
  const paths = presetSettings().map(({ path }) => path);
  const all = [...Object.keys(model).filter((key) => key !== "id"), ...Object.keys(training)];
  const covered = all.filter((key) => paths.some((path) => path.split(".")[1] === key));
  expect(covered).toEqual(all);
  expect(networkPresets.parse({})).toEqual({
    preset: "compact",
    held: [],
    multiplyAdds: null,
    minutes: null,
    resolved: [],
  });
});
