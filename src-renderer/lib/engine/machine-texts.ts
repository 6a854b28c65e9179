/** Words for this machine and how it is used. */
import type { EngineStatus, RunsAtOnce, ThreadsChoice, ThreadsView } from "../../../src-main/contract/machine.ts";
import { bytes, counted } from "../format.ts";

export const machineTexts = {
  title: "This machine",
  threads: "Cores to train with",
  runsAtOnce: "Runs at once",
  /** After the header's words for the machine, for those who hear them. */
  lead: ", choose how many cores train",
} as const;

/** `2 cores`, or `1 of 2 cores` where not all of them train. */
export function coresText({ threads, cores }: Pick<ThreadsView, "threads" | "cores">): string {
  return threads < cores ? `${threads} of ${counted(cores, "core")}` : counted(cores, "core");
}

/** `TensorFlow 2.21 · 2 cores · 24 GB of memory`, as far as it is known. */
export function machineFacts(status: EngineStatus | null, view: ThreadsView | null): string {
  const cores = view?.cores ?? status?.cores;
  return [
    status?.tensorflow ?? null,
    cores === undefined ? null : counted(cores, "core"),
    status === null ? null : `${bytes(status.memoryBytes)} of memory`,
  ]
    .filter((fact) => fact !== null)
    .join(" · ");
}

export interface ThreadsOption {
  readonly value: string;
  readonly label: string;
  readonly choice: ThreadsChoice;
}

/** Every core, all but one, then every smaller number; the choice in force is always among them, also one made where there were more cores. */
export function threadsOptions({ choice, fixed, cores }: ThreadsView): readonly ThreadsOption[] {
  const inForce = fixed ?? choice;
  const smaller = Array.from({ length: Math.max(0, cores - 2) }, (_, index) => cores - 2 - index);
  const numbers = typeof inForce === "number" && !smaller.includes(inForce) ? [inForce, ...smaller] : smaller;
  const labels: readonly [ThreadsChoice, string][] = [
    ["all", `Every core (${cores})`],
    ["all-but-one", `Leave one core free (${Math.max(1, cores - 1)})`],
    ...numbers.map((number): [ThreadsChoice, string] => [number, counted(number, "core")]),
  ];
  return labels.map(([of, label]) => ({ value: String(of), label, choice: of }));
}

export interface RunsAtOnceOption {
  readonly value: string;
  readonly label: string;
  readonly choice: RunsAtOnce;
}

/** What is fastest, one after another, then every number up to the cores that train. */
export function runsAtOnceOptions({ runsAtOnce, threads }: ThreadsView): readonly RunsAtOnceOption[] {
  const inForce = runsAtOnce.fixed ?? runsAtOnce.choice;
  const numbers = new Set(Array.from({ length: Math.max(1, threads) }, (_, index) => index + 1));
  if (typeof inForce === "number") numbers.add(inForce);
  return [
    { value: "fastest", label: "As many as are fastest here", choice: "fastest" },
    ...[...numbers].map((number) => ({
      value: String(number),
      label: number === 1 ? "One after another" : `${number} side by side`,
      choice: number,
    })),
  ];
}

/** Why that choice is not open; null where it is. */
export function runsAtOnceHindrance({ runsAtOnce, threads }: ThreadsView): string | null {
  if (runsAtOnce.fixed !== null)
    return "This engine was started with --runs-at-once or STRATA_RUNS_AT_ONCE, which stands before this choice.";
  return threads === 1 ? "One core trains: there is none for a second run." : null;
}

/** Why the choice is not open; null where it is. */
export function threadsHindrance({ fixed, threads, cores }: ThreadsView): string | null {
  if (fixed !== null)
    return `This engine was started with --threads or STRATA_THREADS (${coresText({ threads, cores })}), which stands before this choice.`;
  return cores === 1 ? "This machine has one core: there is none to leave free." : null;
}

export const runsAtOnceHint =
  "Of one experiment. What is fastest is measured once for each network, and kept with the runs: their figures do not depend on what trains beside them.";

export const threadsHint =
  "Counts from the next run that begins or goes on. With another number a result's last digits can differ.";
