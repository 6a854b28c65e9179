// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import { architectureOf, modelList } from "../../../src-main/engine/models/model-list.ts";
import { NetworksState } from "../../../src-renderer/features/networks/networks.svelte.ts";
import { RowTimesState } from "../../../src-renderer/features/networks/times/row-times.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const show = (choice: never) => architectureOf(choice);
const compact = { id: "vgg16", size: { inputPixels: 32, width: 0.25, classes: 10 } };

describe("times of rows", () => {
  const alexnet = { id: "alexnet", inputPixels: 32, width: 0.25, classes: 10 };
  const times = {
    batchSize: 8,
    passes: 1,
    device: "CPU",
    threads: 2,
    rows: [],
    wholeMillis: [1],
    compiledMillis: null,
  };

  test("are measured when asked, at one batch and size, and once at a time", async () => {
    const waits = later<unknown>();
    const { api, calls } = scriptedEngine({ "models.timeRows": () => waits.promise });
    const rowTimes = new RowTimesState(api);
    expect(rowTimes.of(alexnet, 8)).toEqual({ state: "none" });
    const first = rowTimes.time(alexnet, 8);
    const second = rowTimes.time(alexnet, 8);
    expect(rowTimes.of(alexnet, 8)).toEqual({ state: "timing" });
    waits.resolve(times);
    await Promise.all([first, second]);
    const model = { id: "alexnet", inputPixels: 32, width: 0.25 };
    expect(calls).toEqual([["models.timeRows", { model, classes: 10, batchSize: 8 }]]);
    expect(rowTimes.of(alexnet, 8)).toEqual({ state: "known", times });
    expect(rowTimes.of(alexnet, 32)).toEqual({ state: "none" });
    expect(rowTimes.of({ ...alexnet, inputPixels: 64 }, 8)).toEqual({ state: "none" });
  });

  test("say why they could not be, and can be asked for again", async () => {
    const { api, answers } = scriptedEngine({
      "models.timeRows": () => {
        throw refusal("Run 1 is still training.");
      },
    });
    const rowTimes = new RowTimesState(api);
    await rowTimes.time(alexnet, 8);
    expect(rowTimes.of(alexnet, 8)).toMatchObject({ error: { problem: "Run 1 is still training." } });
    answers["models.timeRows"] = () => times;
    await rowTimes.time(alexnet, 8);
    expect(rowTimes.of(alexnet, 8).state).toBe("known");
  });
});

describe("the Networks page", () => {
  test("asks for every compact network once", async () => {
    const { api, calls } = scriptedEngine({ "models.show": show });
    const networks = new NetworksState(api);
    await networks.loadCompact(modelList());
    await networks.loadCompact(modelList());
    expect(networks.compact?.map(({ id }) => id)).toEqual(modelList().map(({ id }) => id));
    expect(networks.compact?.every(({ inputPixels, classes }) => inputPixels === 32 && classes === 10)).toBe(true);
    expect(calls).toHaveLength(modelList().length);
    await networks.show(compact);
    expect(networks.open).toMatchObject({ id: "vgg16", inputPixels: 32, width: 0.25, classes: 10 });
    expect(calls).toHaveLength(modelList().length);
  });

  test("opens a network as published where no size is named, and shows none while it waits for another", async () => {
    const { api, answers } = scriptedEngine({ "models.show": show });
    const networks = new NetworksState(api);
    await networks.show({ id: "alexnet", size: null });
    expect(networks.open).toMatchObject({ id: "alexnet", inputPixels: 227, classes: 1_000 });
    const waits = later<unknown>();
    answers["models.show"] = () => waits.promise;
    const shown = networks.show({ id: "zfnet", size: null });
    expect(networks.open).toBeNull();
    waits.resolve(architectureOf({ id: "zfnet" }));
    await shown;
    expect(networks.open?.id).toBe("zfnet");
  });

  test("passes over an answer that comes after another question", async () => {
    const { api, answers } = scriptedEngine();
    const networks = new NetworksState(api);
    const waits = later<unknown>();
    answers["models.show"] = () => waits.promise;
    const first = networks.show({ id: "zfnet", size: null });
    answers["models.show"] = show;
    await networks.show({ id: "alexnet", size: null });
    waits.resolve(architectureOf({ id: "zfnet" }));
    await first;
    expect(networks.open?.id).toBe("alexnet");
  });

  test("says why a network is not there, and forgets it with the next", async () => {
    const { api, answers } = scriptedEngine({
      "models.show": () => {
        throw refusal("There is no network named x.");
      },
    });
    const networks = new NetworksState(api);
    await networks.show({ id: "x", size: null });
    expect([networks.open, networks.error?.problem]).toEqual([null, "There is no network named x."]);
    answers["models.show"] = show;
    await networks.show(compact);
    expect([networks.open?.id, networks.error]).toEqual(["vgg16", null]);
  });
});
