/**
 * What runs can be found by and put in order by: what they are, their metrics, and every setting that the configuration's schema has. Each goes by all
 * the names that the page, the command line and the JSON documents have for it, in small and capital letters, with or without hyphens, spaces and dots.
 */
import { z } from "zod";
import { runConfiguration } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import { settingsOfFactor } from "../../contract/experiment.ts";
import { endReasons, runStates, runStateTitles } from "../../contract/run.ts";
import { armLetter } from "../experiments/experiment-plan.ts";
import { imagesPerSecond } from "../metrics/images-per-second.ts";
import { metricOf } from "../metrics/metrics.ts";
import { nearestOf } from "../nearest.ts";
import { type Setting, valueAt, valuePath } from "../settings/setting.ts";
import { settings } from "../settings/settings.ts";
import { deviceInWords, madeByValue } from "./made-by.ts";
import { metricFields } from "./metric-fields.ts";
import { type FieldKind, fieldKind, namesOfKey, type RunField } from "./run-field.ts";
import { elapsedSeconds, type FieldValue, finalSplit } from "./run-values.ts";

const { number, option, yesOrNo, date, words } = fieldKind;

type Fact = readonly [
  title: string,
  also: readonly string[],
  type: FieldKind,
  read: RunField["read"],
  parts?: RunField["parts"],
];

/** What a run is beside its settings and metrics, by the key that the JSON documents have for it. */
const facts: Readonly<Record<string, Fact>> = {
  id: ["Run", ["number"], number(), ({ id }) => id],
  experiment: ["Experiment", ["experimentId"], number(), ({ experiment }) => experiment?.id ?? null],
  block: ["Block", [], number(), ({ experiment }) => experiment?.block ?? null],
  arm: ["Arm", [], words, ({ experiment }) => (experiment?.arm == null ? null : armLetter(experiment.arm))],
  pair: [
    "Differs",
    ["differs"],
    words,
    ({ experiment }) => experiment?.differs.flatMap(settingsOfFactor).join(" ") || null,
  ],
  title: ["Title", ["name"], words, ({ title }) => title],
  note: ["Note", [], words, ({ note }) => note],
  tags: ["Tags", ["tag"], words, ({ tags }) => tags.join(" ") || null, ({ tags }) => tags],
  state: ["State", [], option(runStates, runStateTitles), ({ state }) => state],
  endReason: ["End", ["ended because"], option(endReasons), ({ endReason }) => endReason],
  error: ["Error", [], words, ({ error }) => error && `${error.code} ${error.problem}`],
  loss: ["Loss function", [], option(["cross-entropy", "hinge"]), ({ loss }) => loss],
  isPinned: ["Pinned", [], yesOrNo, ({ isPinned }) => isPinned],
  isArchived: ["Archived", [], yesOrNo, ({ isArchived }) => isArchived],
  createdAt: ["Created", ["date"], date, ({ createdAt }) => createdAt],
  startedAt: ["Started", [], date, ({ startedAt }) => startedAt],
  endedAt: ["Ended", [], date, ({ endedAt }) => endedAt],
  seconds: ["Took", ["time", "duration"], number("seconds"), elapsedSeconds],
  trainingSeconds: ["Training time", [], number("seconds"), ({ trainingSeconds }) => trainingSeconds],
  epochsDone: ["Epochs done", [], number(), ({ epochsDone }) => epochsDone],
  steps: ["Steps", ["stepsDone"], number(), ({ stepsDone }) => stepsDone],
  parameters: ["Parameters", [], number(), ({ parameters }) => parameters],
  auxiliaryParameters: ["Auxiliary parameters", [], number(), ({ auxiliaryParameters }) => auxiliaryParameters],
  imagesPerSecond: [
    "Images/s",
    [imagesPerSecond.title, ...imagesPerSecond.also],
    number(),
    (run) => run.imagesPerSecond,
  ],
  diskBytes: ["Disk", [], number("bytes"), ({ diskBytes }) => diskBytes],
  peakMemoryBytes: ["Memory", [], number("bytes"), ({ peakMemoryBytes }) => peakMemoryBytes],
  predictedMemoryBytes: ["Predicted memory", [], number("bytes"), ({ predictedMemoryBytes }) => predictedMemoryBytes],
  picturesSkipped: ["Pictures skipped", ["skipped"], number(), ({ picturesSkipped }) => picturesSkipped],
  stepsSkipped: ["Steps skipped", [], number(), ({ stepsSkipped }) => stepsSkipped],
  leakedTensors: ["Leaked tensors", [], number(), ({ leakedTensors }) => leakedTensors],
  device: ["Device", [], words, deviceInWords],
  version: ["Strata", ["madeBy.version"], words, (run) => madeByValue(run, "version")],
  commit: ["Commit", ["madeBy.commit"], words, ({ madeBy }) => madeBy.at(-1)?.commit ?? null],
  tensorflow: ["TensorFlow", ["madeBy.tensorflow"], words, (run) => madeByValue(run, "tensorflow")],
  threads: ["Threads", ["madeBy.threads"], number(), ({ madeBy }) => madeBy.at(-1)?.threads ?? null],
  processor: ["Processor", ["madeBy.processor"], words, (run) => madeByValue(run, "processor")],
  platform: ["System", ["madeBy.platform"], words, (run) => madeByValue(run, "platform")],
  split: ["Split", [], option(["test", "validation"], { validation: "val" }), finalSplit],
  initialWeightsHash: ["Initial weights hash", [], words, ({ initialWeightsHash }) => initialWeightsHash],
  trainingObjectiveFloor: ["Training objective floor", [], number(), (run) => run.trainingObjectiveFloor],
  "best.epoch": ["Best epoch", [], number(), ({ best }) => best?.epoch ?? null],
  "test.pictures": ["Test pictures", [], number(), ({ test }) => test?.pictures ?? null],
  "validation.pictures": ["Validation pictures", ["val.pictures"], number(), (run) => run.validation?.pictures ?? null],
  "best.pictures": ["Best pictures", [], number(), ({ best }) => best?.result.pictures ?? null],
};

