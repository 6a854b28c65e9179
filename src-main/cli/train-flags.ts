/** The flags of `strata train`, and the whole request they make. What is not named comes from the network's nearest preset. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { ZodError } from "zod";
import {
  type Optimizer,
  type PairSetting,
  type Precision,
  pairSetting,
  precision,
  type Schedule,
  type TrainingSettings,
  type TrainRequest,
  trainRequest,
  weightDecayKind,
} from "../contract/configuration.ts";
import type { DatasetSource } from "../contract/dataset.ts";
import { trainDefaults } from "../engine/train-defaults.ts";
import { initialWeightsFrom } from "../engine/weights.ts";
import { jsonOption } from "./command.ts";
import { dataFlag, numberFlag, numberOrNoneFlag, scheduleFlag, wholeFlag } from "./flags.ts";
import { UsageError } from "./io.ts";
import { addOptimizerNumberFlags, type OptimizerNumberFlags, optimizerFlag, withNumbers } from "./optimizer-flags.ts";

export interface TrainFlags extends OptimizerNumberFlags {
  readonly data: DatasetSource;
  readonly model: string;
  readonly input?: number;
  readonly width?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly optimizer?: Optimizer;
  readonly learningRate?: number;
  readonly schedule?: Schedule;
  readonly earlyStopping?: number | "none";
  readonly leastGain?: number;
  readonly weightDecay?: number;
  readonly weightDecayKind?: TrainingSettings["weightDecayKind"];
  readonly averageDecay?: number | "none";
  readonly precision?: Precision;
  readonly clipNorm?: number | "none";
  readonly smoothing?: number;
  readonly labelNoise?: number;
  readonly dropout?: number | "none";
  readonly auxiliaryWeight?: number | "none";
  readonly augment?: boolean;
  readonly flip?: boolean;
  readonly cropPadding?: number;
  readonly seed: number;
  readonly pair?: PairSetting["setting"];
  readonly against?: string;
  readonly keepGraph?: string;
  readonly initialWeights?: string;
  readonly frozenThrough?: string;
  readonly allowMismatch?: boolean;
  readonly json?: boolean;
  readonly events?: boolean;
}

const pairSettings = ["smoothing", "weightDecay", "labelNoise", "optimizer"] as const;

export function addTrainFlags(command: Command): Command {
  return addSettingFlags(command)
    .addOption(new Option("--seed <number>", seedWords).argParser(wholeFlag).default(1))
    .addOption(
      new Option("--pair <setting>", "train two arms that differ in this alone")
        .choices([...pairSettings, "weight-decay", "label-noise"])
        .argParser(pairFlag),
    )
    .option(
      "--against <value>",
      "arm A's value in a pair (0; sgd for the optimiser, with numbers as --optimizer has them)",
    )
    .option("--keep-graph <file>", "leave the compiled step's TensorFlow graph there, for a look")
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead");
}

export const seedWords = "of initial weights, batch order, augmentation and label noise";

/** The flags of every setting but the seed. */
export function addSettingFlags(command: Command): Command {
  command
    .requiredOption(
      "--data <source>",
      "a folder of pictures, or drawn[:pictures=6000,pixels=32,difficulty=0.3]",
      dataFlag,
    )
    .requiredOption("--model <id>", "a network of strata models")
    .option(
      "--input <pixels>",
      "side of the square that pictures are scaled and cropped to, from the middle",
      wholeFlag,
    )
    .option("--width <factor>", "multiplies every layer's channels", numberFlag)
    .option("--epochs <count>", "times that every training picture is seen", wholeFlag)
    .option("--batch <pictures>", "pictures a step", wholeFlag)
    .option(
      "--optimizer <kind>",
      "sgd, rmsprop or adam; with numbers that are not the usual ones, rmsprop:epsilon=0.001,momentum=0.5",
      optimizerFlag,
    );
  return addOptimizerNumberFlags(command)
    .option("--learning-rate <rate>", "learning rate before its schedule", numberFlag)
    .option("--schedule <kind>", "constant, step:30,0.1, exponential:2,0.94, plateau:3,0.1 or cosine:0.1", scheduleFlag)
    .option(
      "--early-stopping <epochs>",
      "end once the validation loss gained nothing for so long, and keep the best epoch; none trains all",
      numberOrNoneFlag,
    )
    .option("--least-gain <nats>", "with --early-stopping: what the loss has to fall by to have gained", numberFlag)
    .option("--weight-decay <factor>", "decay of kernels", numberFlag)
    .addOption(
      new Option("--weight-decay-kind <kind>", "in the objective, or beside the optimiser").choices(
        weightDecayKind.options,
      ),
    )
    .option("--average-decay <decay>", "look with a running average of weights, or none", numberOrNoneFlag)
    .addOption(new Option("--precision <type>", "of products and convolutions").choices(precision.options))
    .option("--clip-norm <norm>", "largest norm of the gradient, or none", numberOrNoneFlag)
    .option("--smoothing <epsilon>", "label smoothing; in a pair over it, arm B's (0.1)", numberFlag)
    .option("--label-noise <share>", "share of training pictures given a wrong label", numberFlag)
    .option("--dropout <rate>", "replaces every dropout row's rate; none keeps them", numberOrNoneFlag)
    .option("--auxiliary-weight <factor>", "replaces every auxiliary head's weight; none keeps them", numberOrNoneFlag)
    .option("--augment", "mirror and crop pictures as the preset does")
    .option("--no-augment", "show every picture as it is")
    .option("--flip", "mirror pictures")
    .option("--no-flip", "mirror no picture")
    .option("--crop-padding <pixels>", "zero pixels around the picture before a crop is drawn", wholeFlag)
    .option("--initial-weights <file>", "begin from a file of strata models import or strata export")
    .option("--frozen-through <row>", "with --initial-weights: rows up to this one are not trained")
    .option(
      "--allow-mismatch",
      "with --initial-weights: even where fewer than half of those before the last layer fit",
    );
}

