/**
 * The runs of an experiment, block by block: every combination of levels, with every seed. Seeds change slowest, so that each combination was tried once before
 * any is tried again; of the factors that are not blocked the first changes slowest, and likewise of those that are.
 */
import { optimizer, type RunConfiguration, runConfiguration } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import {
  type Change,
  type ExperimentRequest,
  type Factor,
  type Level,
  mostExperimentRuns,
  settingsOfFactor,
} from "../../contract/experiment.ts";
import { atOnce, type InPieces } from "../in-pieces.ts";
import { nearestOf } from "../nearest.ts";
import { baseOfLevel } from "../networks/network-presets.ts";
import { optimizerInWords } from "../optimizer-words.ts";
import { noiseMatrixProblem } from "../pictures/noise-rows.ts";
import { lowerFirst, type Setting, unitOf, valueAt, withValueAt } from "../settings/setting.ts";
import { settingOf, settings, settingTitle, variedSettings } from "../settings/settings.ts";
import { drawnPoints, refuseRanges } from "./drawn-points.ts";
import { refuseHalving } from "./successive-halving.ts";

export interface PlannedRun {
  /** One a factor, in their order. */
  readonly levels: readonly Level[];
  readonly configuration: RunConfiguration;
}

/** Runs that train in step, in the order of their levels. */
export type PlannedBlock = readonly PlannedRun[];

/** One run by itself. */
export function singleRun(configuration: RunConfiguration): ExperimentRequest {
  return { configuration, factors: [], seeds: [configuration.seed] };
}

/** Throws `experiment.few-points` for a search in ranges that have too few. */
export function levelsOf(factor: Factor): readonly Level[] {
  if ("arms" in factor) return factor.arms;
  if ("ranges" in factor) return drawnPoints(factor).map((changes) => ({ name: null, changes }));
  return factor.values.map((value) => ({ name: null, changes: [{ setting: factor.setting, value }] }));
}

/** Undefined for a setting that the configuration does not have: Adam has no momentum. */
export function settingValueOf(
  configuration: RunConfiguration,
  setting: string,
  all: readonly Setting[] = settings,
): unknown {
  return valueAt(configuration, variedPath(setting, all));
}

/**
 * The configuration with these values in their places, of no particular type until it is parsed. Wider settings go first: an optimiser before its
 * momentum.
 */
export function configurationWith(
  configuration: unknown,
  changes: readonly Change[],
  all: readonly Setting[] = settings,
) {
  const placed = changes.map(({ setting, value }) => ({ path: variedPath(setting, all), value }));
  placed.sort((a, b) => a.path.split(".").length - b.path.split(".").length);
  return placed.reduce<unknown>((whole, { path, value }) => withValueAt(whole, path, value), configuration);
}

/** Throws `settings.invalid` for a name that no setting has which can be varied. */
function variedPath(id: string, all: readonly Setting[]): string {
  const varied = variedSettings(all);
  const found = varied.find((setting) => setting.id === id);
  if (found) return found.path;
  const near = nearestOf(
    id,
    varied.map((setting) => setting.id),
  );
  const problem = `no setting that can be varied has this name${near === null ? "" : `; ${near} is near it`}`;
  throw new StrataError("settings.invalid", { setting: id, problem });
}

/** How many runs a request asks for. */
export function countRuns({ factors, seeds }: Pick<ExperimentRequest, "factors" | "seeds">): number {
  return factors.reduce((product, factor) => product * countLevels(factor), seeds.length);
}

function countLevels(factor: Factor): number {
  return "ranges" in factor ? factor.draws : levelsOf(factor).length;
}

/** How many blocks they are. */
export function countBlocks({ factors, seeds }: Pick<ExperimentRequest, "factors" | "seeds">): number {
  return countRuns({ factors: factors.filter(({ isBlocked }) => !isBlocked), seeds });
}

