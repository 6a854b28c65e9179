/** The flags of `strata train`, and the whole request they make. What is not named comes from the network's nearest preset. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { ZodError } from "zod";
import { runConfiguration, type TrainingSettings } from "../contract/configuration.ts";
import type { DatasetSource } from "../contract/dataset.ts";
import {
  type DrawnRange,
  type ExperimentRequest,
  experimentRequest,
  type Factor,
  type Halving,
  networkPresets,
} from "../contract/experiment.ts";
import { configurationWith, outOfStep } from "../domain/experiments/experiment-plan.ts";
import { type Setting, valueAt } from "../domain/settings/setting.ts";
import { pairedSettings, settingOf, settings } from "../domain/settings/settings.ts";
import { trainDefaults } from "../engine/models/train-defaults.ts";
import { initialWeightsFrom } from "../engine/weights/weights-files.ts";
import { jsonOption } from "./command.ts";
import { armFlag, choiceFlag, halvingFlag, type NamedArm, rangeFlag, seedsFlag, varyFlag } from "./experiment-flags.ts";
import { dataFlag, numberFlag, wholeFlag } from "./flags.ts";
import { UsageError } from "./io.ts";
import {
  baseNetwork,
  holdFlag,
  minutesFlag,
  multiplyAddsFlag,
  type NetworkFlags,
  networkPresetsOf,
} from "./network-flags.ts";
import { optimizerFlag } from "./optimizer-flags.ts";
import { dataVersionOption, firstFrameOption, type ReadAsFlags, readAsOption } from "./read-as.ts";
import { addSettingFlag, camelCase, givenValue, helpOf, withFlags } from "./setting-flags.ts";

/** What has no row in the table of settings, or a control of its own; every other setting by its flag's name. */
export interface SettingFlags extends NetworkFlags, ReadAsFlags {
  readonly data: DatasetSource;
  readonly input?: number;
  readonly width?: number;
  readonly initialWeights?: string;
  readonly frozenThrough?: string;
  readonly allowMismatch?: boolean;
  readonly json?: boolean;
  readonly events?: boolean;
}
export interface TrainFlags extends SettingFlags {
  readonly seed: number;
  readonly pair?: Setting;
  readonly against?: string;
  readonly arm?: readonly NamedArm[];
  readonly vary?: readonly Factor[];
  readonly random?: number;
  readonly range?: readonly DrawnRange[];
  readonly choice?: readonly DrawnRange[];
  readonly searchSeed?: number;
  readonly halving?: Halving;
  readonly seeds?: readonly number[];
  readonly keepGraph?: string;
}

const pairSettings = pairedSettings();