const factFields: readonly RunField[] = Object.entries(facts).map(([id, [title, also, type, read, parts]]) => {
  const isBetterHigh = metricOf(id)?.better === "higher";
  return { id, title, names: [...namesOfKey(id), title, ...also], type, read, parts, isBetterHigh };
});

/** Every value that a configuration can have, by its path, as its schema says; lists of numbers are left out. */
function leavesOf(schema: z.core.$ZodType, path: string): readonly (readonly [path: string, type: FieldKind])[] {
  if (schema instanceof z.ZodObject)
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, inner]) =>
      leavesOf(inner, path === "" ? key : `${path}.${key}`),
    );
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap((inner) => leavesOf(inner, path));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return leavesOf(schema.unwrap(), path);
  if (schema instanceof z.ZodNumber) return [[path, number()]];
  if (schema instanceof z.ZodBoolean) return [[path, yesOrNo]];
  if (schema instanceof z.ZodEnum) return [[path, option(schema.options.map(String))]];
  if (schema instanceof z.ZodLiteral) return [[path, option([...schema.values].map(String))]];
  return schema instanceof z.ZodString ? [[path, words]] : [];
}

function settingLeafTypes(): ReadonlyMap<string, FieldKind> {
  const types = new Map<string, FieldKind>();
  for (const [path, type] of leavesOf(runConfiguration, "")) {
    const before = types.get(path);
    // The kinds of a union are one option each.
    const isMore = type.kind === "option" && before?.kind === "option";
    types.set(path, isMore ? { kind: "option", options: new Map([...before.options, ...type.options]) } : type);
  }
  return types;
}

function readPath(path: string): RunField["read"] {
  return ({ configuration }) => {
    const value = valueAt(configuration, path);
    // A configuration is JSON: what is neither missing nor an object is a value.
    return value === undefined || typeof value === "object" ? null : (value as FieldValue);
  };
}

/** What stands for a setting that is shown as more than its value. */
const shownOtherwise: Readonly<Record<string, Partial<RunField>>> = {
  dataset: {
    type: words,
    read: ({ dataset }) => dataset.name,
    parts: ({ dataset, configuration }) => [
      dataset.name,
      configuration.dataset.kind === "folder" ? configuration.dataset.path : "drawn",
    ],
  },
  model: { type: words, read: ({ model }) => model.id, parts: ({ model }) => [model.id, model.title] },
  augmentation: {
    type: yesOrNo,
    read: ({ configuration: { training } }) =>
      training.augmentation.flip || training.augmentation.cropPaddingPixels > 0,
  },
};