/**
 * Throws `experiment.too-many`, `experiment.repeats`, `experiment.bad-range`, `experiment.few-points`, `experiment.bad-halving`, `experiment.not-blocked` for a blocked factor whose runs cannot advance in step, `settings.invalid`
 * also for label noise by a matrix without one, or a ZodError for a value that its setting cannot have.
 */
export function plannedBlocks(request: ExperimentRequest): readonly PlannedBlock[] {
  return atOnce(planning(request));
}

/** As `plannedBlocks`. Runs that differ in their seed alone have the same list of levels. */
export function* planning(request: ExperimentRequest): InPieces<readonly PlannedBlock[]> {
  const { configuration, factors, seeds } = request;
  const runs = countRuns(request);
  if (runs > mostExperimentRuns) throw new StrataError("experiment.too-many", { runs, most: mostExperimentRuns });
  refuseToBlock(factors);
  for (const factor of factors) if ("ranges" in factor) refuseRanges(factor, configuration);
  const inner = combinations(factors, true);
  const points: PlannedBlock[] = [];
  for (const across of combinations(factors, false)) {
    points.push(inner.map((within) => plannedRun(request, new Map([...across, ...within]))));
    yield;
  }
  const all = points.flat();
  for (const setting of factors.flatMap(settingsOfFactor))
    if (all.every((run) => settingValueOf(run.configuration, setting) === undefined))
      throw new StrataError("settings.invalid", { setting, problem: "no run of the experiment has this setting" });
  const epochs = points.flat().map((run) => run.configuration.training.epochs);
  refuseHalving(request, epochs, points.length * seeds.length);
  yield* refuseRepeats(points, seeds);
  const blocks: PlannedBlock[] = [];
  for (const seed of seeds) {
    // No factor changes the seed, and with another sound one a configuration is as sound.
    runConfiguration.shape.seed.parse(seed);
    for (const point of points)
      blocks.push(point.map((run) => ({ ...run, configuration: { ...run.configuration, seed } })));
    yield;
  }
  return blocks;
}

function plannedRun(request: ExperimentRequest, point: ReadonlyMap<Factor, Level>): PlannedRun {
  const levels = request.factors.map((factor) => point.get(factor)!);
  const changes = levels.flatMap((level) => level.changes);
  const configuration = runConfiguration.parse(configurationWith(baseOfLevel(request, changes), changes));
  const noise = noiseMatrixProblem(configuration.training, null);
  if (noise !== null) throw new StrataError("settings.invalid", { setting: "noiseMatrix", problem: noise });
  return { levels, configuration };
}

/**
 * Throws `experiment.repeats`, also for a value that its setting leaves out again, such as the momentum of an optimiser that has none. Arms of one block may be
 * equal: that shows what is no difference at all.
 */
function* refuseRepeats(points: readonly PlannedBlock[], seeds: readonly number[]): InPieces<void> {
  const distinct = new Set<string>();
  for (const point of points) {
    distinct.add(JSON.stringify(point.map(({ configuration }) => configuration)));
    yield;
  }
  const arms = points[0]?.length ?? 0;
  const [runs, different] = [points.length * seeds.length, distinct.size * new Set(seeds).size].map((n) => n * arms);
  if (different! < runs!) throw new StrataError("experiment.repeats", { runs: runs!, distinct: different! });
}

/** Of runs that differ in their seed alone, the first: nothing that is checked before they are recorded hangs on it. */
export function distinctButForSeeds(blocks: readonly PlannedBlock[]): Iterable<RunConfiguration> {
  const first = new Map<PlannedRun["levels"], RunConfiguration>();
  for (const { levels, configuration } of blocks.flat()) if (!first.has(levels)) first.set(levels, configuration);
  return first.values();
}

