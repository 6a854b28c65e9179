// @vitest-environment ./test/ui/state/pages-environment.ts
/** State that holds the engine's answer to the latest question. */
import { describe, expect, test } from "vitest";
import { modelList } from "../../../src-main/engine/models/model-list.ts";
import { NetworkListState } from "../../../src-renderer/entities/network/network-list.svelte.ts";
import { ComparisonState } from "../../../src-renderer/entities/run/compare.svelte.ts";
import { RunConfusionState } from "../../../src-renderer/features/runs/run-confusion.svelte.ts";
import { WeightsCheckState } from "../../../src-renderer/features/runs/weights-check.svelte.ts";
import type { Api } from "../../../src-renderer/lib/engine/client.ts";
import { later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

const refuse = () => {
  throw refusal("The record cannot be read.");
};

/** Each kind: how it is asked for run 1 and then for run 2, and what it shows of the answers. */
const kinds = [
  {
    path: "runs.compare",
    make: (api: Api) => {
      const state = new ComparisonState(api);
      return { ask: (id: number) => state.load([id]), shown: () => state.view, error: () => state.error };
    },
  },
  {
    path: "runs.confusion",
    make: (api: Api) => {
      const state = new RunConfusionState(api);
      return { ask: (id: number) => state.load(id), shown: () => state.matrix, error: () => state.error };
    },
  },
  {
    path: "models.show",
    make: (api: Api) => {
      const state = new NetworkListState(api);
      const ask = (id: number) => state.show({ id: "alexnet", inputPixels: 32 * id, width: 1, classes: 10 });
      return { ask, shown: () => state.shown, error: () => state.shownError };
    },
  },
];

describe.each(kinds)("$path", ({ path, make }) => {
  test("is shown when it is answered, and an older answer that comes later is dropped", async () => {
    const slow = later<unknown>();
    const engine = scriptedEngine({ [path]: () => slow.promise });
    const state = make(engine.api);
    const first = state.ask(1);
    await settled();
    engine.answers[path] = () => ({ answer: 2 });
    await state.ask(2);
    slow.resolve({ answer: 1 });
    await first;
    expect([state.shown(), state.error()]).toEqual([{ answer: 2 }, null]);
  });

  test("that failed says why, until it is asked again and answered; an older failure is dropped", async () => {
    const slow = later<unknown>();
    const engine = scriptedEngine({ [path]: refuse });
    const state = make(engine.api);
    await state.ask(1);
    expect(state.error()?.problem).toBe("The record cannot be read.");
    engine.answers[path] = () => slow.promise;
    const older = state.ask(1);
    await settled();
    engine.answers[path] = () => ({ answer: 2 });
    await state.ask(2);
    slow.reject(refusal("Too late."));
    await older;
    expect([state.shown(), state.error()]).toEqual([{ answer: 2 }, null]);
  });
});

describe("the networks to choose from", () => {
  test("are unknown until the engine has answered, with the reason where it failed", async () => {
    const { api, answers } = scriptedEngine({ "models.list": refuse });
    const networkList = new NetworkListState(api);
    await networkList.load();
    expect([networkList.list, networkList.families, networkList.listError?.problem]).toEqual([
      null,
      [],
      "The record cannot be read.",
    ]);
    answers["models.list"] = modelList;
    await networkList.load();
    expect([networkList.list?.length, networkList.listError]).toEqual([modelList().length, null]);
    expect(networkList.families.every(({ id, family }) => id === family)).toBe(true);
    const [principal, ...others] = networkList.variantsOf("inception-v3");
    expect([principal?.id, others.every(({ family }) => family === "inception-v3")]).toEqual(["inception-v3", true]);
  });

  test("are brought to the same size once", async () => {
    const { api, calls } = scriptedEngine({ "models.show": () => ({ answer: 1 }) });
    const networkList = new NetworkListState(api);
    const choice = (inputPixels: number) => ({ id: "alexnet", inputPixels, width: 1, classes: 10 });
    for (const pixels of [32, 32, 64, 32]) await networkList.show(choice(pixels));
    expect(calls.map(([, input]) => input)).toEqual([choice(32), choice(64)]);
  });
});

test("a check of weights warns, or says why it could not be made, for the epoch that is chosen now", async () => {
  const slow = later<unknown>();
  const { api, answers } = scriptedEngine({ "weights.check": () => slow.promise });
  const check = new WeightsCheckState(api);
  const first = check.check(1, "best");
  await settled();
  expect(check.isChecking).toBe(true);
  answers["weights.check"] = () => null;
  await check.check(1, "last");
  slow.resolve({ code: "weights.not-finite", problem: "Some are NaN.", remedy: "Choose another epoch." });
  await first;
  expect([check.warning, check.isChecking]).toEqual([null, false]);
  answers["weights.check"] = refuse;
  await check.check(1, "best");
  expect([check.warning?.problem, check.isChecking]).toEqual(["The record cannot be read.", false]);
});
