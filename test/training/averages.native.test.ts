import { expect, test } from "vitest";
import { isGroup } from "../../src-main/tensorflow/compiled/flat-variables.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { type Arm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { disposeBatch } from "../../src-main/training/upload.ts";
import { noise, optimizers, runLength, smallArm } from "./compare-steps.ts";

type Values = ReadonlyMap<string, Float32Array>;

function valuesOf(arm: Arm, which: "network" | "averaged"): Values {
  arm.program.readVariables();
  return new Map(arm[which]!.weights.map(({ name, variable }) => [name, variable.dataSync<"float32">().slice()]));
}

function takeStep(arm: Arm, step: number): void {
  const batch = noise(32, step);
  stepArm(arm, batch, runLength, step);
  disposeBatch(batch);
}

/** Largest distance to decay · before + (1 − decay) · weights. */
function errorOf(moved: Float32Array, before: Float32Array, weights: Float32Array, decay: number): number {
  let largest = 0;
  for (let index = 0; index < moved.length; index++) {
    const byHand = decay * before[index]! + (1 - decay) * weights[index]!;
    largest = Math.max(largest, Math.abs(moved[index]! - byHand));
  }
  return largest;
}

const areEqual = (a: Float32Array, b: Float32Array) => a.every((value, index) => value === b[index]);

const learning = { learningRate: 0.01, averageDecay: 0.9, weightDecay: 0.01, weightDecayKind: "decoupled" } as const;

/** AlexNet at this width has layers that are moved by themselves beside those that are moved as one; Inception-v3 has moving statistics. */
for (const [id, width, alone] of [
  ["alexnet", 0.25, true],
  ["inception-v3", 0.05, false],
] as const)
  for (const run of ["compiled", "eager"] as const)
    test(`${id}, ${run}: each step's average takes in the weights that the step has left`, () => {
      const before = tf.memory().numTensors;
      const arm = smallArm(id, { ...learning, optimizer: optimizers.momentum! }, run, width);
      expect(arm.optimizer.groups.map(({ weights }) => isGroup(weights)).includes(false)).toBe(alone);
      const first = valuesOf(arm, "network");
      for (const [name, average] of valuesOf(arm, "averaged"))
        expect([name, areEqual(average, first.get(name)!)]).toEqual([name, true]);
      let averages = first;
      // Decays of steps 1 and 2 are 1/10 and 2/11; from step 81 on it is 0.9.
      for (const [step, decay] of [
        [1, 1 / 10],
        [2, 2 / 11],
        [100, 0.9],
      ] as const) {
        takeStep(arm, step);
        const [weights, moved] = [valuesOf(arm, "network"), valuesOf(arm, "averaged")];
        for (const { name, isTrainable } of arm.network.weights) {
          const [average, weight] = [moved.get(name)!, weights.get(name)!];
          if (isTrainable) expect(errorOf(average, averages.get(name)!, weight, decay)).toBeLessThan(1e-6);
          else expect([name, areEqual(average, weight)]).toEqual([name, true]);
          if (step === 1) expect([name, areEqual(weight, first.get(name)!)]).toEqual([name, false]);
        }
        averages = moved;
      }
      expect(arm.program.refusal).toBe(run === "eager" ? "asked for" : null);
      disposeArm(arm);
      expect(tf.memory().numTensors).toBe(before);
    });

test("after one step pictures are not looked at with the network as it began", () => {
  const arm = smallArm("alexnet", { ...learning, optimizer: optimizers.momentum! }, "compiled");
  const { pixels, ...rest } = noise(32, 1);
  const logits = () => {
    const { logits } = arm.program.run("answer", { pixels });
    const values = [...logits.dataSync()];
    logits.dispose();
    return values;
  };
  const untrained = logits();
  takeStep(arm, 1);
  expect(logits()).not.toEqual(untrained);
  disposeBatch({ pixels, ...rest });
  disposeArm(arm);
});