/** As its row has it, else as the schema has it. */
function typeOf({ value }: Setting, ofSchema: FieldKind | undefined): FieldKind {
  if (value.kind === "number") return number(value.scale === "percent" ? "share" : "none");
  if (value.kind === "yes-or-no") return yesOrNo;
  return value.kind === "option" ? option(Object.keys(value.options), value.options) : (ofSchema ?? words);
}

const leafTypes = settingLeafTypes();

/** Every setting as a field: those with rows of their own, and the rest of what the schema has. */
export function settingFields(all: readonly Setting[] = settings): readonly RunField[] {
  const named = all.map((setting): RunField => {
    const { id, path, title, flag, also = [] } = setting;
    // A fact of this name keeps it, and so does another setting that it is the whole path of.
    const isFree = (name: string) => facts[name] === undefined && all.every((other) => other.path !== name);
    const key = path
      .split(".")
      .slice(-1)
      .filter((last) => last !== "id" && flag !== undefined && (last === path || isFree(last)));
    const flags = flag === undefined || facts[flag] !== undefined ? [] : [flag];
    return {
      id: path,
      title,
      names: [path, ...flags, title, ...also, ...key],
      type: typeOf(setting, leafTypes.get(valuePath(setting))),
      read: readPath(valuePath(setting)),
      ...shownOtherwise[id],
    };
  });
  const others = [...leafTypes].filter(([path]) => named.every(({ id }) => id !== path));
  return [
    ...named,
    ...others.map(([path, type]) => ({
      id: path,
      title: titleOfPath(path),
      names: [path],
      type,
      read: readPath(path),
    })),
  ];
}

/** `training.optimizer.isNesterov` → `Optimizer nesterov` */
function titleOfPath(path: string): string {
  const [key = "", whole = ""] = path.split(".").reverse();
  const spaced = `${whole} ${namesOfKey(key).at(-1)}`.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced
    .trim()
    .replace(/\s+/g, " ")
    .replace(/^./, (letter) => letter.toUpperCase());
}

const fieldsOfSettings = settingFields();
export const runFields: readonly RunField[] = [...factFields, ...metricFields(), ...fieldsOfSettings];

/** Small letters and digits alone: `learning-rate`, `Learning rate` and `learningRate` are one name, and so are `β₁` and `beta1`. */
function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("β", "beta")
    .replace(/[^a-z0-9]/g, "");
}

const byName: ReadonlyMap<string, RunField> = new Map(
  runFields.flatMap((field) => field.names.map((name) => [plainName(name), field] as const)),
);
/** Settings by the end of their paths; several where the end alone does not say which, as `kind`. */
const byEnd = settingsByEnd();

function settingsByEnd(): ReadonlyMap<string, readonly RunField[]> {
  const found = new Map<string, RunField[]>();
  for (const field of fieldsOfSettings) {
    const keys = field.id.split(".");
    for (let from = 1; from < keys.length; from++) {
      const before = keys.slice(from, -1).join(".");
      for (const key of namesOfKey(keys.at(-1)!)) {
        const name = plainName(`${before}${key}`);
        found.set(name, [...(found.get(name) ?? []), field]);
      }
    }
  }
  return found;
}

/** How each name is written in a suggestion. */
const spellings: ReadonlyMap<string, string> = new Map(
  runFields
    .flatMap(({ names }) => names)
    .reverse() // so that a field's first name is written where several are alike
    .map((name) => [plainName(name), name.includes(" ") ? name.toLowerCase().replaceAll(" ", "-") : name]),
);

/** The one field of this name, whoever's name it is; null where there is none, or several. */
export function findRunField(name: string): RunField | null {
  const asked = plainName(name).replace(/^configuration(?=.)/, "");
  const [ending, another] = byEnd.get(asked) ?? [];
  return byName.get(asked) ?? (another === undefined ? ending : undefined) ?? null;
}

/** Says of a name that no field has, or several have, what may be meant. */
export function unknownFieldError(name: string): StrataError {
  const several = (byEnd.get(plainName(name)) ?? []).map(({ id }) => id.replace(/^training\./, ""));
  const nearest = nearestOf(plainName(name), spellings.keys());
  const near = several.length > 0 ? several.join(" or ") : nearest === null ? null : spellings.get(nearest)!;
  return new StrataError("find.unknown-name", { name, near });
}