function combinations(factors: readonly Factor[], isBlocked: boolean): readonly ReadonlyMap<Factor, Level>[] {
  return factors
    .filter((factor) => factor.isBlocked === isBlocked)
    .reduce<readonly ReadonlyMap<Factor, Level>[]>(
      (points, factor) => {
        const levels = levelsOf(factor);
        return points.flatMap((point) => levels.map((level) => new Map([...point, [factor, level]])));
      },
      [new Map()],
    );
}

/** Runs that advance in step see the same batches, so that what these are made of must be the same. */
function refuseToBlock(factors: readonly Factor[]): void {
  const [setting] = outOfStep(factors.filter(({ isBlocked }) => isBlocked).flatMap(settingsOfFactor));
  if (setting) throw new StrataError("experiment.not-blocked", { setting: lowerFirst(setting.title) });
}

/** Of these settings, each once, those that make batches or networks: runs that differ in them cannot advance in step. */
export function outOfStep(ids: readonly string[]): readonly Setting[] {
  return [...new Set(ids)].flatMap((id) => {
    const setting = settingOf(id);
    return setting?.isSharedInBlock ? [setting] : [];
  });
}

/**
 * Tells of each factor the level that a run's settings are; without a name and with the run's own values where they are none of them. What the arms' settings
 * are is found out once, for however many runs.
 */
export function createLevelReader(request: ExperimentRequest): (run: RunConfiguration) => readonly Level[] {
  const readers = request.factors.map((factor) => levelReaderOf(factor, request));
  return (run) => readers.map((read) => read(run));
}

function levelReaderOf(factor: Factor, request: ExperimentRequest): (run: RunConfiguration) => Level {
  const changed = settingsOfFactor(factor);
  const own = (run: RunConfiguration): Level => ({
    name: null,
    changes: changed.map((setting) => ({ setting, value: settingValueOf(run, setting) })),
  });
  if (!("arms" in factor)) return own;
  const key = (run: RunConfiguration) => JSON.stringify(changed.map((setting) => settingValueOf(run, setting) ?? null));
  const known = factor.arms.map((arm) => {
    const { success, data } = runConfiguration.safeParse(
      configurationWith(baseOfLevel(request, arm.changes), arm.changes),
    );
    return { arm, key: success ? key(data) : null };
  });
  return (run) => {
    const asked = key(run);
    return known.find((one) => one.key === asked)?.arm ?? own(run);
  };
}

/** A letter for an arm's number: A to Z, then AA. */
export function armLetter(arm: number): string {
  const letter = String.fromCharCode(65 + (arm % 26));
  return arm < 26 ? letter : armLetter(Math.floor(arm / 26) - 1) + letter;
}

/** What a run is called until a person names it: its network, what the experiment changes, and the seed where there are several. */
export function titleOfRun(modelTitle: string, levels: readonly Level[], seed: number | null): string {
  const parts = levels.flatMap(({ name, changes }) =>
    name === null ? changes.filter(({ setting }) => setting !== "model").map(changeInWords) : name,
  );
  return [modelTitle, ...parts, ...(seed === null ? [] : [`seed ${seed}`])].join(", ");
}

/** A setting with its value, as titles have it: `learning rate 0.1`, `SGD`, `smoothed ε = 0.1`. */
export function changeInWords({ setting, value }: Change): string {
  if (setting === "smoothing") return value === 0 ? "one-hot" : `smoothed ε = ${value}`;
  if (setting === "optimizer") return optimizerInWords(optimizer.parse(value));
  const name = lowerFirst(settingTitle(setting));
  if (typeof value === "boolean") return value ? name : `no ${name}`;
  // Undefined where the run has no such setting, as Adam has no momentum.
  if (value === null || value === undefined) return `no ${name}`;
  if (typeof value === "number" && isPercent(setting)) return `${name} ${Number((100 * value).toPrecision(12))}\u00a0%`;
  return `${name} ${typeof value === "object" ? Object.values(value).join(" ") : value}`;
}

function isPercent(setting: string): boolean {
  const type = settingOf(setting)?.value;
  return type !== undefined && unitOf(type) === "%";
}
