/** Words for the experiment being put together. */
import type { ArchitectureView, ShapedRow } from "../../../../src-main/contract/architecture.ts";
import type { EngineStatus } from "../../../../src-main/contract/machine.ts";
import { headWeights, targetFloor, trainingFloor } from "../../../../src-main/domain/runs/objective-floor.ts";
import { scarceMemory } from "../../../../src-main/domain/scarce-memory.ts";
import { optimizerTitles } from "../../../../src-main/domain/settings/optimizer-settings.ts";
import { pairedSettings } from "../../../../src-main/domain/settings/settings.ts";
import { floorSentence } from "../../../entities/run/floor-texts.ts";
import { bytes, counted, duration } from "../../../lib/format.ts";
import { numberOf, optionalOf } from "../../../lib/typed-numbers.ts";
import { type Difference, type Draft, pairSetting, type Way } from "./draft.ts";
import type { EstimateView } from "./estimate.svelte.ts";

/** What a setting can be chosen from, with its words. */
export function optionsOf<Value extends string>(
  options: Readonly<Record<Value, string>>,
): readonly { readonly value: Value; readonly label: string }[] {
  // A const object's keys are its type's keys.
  return Object.entries<string>(options).map(([value, label]) => ({ value: value as Value, label }));
}

export const wayTexts = {
  legend: "What is trained",
  options: [
    { value: "run", label: "One run" },
    { value: "compare", label: "Compare" },
    { value: "sweep", label: "Sweep" },
  ] satisfies readonly { readonly value: Way; readonly label: string }[],
  about: {
    run: "The page’s settings, once for each seed.",
    compare: "Arms that differ in what you choose, and in nothing else.",
    sweep: "Combinations of values, to find out what works best.",
  } satisfies Readonly<Record<Way, string>>,
} as const;

/** What the arms differ in. */
export const differenceLabel = "What differs between the arms";
export const differenceOptions: readonly { readonly value: Difference; readonly label: string }[] = [
  // Those that can differ in a pair are the schema's, too.
  ...pairedSettings().map(({ id, title }) => ({ value: id as Difference, label: title })),
  { value: "arms", label: "Named arms" },
];

export const optimizerOptions = optionsOf(optimizerTitles);

/** A number of one arm’s optimiser. */
export const armNumber = (arm: "A" | "B", label: string): string => `Arm ${arm}: ${label}`;

export const sameInBothArms =
  "Everything else is the same in both arms: pictures, split, first weights, order, augmentation.";
/** The one setting whose arms share a rate that may not suit both. */
export const sameRate =
  "Everything else is the same in both arms, the learning rate too: one that suits one optimiser may not suit the other.";
/** Of the settings that a person made over those of the network. */
export const ownSettingsTexts = {
  count: (settings: number) =>
    `${counted(settings, "setting")} of your own, kept with another network and when the page is loaded again.`,
  takePreset: "Take the preset’s",
  takeRecorded: "Take the recorded ones",
} as const;
/** The arm's name on the page, before its value: `One-hot`, `Smoothed`. */
export function armTitle(draft: Draft, place: 0 | 1): string {
  const isNone = (text: string): boolean => text.trim() !== "" && Number(text.replace(",", ".")) === 0;
  const { arms } = draft;
  switch (pairSetting(draft)) {
    case "smoothing":
      return isNone(arms.smoothing[place]) ? "One-hot" : "Smoothed";
    case "weightDecay":
      return isNone(arms.weightDecay[place]) ? "No decay" : "Decay";
    case "labelNoise":
      return isNone(arms.labelNoise[place]) ? "Labels as they are" : "Wrong labels";
    case "optimizer":
      return optimizerTitles[arms.optimizer[place].optimizer];
    case null:
      return "";
  }
}

export interface EstimateWords {
  readonly before: string;
  readonly figure: string;
  readonly after: string;
}

/** The network that is to be trained, as the floor needs to know it. */
type FloorNetwork = Pick<ArchitectureView, "loss"> & {
  readonly rows: readonly Pick<ShapedRow, "name" | "kind" | "weight" | "branches">[];
};