export function addTrainFlags(command: Command, all: readonly Setting[] = settings): Command {
  const seed = settingOf("seed")!;
  return addSettingFlags(command, all)
    .addOption(new Option("--seed <number>", helpOf(seed)).argParser(wholeFlag).default(seed.initial))
    .addOption(
      new Option("--pair <setting>", "train two arms in step that differ in this alone")
        .choices(pairSettings.flatMap(({ id, flag = id }) => [...new Set([id, flag])]))
        .argParser(pairFlag),
    )
    .option(
      "--against <value>",
      "arm A's value in a pair (0; sgd for the optimiser, with numbers as --optimizer has them)",
    )
    .option(
      "--arm <name: setting=value; …>",
      "train arms of these names, each the base with its changes, in step where they can be; given twice or more",
      (text: string, before?: TrainFlags["arm"]) => armFlag(text, before),
    )
    .option(
      "--vary <setting=values>",
      "train every combination, smoothing=0,0.1 for one; may be given several times",
      (text: string, before?: ReturnType<typeof varyFlag>) => varyFlag(text, before),
    )
    .option("--random <draws>", "train so many combinations that are drawn from --range and --choice", wholeFlag)
    .option(
      "--range <setting=from..to>",
      "with --random: dropout=0..0.5 for one, learning-rate=1e-4..1e-1:log where orders of magnitude count",
      (text: string, before?: ReturnType<typeof rangeFlag>) => rangeFlag(text, before),
    )
    .option(
      "--choice <setting=values>",
      "with --random: one of these, optimizer=sgd,adam for one",
      (text: string, before?: ReturnType<typeof choiceFlag>) => choiceFlag(text, before),
    )
    .option("--search-seed <number>", "with --random: draws other combinations (1)", wholeFlag)
    .option(
      "--halving <numbers>",
      "successive halving: after least, least × eta … epochs only the best go on; least=1,eta=3,metric=hardLoss, or usual",
      halvingFlag,
    )
    .option("--seeds <numbers>", "train all of it with every seed, 1,2,3 for one, in place of --seed", seedsFlag)
    .addOption(
      new Option(
        "--preset <size>",
        "which of its presets a network brings; without it, the one nearest to --input",
      ).choices(networkPresets.shape.preset.unwrap().options),
    )
    .option(
      "--hold <settings>",
      "with --vary model: settings that all networks have alike, width,epochs for one; recipe is all but the size, all is everything",
      holdFlag,
    )
    .option(
      "--multiply-adds <count>",
      "with --vary model: each network's width is such that a picture takes nearest to so many, 40e6 for one; base is as many as --model does",
      multiplyAddsFlag,
    )
    .option(
      "--minutes <count>",
      "with --vary model: each network trains as many epochs, one at least, as are estimated to fit in so many minutes on this machine",
      minutesFlag,
    )
    .option("--keep-graph <file>", "leave the compiled step's TensorFlow graph there, for a look")
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead");
}

/** Flags that are more than a value: what they add to the command, with the help of their rows. */
const ownFlags: Readonly<Record<string, (command: Command, help: string) => Command>> = {
  dataset: (command, help) =>
    command
      .requiredOption("--data <source>", help, dataFlag)
      .addOption(readAsOption())
      .addOption(firstFrameOption())
      .addOption(dataVersionOption()),
  model: (command, help) =>
    command.option("--model <id>", `${help}; with --vary model, what is held equal is this one's`),
  augmentation: (command, help) =>
    command.option("--augment", help).option("--no-augment", "show every picture as it is"),
  initialWeights: (command, help) =>
    command
      .option("--initial-weights <file>", help)
      .option("--frozen-through <row>", "with --initial-weights: rows up to this one are not trained")
      .option(
        "--allow-mismatch",
        "with --initial-weights: even where fewer than half of those before the last layer fit",
      ),
};

/** The flags of every setting but the seed. */
export function addSettingFlags(command: Command, all: readonly Setting[] = settings): Command {
  for (const setting of all) {
    const own = ownFlags[setting.id];
    if (own) own(command, helpOf(setting));
    else if (setting.flag !== undefined && setting.id !== "seed") addSettingFlag(command, setting);
  }
  return command;
}

function pairFlag(text: string): Setting {
  const found = pairSettings.find(({ id, flag }) => id === camelCase(text) || flag === text);
  if (found) return found;
  throw new InvalidArgumentError(`${text} is none of ${pairSettings.map(({ flag }) => flag).join(", ")}.`);
}

