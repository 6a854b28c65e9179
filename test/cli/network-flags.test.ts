import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { networksInWords } from "../../src-main/cli/networks-in-words.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "../../src-main/cli/train-flags.ts";
import { plannedBlocks } from "../../src-main/domain/experiments/experiment-plan.ts";
import { presetSettings } from "../../src-main/domain/networks/network-presets.ts";
import { modelList } from "../../src-main/engine/models/model-list.ts";
import { resolveNetworks } from "../../src-main/engine/models/resolve-networks.ts";

/** The request that this command line makes. */
function request(words: string) {
  let flags: TrainFlags | undefined;
  const command = addTrainFlags(new Command("sweep"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.action((parsed: TrainFlags) => {
    flags = parsed;
  });
  command.parse(`--data drawn ${words}`.split(" "), { from: "user" });
  return requestOf(flags!);
}
const varied = "--vary model=linear-svm,alexnet,inception-v3";

describe("networks that are varied", () => {
  it("bring their own presets, and what a flag names is held equal, even as the preset has it", () => {
    const { networks, configuration } = request(`${varied} --epochs 8 --momentum 0.5 --optimizer sgd --no-augment`);
    expect(configuration.model.id).toBe("linear-svm");
    expect(networks).toEqual({
      preset: "compact",
      held: ["epochs", "optimizer", "flip", "cropPaddingPixels"],
      multiplyAdds: null,
      minutes: null,
      resolved: [],
    });
  });

  it("are the whole shelf by one word", () => {
    const [factor] = request("--vary model=all").factors;
    expect(factor).toMatchObject({ setting: "model", values: modelList().map(({ id }) => id), isBlocked: false });
  });

  it("have alike what is held by name, and the recipe or all by one word", () => {
    const held = (words: string) => request(`${varied} --hold ${words}`).networks?.held;
    expect(held("width,epochs")).toEqual(["width", "epochs"]);
    expect(held("all")).toEqual(presetSettings().map(({ id }) => id));
    expect(held("recipe")).toEqual(held("all")?.filter((id) => id !== "width" && id !== "inputPixels"));
    expect(() => held("colour")).toThrow("colour is none of recipe, all, input, width");
  });

  it("take a budget of multiply-adds as a number or as the base has, which its width then says", () => {
    const base = request(`--model inception-v3 --width 0.5 ${varied} --multiply-adds base`);
    expect(base).toMatchObject({
      configuration: { model: { width: 0.5 } },
      networks: { multiplyAdds: "base", held: [] },
    });
    expect(request(`${varied} --multiply-adds 40e6`).networks?.multiplyAdds).toBe(40e6);
    expect(() => request(`${varied} --multiply-adds 0`)).toThrow("0 is not more than 0.");
    expect(() => request(`${varied} --multiply-adds many`)).toThrow("many is not a number");
  });

  it("take a budget of minutes, which finds their epochs", () => {
    expect(request(`${varied} --minutes 5`).networks).toMatchObject({ minutes: 5, held: [] });
    expect(() => request(`${varied} --minutes 0`)).toThrow("0 is not more than 0 and at most 10080.");
    expect(() => request(`${varied} --minutes 5 --epochs 3`)).toThrow("--minutes or --epochs");
  });

  it("bring the preset that is named, as a network by itself does", () => {
    expect(request(`${varied} --preset paper`)).toMatchObject({
      configuration: { model: { id: "linear-svm" }, training: { epochs: 30 } },
      networks: { preset: "paper" },
    });
    const alone = request("--model lenet5 --preset paper");
    expect(alone.configuration.training).toMatchObject({ batchSize: 1, optimizer: { kind: "sgd" } });
    expect(alone.networks).toBeUndefined();
    expect(() => request("--model lenet5 --preset paper --input 32")).toThrow("--preset or --input");
  });

  it("are what their flags belong to, and some network is named", () => {
    expect(() => request("--model lenet5 --hold width")).toThrow("--hold needs --vary model");
    expect(() => request("--model lenet5 --multiply-adds base")).toThrow("--multiply-adds needs --vary model");
    expect(() => request("--model lenet5 --minutes 5")).toThrow("--minutes needs --vary model");
    expect(() => request("--seeds 1,2")).toThrow("Name a network");
  });
});

describe("arms by name", () => {
  /** Words with spaces in them. */
  const armed = (...arms: readonly string[]) => {
    let flags: TrainFlags | undefined;
    const command = addTrainFlags(new Command("train")).exitOverride();
    command.action((parsed: TrainFlags) => {
      flags = parsed;
    });
    const words = ["--data", "drawn", "--model", "alexnet", ...arms.flatMap((arm) => ["--arm", arm])];
    command.parse(words, { from: "user" });
    return requestOf(flags!);
  };

  it("advance in step, but for those that differ in what makes the batches", () => {
    expect(armed("base", "no decay: weight-decay=0").factors[0]).toMatchObject({ isBlocked: true });
    const apart = armed("base", "small batches: batch=8; smoothing=0.1");
    expect(apart.factors[0]).toMatchObject({ isBlocked: false });
    expect(plannedBlocks(apart)).toHaveLength(2);
  });

  it("of several networks bring each its own preset", () => {
    const request = armed("small: model=lenet5", "deep: model=inception-v3");
    expect([request.factors[0], request.networks]).toMatchObject([{ isBlocked: false }, { held: [], resolved: [] }]);
    const configurations = plannedBlocks(resolveNetworks(request, 10)).flat();
    expect(configurations.map(({ configuration: { model, training } }) => [model.id, training.batchSize])).toEqual([
      ["lenet5", 32],
      ["inception-v3", 64],
    ]);
  });
});

describe("what is said before networks train", () => {
  const said = (words: string) => networksInWords(resolveNetworks(request(words), 10));

  it("is a table of what differs, where it comes from, and what is held equal", () => {
    const words = said(`${varied} --epochs 3`);
    expect(words).toMatch(
      /^network +width +batch size +learning rate +weight decay +gradient clipping +dropout +multiply-adds$/m,
    );
    expect(words).toMatch(/^linear-svm +1 +32 +0\.0005 +0\.01 +not clipped +network’s own +30\.7 k$/m);
    expect(words).toMatch(/^inception-v3 +0\.25 +64 +0\.002 +0 +2 +network’s own +65\.3 M$/m);
    expect(words).toContain("From each network's compact preset: width, batch size, learning rate, ");
    expect(words).toMatch(/^Held equal: epochs 3\.$/m);
  });

  it("has what was reached of a budget, and what another factor varies", () => {
    const words = said(`${varied} --multiply-adds 10e6 --vary learning-rate=0.1,0.01`);
    expect(words).toMatch(/^linear-svm .* 30\.7 k of 10\.0 M$/m);
    expect(words).toMatch(/^alexnet +0\.195 .* 9\.7 M of 10\.0 M$/m);
    expect(words).toMatch(/^Width for nearest to 10\.0 M multiply-adds a picture\.$/m);
    expect(words).toMatch(/^Varied: learning rate\.$/m);
  });

  it("has the time that epochs are estimated to take of a budget of minutes, and that it is an estimate", () => {
    const asked = resolveNetworks(request(`${varied} --minutes 5`), 10);
    const resolved = asked.networks!.resolved.map((one, place) => ({ ...one, secondsPerEpoch: 7 * (place + 1) }));
    const words = networksInWords({ ...asked, networks: { ...asked.networks!, resolved } });
    expect(words).toMatch(/^network .* epochs .* multiply-adds +minutes$/m);
    expect(words).toMatch(/^alexnet .* about \d+\.\d of 5$/m);
    expect(words).toMatch(/^Epochs for 5 min of training and validation, one at least\. Times are estimates: /m);
  });

  it("is nothing where no network varies", () => {
    expect(said("--model lenet5 --seeds 1,2")).toBe("");
  });
});
