/** What made a run, in words, and in what two runs differ that were not made alike. */
import type { MadeBy, MadePart } from "../../contract/made-by.ts";
import type { RunView } from "../../contract/run.ts";

interface Fact {
  readonly title: string;
  /** Of which two runs have different ones. */
  readonly several: string;
  /** Null where it is not recorded. */
  readonly say: (madeBy: MadeBy) => string | null;
}

/** In the order in which they are shown. */
const facts = {
  version: { title: "Strata", several: "versions of Strata", say: ({ version }) => version },
  commit: { title: "Commit", several: "commits of Strata", say: ({ commit }) => commit && commitInWords(commit) },
  tensorflow: { title: "TensorFlow", several: "versions of TensorFlow", say: ({ tensorflow }) => tensorflow },
  device: { title: "Device", several: "devices", say: ({ device }) => device },
  gpu: { title: "GPU", several: "GPUs or drivers", say: ({ gpu }) => gpu && gpuInWords(gpu) },
  step: { title: "Training step", several: "ways to run a step", say: stepInWords },
  precision: { title: "Computed in", several: "precisions", say: ({ precision }) => precision },
  threads: { title: "Threads", several: "numbers of threads", say: ({ threads }) => numberInWords(threads) },
  cores: { title: "Cores", several: "numbers of cores", say: ({ cores }) => numberInWords(cores) },
  processor: { title: "Processor", several: "processors", say: ({ processor }) => processor },
  processorFeatures: {
    ...{ title: "Processor features", several: "processor features" },
    say: ({ processorFeatures }) => processorFeatures && (processorFeatures.join(", ") || "none of note"),
  },
  platform: { title: "System", several: "systems", say: ({ platform }) => platform && systemName(platform) },
  architecture: { title: "Architecture", several: "architectures", say: ({ architecture }) => architecture },
} as const satisfies Readonly<Record<string, Fact>>;
export type MadeByFact = keyof typeof facts;
const allFacts: readonly (Fact & { readonly id: string })[] = Object.entries(facts).map(([id, fact]) => ({
  id,
  ...fact,
}));

const notRecorded = "not recorded";

/** `2 × Some processor, 1 thread`; without the threads where there are as many as cores, or they are not recorded. */
export function processorInWords({
  threads,
  cores,
  processor,
}: Pick<MadeBy, "threads" | "cores" | "processor">): string {
  const used = threads === null || threads === cores ? "" : `, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return `CPU, ${cores ?? "?"} × ${processor ?? "core"}${used}`;
}

/** What trains or trained a run, and how, in one line; null before its first step, and where it is not recorded. */
export function deviceInWords({ madeBy }: Pick<RunView, "madeBy">): string | null {
  const last = madeBy.at(-1);
  if (last === undefined || last.device === null) return null;
  const processor = last.device === "CPU" && last.cores !== null ? processorInWords(last) : last.device;
  const device = last.gpu === null ? processor : last.gpu.name;
  return [device, stepInWords(last)].filter((part) => part !== null).join(" · ");
}

/** The value of one fact in a run's latest part; null where it is not recorded. */
export function madeByValue({ madeBy }: Pick<RunView, "madeBy">, id: MadeByFact): string | null {
  const last = madeBy.at(-1);
  return last === undefined ? null : facts[id].say(last);
}

export interface MadeByRow {
  readonly id: string;
  readonly title: string;
  /** Of each run. */
  readonly values: readonly string[];
}

/** Every fact of a run; none before its first step. */
export function madeByRows(run: Pick<RunView, "madeBy">): readonly MadeByRow[] {
  if (run.madeBy.length === 0) return [];
  return allFacts.map((fact) => ({ ...rowOf(fact), values: [overParts(fact, run.madeBy)] }));
}

/** Facts in which these runs are known to differ. */
export function madeByDifferences(runs: readonly Pick<RunView, "madeBy">[]): readonly MadeByRow[] {
  return allFacts
    .filter((fact) => {
      const known = runs.map(({ madeBy }) => madeBy.map(fact.say).filter((value) => value !== null));
      return (
        new Set(known.filter((values) => values.length > 0).map((values) => [...new Set(values)].join("\n"))).size > 1
      );
    })
    .map((fact) => ({ ...rowOf(fact), values: runs.map(({ madeBy }) => overParts(fact, madeBy)) }));
}

/** What a comparison of these runs has to say of it; nothing where they were made alike, as far as that is recorded. */
export function madeBySentences(runs: readonly Pick<RunView, "id" | "madeBy">[]): readonly string[] {
  const several = new Set(madeByDifferences(runs).map(({ id }) => id));
  const different = allFacts.filter(({ id }) => several.has(id)).map((fact) => fact.several);
  const partly = runs
    .filter(({ madeBy }) => madeBy[0]?.fromStep !== 0 || madeBy.some(({ version }) => version === null))
    .map(({ id }) => `run ${id}`);
  return [
    ...(different.length === 0
      ? []
      : [`These runs were made by different ${listed(different)}, which alone can make their figures differ.`]),
    ...(partly.length === 0 ? [] : [`What made ${listed(partly)} is not recorded in full.`]),
  ];
}

/** The parts of a run once this one begins. Whatever was done after its first step is made anew. */
export function withPart(parts: readonly MadePart[], next: MadePart): readonly MadePart[] {
  const before = parts.filter(({ fromStep }) => fromStep < next.fromStep);
  const last = before.at(-1);
  const isSame = last !== undefined && sameMaker(last) === sameMaker(next);
  return isSame ? before : [...before, next];
}

function sameMaker({ fromStep: _, ...madeBy }: MadePart): string {
  return JSON.stringify(Object.entries(madeBy).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function rowOf({ id, title }: (typeof allFacts)[number]): Pick<MadeByRow, "id" | "title"> {
  return { id, title };
}

/** `2.20.0; from step 120: 2.21.0` */
function overParts({ say }: Fact, parts: readonly MadePart[]): string {
  const values = parts.map((part) => ({ fromStep: part.fromStep, value: say(part) ?? notRecorded }));
  const [first] = values;
  const whole = first?.fromStep === 0 ? values : [{ fromStep: 0, value: notRecorded }, ...values];
  return whole
    .filter(({ value }, index) => value !== whole[index - 1]?.value)
    .map(({ fromStep, value }) => (fromStep === 0 ? value : `from step ${fromStep}: ${value}`))
    .join("; ");
}

/** `NVIDIA GeForce RTX 3090, 25.8 GB, driver 550.54.14` */
export function gpuInWords({ name, memoryBytes, driver }: NonNullable<MadeBy["gpu"]>): string {
  const memory = memoryBytes === null ? [] : [`${(memoryBytes / 1e9).toFixed(1)} GB`];
  return [name, ...memory, `driver ${driver}`].join(", ");
}

function stepInWords({ isCompiled, refusal }: MadeBy): string | null {
  if (isCompiled === null) return null;
  return isCompiled ? "compiled step" : `step by single operations: ${refusal}`;
}

/** As people write it, with what git says of changes in words. */
function commitInWords(commit: string): string {
  const [hash = "", changed] = commit.split("-");
  return `${hash.slice(0, 12)}${changed === undefined ? "" : ", with changes"}`;
}

function numberInWords(value: number | null): string | null {
  return value === null ? null : String(value);
}

function systemName(platform: string): string {
  const names: Readonly<Record<string, string>> = { linux: "Linux", darwin: "macOS", win32: "Windows" };
  return names[platform] ?? platform;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
