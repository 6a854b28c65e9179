import { expect, test } from "vitest";
import { ladderRequest } from "../../src-main/domain/lessons/ladder.ts";
import { preparedFrom } from "../../src-main/domain/lessons/prepared-experiment.ts";
import { presetsFor } from "../../src-main/training/presets.ts";
import { preparedLines, preparedTexts } from "../../src-renderer/features/lessons/prepared/prepared-texts.ts";

const experiment = preparedFrom(ladderRequest({ kind: "folder", path: "/pictures" }, presetsFor, [1, 2])!)!;
const read = (text: string) => text.replaceAll("\u00a0", " ");

test("an experiment is told in a few lines: network, recipe, what varies, seeds", () => {
  const lines = preparedLines(experiment, (id) => id.toUpperCase()).map(read);
  expect(lines[0]).toBe("INCEPTION-V2-7X7 at 32 px, width 0.25");
  expect(lines[1]).toMatch(/^8 epochs of batches of 64, SGD.*, learning rate 0\.045$/);
  expect(lines[2]).toBe("Arm: Inception-v2; + RMSProp; + label smoothing; + factorised 7×7; + BN-auxiliary");
  expect(lines[3]).toBe("Seeds 1, 2");
  expect(read(preparedTexts.title("Inception-v2", experiment))).toBe("Inception-v2, 10 runs");
});

test("many values are counted, points that are drawn and what stops them are named", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => n / 100);
  const ranges = [{ kind: "log", setting: "learningRate", from: 1e-4, to: 0.1 } as const];
  const lines = preparedLines(
    {
      ...experiment,
      factors: [
        { setting: "smoothing", values, isBlocked: false },
        { draws: 20, seed: 0, ranges, isBlocked: false },
      ],
      halving: { leastEpochs: 1, factor: 3 },
    },
    (id) => id,
  ).map(read);
  expect(lines[2]).toMatch(/^Label smoothing: 0\.01; .*0\.06; and 2 more$/);
  expect(lines[3]).toMatch(/^20 points drawn over Learning rate/);
  expect(lines.at(-1)).toMatch(/stopped early/);
});

test("networks that are varied are told by their titles, each with its own preset in place of one recipe", () => {
  const factors = [{ setting: "model", values: ["alexnet", "vgg11"], isBlocked: false }];
  const networks = { preset: "compact", held: [], multiplyAdds: null, minutes: null, resolved: [] } as const;
  const varied = { ...experiment, factors, networks: { ...networks, held: [], resolved: [] } };
  expect(preparedLines(varied, (id) => id.toUpperCase()).map(read)).toEqual([
    "Each network by its own compact preset",
    "Network: ALEXNET; VGG11",
    "Seeds 1, 2",
  ]);
  expect(read(preparedTexts.title("Inception-v3", varied))).toBe("2 networks, 4 runs");
});