function pairFlag(text: string): PairSetting["setting"] {
  const name = text.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase());
  const found = pairSettings.find((setting) => setting === name);
  if (found) return found;
  throw new InvalidArgumentError(`${text} is none of smoothing, weight-decay, label-noise, optimizer.`);
}

/** Throws `model.unknown`, `weights.*`, a UsageError, or a ZodError for a value out of its range. */
export function requestOf(flags: TrainFlags): TrainRequest {
  if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
  if (flags.against !== undefined && flags.pair === undefined) throw new UsageError("--against needs --pair.");
  if (flags.frozenThrough !== undefined && flags.initialWeights === undefined)
    throw new UsageError("--frozen-through needs --initial-weights.");
  if (flags.allowMismatch && flags.initialWeights === undefined)
    throw new UsageError("--allow-mismatch needs --initial-weights.");
  const { model, training: preset } = trainDefaults({ id: flags.model, inputPixels: flags.input, width: flags.width });
  const training = settingsOf(flags, preset);
  const initialWeights =
    flags.initialWeights === undefined
      ? undefined
      : initialWeightsFrom(flags.initialWeights, {
          frozenThrough: flags.frozenThrough ?? null,
          isMismatchAllowed: flags.allowMismatch,
        });
  const configuration = { dataset: flags.data, model, training, seed: flags.seed, initialWeights };
  return trainRequest.parse({ configuration, pair: flags.pair ? pairOf(flags.pair, flags, training) : null });
}

function settingsOf(flags: TrainFlags, preset: TrainingSettings): TrainingSettings {
  const still = { flip: false, cropPaddingPixels: 0 };
  const augmentation = flags.augment === false ? still : preset.augmentation;
  return {
    epochs: flags.epochs ?? preset.epochs,
    batchSize: flags.batch ?? preset.batchSize,
    optimizer: withNumbers(flags.optimizer ?? preset.optimizer, flags),
    learningRate: flags.learningRate ?? preset.learningRate,
    schedule: flags.schedule ?? preset.schedule,
    weightDecay: flags.weightDecay ?? preset.weightDecay,
    clipNorm: numberOr(flags.clipNorm, preset.clipNorm),
    smoothing: flags.smoothing ?? preset.smoothing,
    labelNoise: flags.labelNoise ?? preset.labelNoise,
    dropout: numberOr(flags.dropout, preset.dropout),
    auxiliaryWeight: numberOr(flags.auxiliaryWeight, preset.auxiliaryWeight),
    precision: flags.precision ?? preset.precision,
    weightDecayKind: flags.weightDecayKind ?? preset.weightDecayKind,
    averageDecay: numberOr(flags.averageDecay, preset.averageDecay),
    earlyStopping: earlyStoppingOf(flags, preset),
    augmentation: {
      flip: flags.flip ?? augmentation.flip,
      cropPaddingPixels: flags.cropPadding ?? augmentation.cropPaddingPixels,
    },
  };
}

function earlyStoppingOf(
  { earlyStopping, leastGain }: TrainFlags,
  preset: TrainingSettings,
): TrainingSettings["earlyStopping"] {
  const patienceEpochs = numberOr(earlyStopping, preset.earlyStopping?.patienceEpochs ?? null);
  if (patienceEpochs !== null) return { patienceEpochs, leastGain: leastGain ?? preset.earlyStopping?.leastGain ?? 0 };
  if (leastGain !== undefined) throw new UsageError("--least-gain needs --early-stopping.");
  return null;
}

/** Null, no clipping or the table's own rates, is what `none` asks for. */
function numberOr(flag: number | "none" | undefined, preset: number | null): number | null {
  if (flag === undefined) return preset;
  return flag === "none" ? null : flag;
}

/** Arm A's value is `--against`; arm B's is the setting's own flag, and where that is missing one worth trying. */
function pairOf(setting: PairSetting["setting"], flags: TrainFlags, training: TrainingSettings): PairSetting {
  try {
    return pairSetting.parse(pairFrom(setting, flags, training));
  } catch (thrown) {
    if (thrown instanceof ZodError) throw new UsageError(`--pair ${setting}: ${thrown.issues[0]?.message}.`);
    if (thrown instanceof InvalidArgumentError) throw new UsageError(`--against: ${thrown.message}`);
    throw thrown;
  }
}

function pairFrom(setting: PairSetting["setting"], flags: TrainFlags, training: TrainingSettings): PairSetting {
  if (setting === "optimizer") return { setting, values: [optimizerFlag(flags.against ?? "sgd"), training.optimizer] };
  const against = flags.against === undefined ? 0 : numberFlag(flags.against);
  const worthTrying = { smoothing: 0.1, weightDecay: 5e-4, labelNoise: 0.2 }[setting];
  return { setting, values: [against, flags[setting] ?? worthTrying] };
}