/** Throws `model.unknown`, `weights.*`, a UsageError, or a ZodError for a value out of its range. */
export function requestOf(flags: TrainFlags): ExperimentRequest {
  if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
  if (flags.against !== undefined && flags.pair === undefined) throw new UsageError("--against needs --pair.");
  if (flags.frozenThrough !== undefined && flags.initialWeights === undefined)
    throw new UsageError("--frozen-through needs --initial-weights.");
  if (flags.allowMismatch && flags.initialWeights === undefined)
    throw new UsageError("--allow-mismatch needs --initial-weights.");
  if (flags.arm?.length === 1) throw new UsageError("--arm is given twice or more: one arm is compared with no other.");
  if (flags.preset !== undefined && flags.input !== undefined)
    throw new UsageError("Name --preset or --input: an input takes the preset that is nearest to it.");
  const networks = networkPresetsOf(flags);
  const { model, training: preset } = trainDefaults({
    id: baseNetwork(flags),
    ...{ preset: flags.preset, inputPixels: flags.input, width: flags.width },
  });
  const initialWeights =
    flags.initialWeights === undefined
      ? undefined
      : initialWeightsFrom(flags.initialWeights, {
          frozenThrough: flags.frozenThrough ?? null,
          isMismatchAllowed: flags.allowMismatch,
        });
  const still = { flip: false, cropPaddingPixels: 0 };
  const training = flags.augment === false ? { ...preset, augmentation: still } : preset;
  const configuration = withFlags(
    { dataset: flags.data, model, training: withMatrixAsItStands(training, flags), seed: flags.seed, initialWeights },
    flags,
  );
  const pair = flags.pair ? [pairOf(flags.pair, flags, configuration)] : [];
  const arms = flags.arm ? [{ arms: [...flags.arm], isBlocked: armsOutOfStep(flags.arm).length === 0 }] : [];
  const factors = [...(flags.vary ?? []), ...drawnOf(flags), ...pair, ...arms];
  return experimentRequest.parse({
    configuration,
    factors,
    seeds: flags.seeds ?? [flags.seed],
    halving: flags.halving,
    networks,
  });
}

/** A matrix says itself how many labels are wrong: it is meant whole where `--label-noise` does not say otherwise. */
function withMatrixAsItStands(training: TrainingSettings, flags: TrainFlags): TrainingSettings {
  const isGiven = givenValue(flags, settingOf("noiseMatrix")!) !== undefined;
  return isGiven ? { ...training, labelNoise: 1 } : training;
}

/** What keeps named arms from advancing in step. */
export function armsOutOfStep(arms: readonly NamedArm[]): readonly Setting[] {
  return outOfStep(arms.flatMap(({ changes }) => changes.map(({ setting }) => setting)));
}

function drawnOf({ random, range = [], choice = [], searchSeed }: TrainFlags): readonly unknown[] {
  const ranges = [...range, ...choice];
  if (random === undefined) {
    if (ranges.length > 0 || searchSeed !== undefined)
      throw new UsageError("--range, --choice and --search-seed need --random, the number of combinations to draw.");
    return [];
  }
  if (ranges.length === 0)
    throw new UsageError("--random needs what to draw from: --range learning-rate=1e-4..1e-1:log or --choice.");
  return [{ draws: random, seed: searchSeed ?? 1, ranges }];
}

/** Arm A's value is `--against`; arm B's is the setting's own flag, and where that is missing one worth trying. */
function pairOf(setting: Setting, flags: TrainFlags, configuration: unknown): unknown {
  try {
    const values = pairValues(setting, flags, configuration);
    for (const value of values) refuseValue(setting, value, configuration);
    return { setting: setting.id, values, isBlocked: true };
  } catch (thrown) {
    if (thrown instanceof ZodError) throw new UsageError(`--pair ${setting.flag}: ${thrown.issues[0]?.message}.`);
    if (thrown instanceof InvalidArgumentError) throw new UsageError(`--against: ${thrown.message}`);
    throw thrown;
  }
}

/** Throws a ZodError for one that the setting cannot have. */
function refuseValue({ id }: Setting, value: unknown, configuration: unknown): void {
  runConfiguration.parse(configurationWith(configuration, [{ setting: id, value }]));
}

function pairValues(setting: Setting, flags: TrainFlags, configuration: unknown): readonly [unknown, unknown] {
  const { against } = flags;
  if (!setting.pair) return [optimizerFlag(against ?? "sgd"), valueAt(configuration, setting.path)];
  const [usual, worthTrying] = setting.pair;
  return [against === undefined ? usual : numberFlag(against), givenValue(flags, setting) ?? worthTrying];
}
