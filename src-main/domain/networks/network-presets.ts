/**
 * Networks as levels of an experiment: each brings its own preset, but for what is held equal. What each brings is found once, before the start, and stands in
 * the request. An experiment without such a choice trains every network with the base's settings.
 */
import { type RunConfiguration, trainingSettings } from "../../contract/configuration.ts";
import {
  type Change,
  type ExperimentRequest,
  type Factor,
  networkSetting,
  settingsOfFactor,
} from "../../contract/experiment.ts";
import { type Setting, valueAt, withValueAt } from "../settings/setting.ts";
import { settingOf, settings, wholeSettings } from "../settings/settings.ts";

/** Where a setting of a network's run comes from. */
export type SettingSource =
  /** The network's own preset. */
  | "own"
  /** The base, the same for all. */
  | "held"
  /** The budget of multiply-adds. */
  | "budget"
  /** The budget of minutes. */
  | "minutes"
  /** Another factor. */
  | "varied";

/** What every network of an experiment trains with, as it is told before the start and in the record. */
export interface NetworkTable {
  /** Of the budget; null without one. */
  readonly multiplyAdds: number | null;
  /** Of the budget; null without one. */
  readonly minutes: number | null;
  readonly settings: readonly {
    readonly setting: string;
    readonly source: SettingSource;
    /** Whether networks have different values of it. */
    readonly isDifferent: boolean;
  }[];
  /** In the order of the levels. */
  readonly networks: readonly {
    readonly model: string;
    /** Of one picture's forward pass; null where size is varied. */
    readonly multiplyAdds: number | null;
    /** That its epochs were estimated to take before the start; null without a budget of minutes. */
    readonly minutes: number | null;
    /** By setting; without those that are varied. */
    readonly values: Readonly<Record<string, unknown>>;
  }[];
}

/** What a preset says of a network and of its training: input, width and recipe, each whole. */
export function presetSettings(all: readonly Setting[] = settings): readonly Setting[] {
  const told = all.filter(
    ({ id, path, value }) =>
      id !== networkSetting && value.kind !== "own" && (path.startsWith("model.") || path.startsWith("training.")),
  );
  return wholeSettings(told);
}

/** The recipe alone. */
export function recipeSettings(all: readonly Setting[] = settings): readonly Setting[] {
  return presetSettings(all).filter(({ path }) => path.startsWith("training."));
}

/** Whether a factor names networks. */
export function isOfNetworks(factor: Factor): boolean {
  return settingsOfFactor(factor).includes(networkSetting);
}

/** The networks that a request's factors name, each once. */
export function networksOf({ factors }: Pick<ExperimentRequest, "factors">): readonly string[] {
  const named = factors.flatMap((factor) => {
    if ("setting" in factor) return factor.setting === networkSetting ? factor.values : [];
    if ("ranges" in factor)
      return factor.ranges.flatMap((one) =>
        one.kind === "choice" && one.setting === networkSetting ? one.values : [],
      );
    const changes = factor.arms.flatMap((arm) => arm.changes);
    return changes.filter(({ setting }) => setting === networkSetting).map(({ value }) => value);
  });
  return [...new Set(named.map(String))];
}

/** What a preset says of, and what is varied beside the networks: with a part of it, all of it, since a momentum means nothing to another optimiser. */
export function variedBeside(
  { factors }: Pick<ExperimentRequest, "factors">,
  all: readonly Setting[] = settings,
): readonly string[] {
  // An arm may change a network's settings for itself; drawn points all have what is drawn.
  const beside = factors.filter((factor) => "ranges" in factor || !isOfNetworks(factor));
  return wholesOf(beside.flatMap(settingsOfFactor), all);
}

/** What a preset says of, that these settings are or are a part of. */
export function wholesOf(ids: readonly string[], all: readonly Setting[] = settings): readonly string[] {
  const paths = ids.flatMap((id) => settingOf(id, all)?.path ?? []);
  return presetSettings(all)
    .filter(({ path }) => paths.some((one) => one === path || one.startsWith(`${path}.`)))
    .map(({ id }) => id);
}

