// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import type { FirstStart } from "../../../src-main/contract/first-start.ts";
import type { EngineStatus } from "../../../src-main/contract/machine.ts";
import { beginWithWelcome } from "../../../src-renderer/app/begin-with-welcome.ts";
import { WelcomeState } from "../../../src-renderer/features/welcome/welcome.svelte.ts";
import { foundRows, proofOutcome } from "../../../src-renderer/features/welcome/welcome-texts.ts";
import type { Route } from "../../../src-renderer/lib/route.ts";
import { cifarClasses, sampleRun } from "../../support/sample-views.ts";
import { later, refusal, scriptedEngine, settled, snapshot } from "./scripted-engine.ts";

const view: FirstStart = {
  ...{ isWanted: true, processor: "Some processor", freeMemoryBytes: 4e9, freeDiskBytes: null },
  ...{ places: [], proofRunId: null },
};
const status: EngineStatus = {
  ...{ version: "0.1.0", state: "ready", tensorflow: "TensorFlow 2.21.0", device: "CPU, 2 cores", cores: 2 },
  ...{ memoryBytes: 8e9, problem: null, notices: [] },
};

describe("the first start", () => {
  function begun(answer: FirstStart, isAsked = false) {
    const asking = later<FirstStart>();
    const { api, connection, emit } = scriptedEngine({ "firstStart.view": () => asking.promise });
    const gone: Route[] = [];
    const asked = { is: isAsked };
    beginWithWelcome({
      ...{ engine: connection, welcome: new WelcomeState(api), isAsked: () => asked.is },
      router: { replace: (route) => void gone.push(route) },
    });
    emit(snapshot());
    return { gone, asked, emit, answer: () => asking.resolve(answer) };
  }

  test("leads to its page once, where the engine wants it", async () => {
    const { gone, emit, answer } = begun(view);
    answer();
    await settled();
    emit(snapshot());
    await settled();
    expect(gone).toEqual([{ page: "welcome" }]);
  });

  test("leads nowhere where the engine does not, or where another page was asked for, before or meanwhile", async () => {
    const unwanted = begun({ ...view, isWanted: false });
    const named = begun(view, true);
    const late = begun(view);
    late.asked.is = true;
    for (const { answer } of [unwanted, named, late]) answer();
    await settled();
    expect([unwanted, named, late].flatMap(({ gone }) => gone)).toEqual([]);
  });
});

test("the proof is started once however often it is pressed, and a refusal is said", async () => {
  const started = later<{ runId: number }>();
  const { api, calls, answers } = scriptedEngine({
    "firstStart.view": () => view,
    "firstStart.prove": () => started.promise,
  });
  const welcome = new WelcomeState(api);
  await welcome.load();
  const pressed = [welcome.prove(), welcome.prove()];
  expect(welcome.isStarting).toBe(true);
  started.resolve({ runId: 3 });
  await Promise.all(pressed);
  expect([welcome.view?.proofRunId, welcome.isStarting, calls.length]).toEqual([3, false, 2]);
  answers["firstStart.prove"] = () => Promise.reject(refusal("The disk is full."));
  await welcome.prove();
  expect(welcome.error).toMatchObject({ problem: "The disk is full." });
});

describe("what was found", () => {
  const found = (changes: Partial<EngineStatus>) =>
    Object.fromEntries(foundRows(view, { ...status, ...changes }).map(({ name, value }) => [name, value]));

  test("is said as far as it is known", () => {
    expect(found({})).toEqual({
      "Graphics card": "None that TensorFlow can use: networks train on the processor",
      Processor: "Some processor, 2\u00a0cores",
      Memory: "8.0\u00a0GB, 4.0\u00a0GB free now",
      Disk: "Not known",
      TensorFlow: "2.21.0, works here",
    });
    expect(found({ device: "GPU" })["Graphics card"]).toBe("GPU: networks train on it");
    expect(found({ state: "starting", tensorflow: null, device: null })).toMatchObject({
      ...{ "Graphics card": "Asking TensorFlow", TensorFlow: "Asking TensorFlow" },
    });
    expect(found({ state: "failed", device: null })).toMatchObject({
      ...{ "Graphics card": "Not known", TensorFlow: "Does not start" },
    });
  });
});

test("what the proof came to names its pictures and what guessing gives; a run that did not end came to nothing", () => {
  const finished = sampleRun({
    ...{ id: 1, state: "finished", seconds: 20.2, test: { pictures: 150, top1: 0.688 } },
    dataset: { id: 1, name: "Drawn shapes", classes: cifarClasses, trainPictures: 1200, largestClassShare: null },
  });
  expect(proofOutcome(finished)).toBe(
    "This machine trains. After 20\u00a0s the network predicted 69\u00a0% of 150\u00a0test pictures correctly, which it had not trained on; guessing gives 10\u00a0%.",
  );
  expect(proofOutcome({ ...finished, state: "stopped" })).toBeNull();
});