/** What smoothing does to the objective, said before training; null where it does nothing or is no number. */
export function floorNote(draft: Draft, network: FloorNetwork, classes: number | null): string | null {
  if (pairSetting(draft) !== "smoothing" || classes === null) return null;
  const { loss, rows } = network;
  // Rows that are not trained take their heads with them.
  const trained = rows.slice(rows.findIndex(({ name }) => name === draft.begin.frozenThrough) + 1);
  const heads = headWeights(trained, optionalOf(draft.auxiliaryWeight));
  const sentences = draft.arms.smoothing.flatMap((text, place) => {
    const epsilon = numberOf(text);
    const floor = trainingFloor(targetFloor(loss, classes, epsilon), heads);
    return floorSentence({ arm: `Arm ${place === 0 ? "A" : "B"}`, loss, classes, epsilon, floor }) ?? [];
  });
  return sentences.length === 0 ? null : [...sentences, "Compare the hard loss."].join(" ");
}

/** What stands beside the button, whichever way is taken: `12 runs, about` **6 min** `on this machine`. */
export function estimateText(view: EstimateView, runs: number): EstimateWords {
  const all = counted(runs, "run");
  const plainWords = (rest: string): EstimateWords => ({ before: `${all}${rest}`, figure: "", after: "" });
  switch (view.state) {
    case "none":
      return plainWords("");
    case "measuring":
      return plainWords(". Trying two steps to see how long it takes");
    case "known":
      if (view.estimate.seconds !== null)
        return { before: `${all}, about`, figure: duration(view.estimate.seconds), after: "on this machine" };
      // Nothing was tried, because there is no room for it.
      return plainWords(view.estimate.memory.doesFit ? ". How long is not known yet" : ". Not enough memory here");
    case "failed":
      return plainWords(
        view.error.code === "training.busy"
          ? ". How long is not known while something trains"
          : `. ${view.error.problem} ${view.error.remedy}`,
      );
  }
}

/** The button, whichever way is taken. */
export function startText(runs: number, isBusy: boolean): string {
  return `${isBusy ? "Queue" : "Train"} ${counted(runs, "run")}`;
}

/** `peak memory 1.4 GB of 24 GB`, or what is missing; null where it is not known. */
export function memoryText(view: EstimateView, status: EngineStatus | null): string | null {
  if (view.state !== "known") return null;
  const { memory } = view.estimate;
  const { peakBytes, freeBytes, of } = scarceMemory(memory);
  const peak = bytes(peakBytes);
  if (!memory.doesFit) {
    const none = memory.batchThatFits === null ? " No batch fits: use smaller pictures or a narrower network." : "";
    return `It would take ${peak} of ${of}; ${bytes(freeBytes)} is free.${none}`;
  }
  const { gpu } = memory;
  const onGpu = gpu === null ? "" : `, on the GPU ${bytes(gpu.peakBytes)} of ${bytes(gpu.freeBytes)}`;
  return `peak memory ${peak}${status === null ? "" : ` of ${bytes(status.memoryBytes)}`}${onGpu}`;
}

/** The batch to propose in place of one that does not fit; null where there is no reason to, or no such batch. */
export function batchThatFits(view: EstimateView): number | null {
  return view.state === "known" ? view.estimate.memory.batchThatFits : null;
}

export const useBatch = (batchSize: number): string => `Use batch ${batchSize}`;

/** Why the button does nothing yet; null when it can be pressed. */
export function startHindrance(state: {
  readonly hasPictures: boolean;
  readonly isScanning: boolean;
  readonly isInspectingWeights: boolean;
  readonly hasProblems: boolean;
  readonly isSizeRefused: boolean;
  readonly engine: EngineStatus["state"] | null;
}): string | null {
  if (state.engine === null) return "Waiting for the engine.";
  if (state.engine === "starting") return "The engine is starting.";
  if (state.engine === "failed") return "The engine cannot train on this machine.";
  if (state.isScanning) return "Scanning the pictures.";
  if (!state.hasPictures) return "No pictures are open.";
  if (state.isInspectingWeights) return "Inspecting the weights.";
  if (state.hasProblems) return "Some settings need a look.";
  if (state.isSizeRefused) return "The network does not fit this size.";
  return null;
}
