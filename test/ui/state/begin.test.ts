// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import type { WeightsInspection } from "../../../src-main/contract/weights.ts";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { type BeginQuestion, BeginState } from "../../../src-renderer/features/train/experiment/begin.svelte.ts";
import { type Answers, later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

const inspection: WeightsInspection = {
  initialWeights: {
    ...{ path: "/weights/a.safetensors", sha256: "a".repeat(64), frozenThrough: null, preprocessing: centredPixels },
  },
  of: { architecture: "alexnet", inputPixels: 32, width: 0.25, classes: 10 },
  ...{
    weights: 16,
    matched: 14,
    surplus: 0,
    isTooLittle: false,
    freshRows: ["fc8"],
    freezableRows: ["conv1", "conv2"],
  },
};
const question = (path = "/weights/a.safetensors"): BeginQuestion => ({
  from: { kind: "file", path },
  ...{ sha256: null, model: { id: "alexnet", inputPixels: 32, width: 0.25 }, classes: 10 },
});
function opened(answers: Answers = { "weights.inspect": () => inspection }) {
  const engine = scriptedEngine(answers);
  return { ...engine, begin: new BeginState(engine.api) };
}

describe("the weights to begin from", () => {
  test("are looked at once for the same question, and again when the file may have changed", async () => {
    const { begin, calls } = opened();
    const looking = begin.ask(question());
    expect([begin.isInspecting, begin.inspection]).toEqual([true, null]);
    await looking;
    expect([begin.isInspecting, begin.inspection]).toEqual([false, inspection]);
    await begin.ask(question());
    expect(calls).toEqual([["weights.inspect", question()]]);
    begin.forget();
    expect(begin.inspection).toBeNull();
    await begin.ask(question());
    expect(calls).toHaveLength(2);
  });

  test("are those of the newest question, whatever an older one answers", async () => {
    const slow = later<WeightsInspection>();
    const { begin, answers } = opened({ "weights.inspect": () => slow.promise });
    const first = begin.ask(question());
    await settled();
    answers["weights.inspect"] = () => ({ ...inspection, matched: 3 });
    await begin.ask(question("/weights/b.safetensors"));
    slow.resolve(inspection);
    await first;
    expect([begin.inspection?.matched, begin.isInspecting]).toEqual([3, false]);
  });

  test("are none where nothing is asked, also while something was looked at", async () => {
    const slow = later<WeightsInspection>();
    const { begin } = opened({ "weights.inspect": () => slow.promise });
    const first = begin.ask(question());
    await begin.ask(null);
    slow.resolve(inspection);
    await first;
    expect([begin.inspection, begin.error, begin.isInspecting]).toEqual([null, null, false]);
  });

  test("that could not be read say why, and are asked for again", async () => {
    const { begin, answers } = opened({
      "weights.inspect": () => {
        throw refusal("There is no such file.");
      },
    });
    await begin.ask(question());
    expect([begin.error?.problem, begin.isInspecting]).toEqual(["There is no such file.", false]);
    answers["weights.inspect"] = () => inspection;
    await begin.ask(question());
    expect([begin.error, begin.inspection]).toEqual([null, inspection]);
  });

  test("freeze rows that the network has, and no others", async () => {
    const { begin } = opened();
    const asked = (frozenThrough: string | null) => begin.initialWeights({ frozenThrough, isMismatchAllowed: false });
    expect(asked("conv2")).toBeNull();
    await begin.ask(question());
    expect([asked("conv2")?.frozenThrough, asked("mixed5")?.frozenThrough]).toEqual(["conv2", null]);
  });

  test("of which too little matches are taken only where that is allowed", async () => {
    const { begin } = opened({ "weights.inspect": () => ({ ...inspection, isTooLittle: true }) });
    await begin.ask(question());
    const asked = (isMismatchAllowed: boolean) => begin.initialWeights({ frozenThrough: null, isMismatchAllowed });
    expect(asked(false)).toBeNull();
    expect(asked(true)).toEqual({ ...inspection.initialWeights, isMismatchAllowed: true });
  });
});