/** What a preset says of, that two configurations have different values of. */
export function presetDifferences(
  one: Pick<RunConfiguration, "model" | "training">,
  other: Pick<RunConfiguration, "model" | "training">,
  all: readonly Setting[] = settings,
): readonly string[] {
  return presetSettings(all)
    .filter(({ path }) => JSON.stringify(valueAt(one, path)) !== JSON.stringify(valueAt(other, path)))
    .map(({ id }) => id);
}

/**
 * The base with what the network of these changes brings, of no particular type until it is parsed.
 * @throws Error where what it brings was not found yet
 */
export function baseOfLevel(
  { configuration, networks }: Pick<ExperimentRequest, "configuration" | "networks">,
  changes: readonly Change[],
): unknown {
  const named = changes.find(({ setting }) => setting === networkSetting);
  if (networks === undefined || named === undefined) return configuration;
  const brought = networks.resolved.find(({ model }) => model === named.value);
  if (brought === undefined) throw new Error(`The preset of ${String(named.value)} was not resolved.`);
  return brought.changes.reduce<unknown>(
    // The schema takes settings that this version has alone.
    (whole, { setting, value }) => withValueAt(whole, settingOf(setting)?.path ?? setting, value),
    configuration,
  );
}

/** Null where networks are no factor, or have the base's settings all. */
export function networkTable(request: ExperimentRequest, all: readonly Setting[] = settings): NetworkTable | null {
  const { networks, configuration: base } = request;
  if (networks === undefined || networks.resolved.length === 0) return null;
  const varied = variedBeside(request, all);
  const told = presetSettings(all);
  const named = networksOf(request);
  const brought = networks.resolved.filter(({ model }) => named.includes(model));
  const sourceOf = (id: string): SettingSource => {
    if (varied.includes(id)) return "varied";
    if (id === "width" && networks.multiplyAdds !== null) return "budget";
    if (id === "epochs" && networks.minutes !== null) return "minutes";
    return networks.held.includes(id) ? "held" : "own";
  };
  const rows = brought.map(({ model, multiplyAdds, secondsPerEpoch, changes }) => ({
    model,
    multiplyAdds,
    minutes: secondsPerEpoch === null ? null : (epochsIn(changes) * secondsPerEpoch) / 60,
    values: Object.fromEntries(
      told
        .filter(({ id }) => !varied.includes(id))
        .map(({ id, path }) => {
          const change = changes.find(({ setting }) => setting === id);
          return [id, change === undefined ? valueAt(base, path) : change.value];
        }),
    ),
  }));
  return {
    multiplyAdds: typeof networks.multiplyAdds === "number" ? networks.multiplyAdds : null,
    minutes: networks.minutes,
    settings: told.map(({ id }) => ({
      setting: id,
      source: sourceOf(id),
      isDifferent: new Set(rows.map(({ values }) => JSON.stringify(values[id]))).size > 1,
    })),
    networks: rows,
  };
}

function epochsIn(changes: readonly Change[]): number {
  return Number(changes.find(({ setting }) => setting === "epochs")?.value);
}

/** As many epochs as fit in the minutes, one at least. */
export function epochsWithin(minutes: number, secondsPerEpoch: number): number {
  const most = trainingSettings.shape.epochs.maxValue ?? Number.POSITIVE_INFINITY;
  return Math.min(most, Math.max(1, Math.floor((minutes * 60) / secondsPerEpoch)));
}

/** A setting that cannot be held equal or varied beside a budget of minutes, since epochs are found for it or take longer with it; undefined where there is none. */
export function hindersMinutes({ factors }: Pick<ExperimentRequest, "factors">, held: readonly string[]) {
  const varied = factors.flatMap(settingsOfFactor);
  if (held.includes("epochs")) return "epochs";
  return ["epochs", "inputPixels", "width", "batchSize", "precision"].find((id) => varied.includes(id));
}
