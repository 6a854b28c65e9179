/** How this machine is used, as a person chose it. */
import { z } from "zod";
import type { RunsAtOnce, ThreadsChoice } from "../contract/machine.ts";
import type { Throughput } from "../domain/experiments/side-by-side.ts";
import { runsAtOnceFrom, threadsChoiceFrom } from "../platform/threads.ts";
import type { Database } from "./database.ts";
import { createSetAside, type SetAside } from "./stored-json.ts";

const storedThroughputs = z
  .array(z.object({ jobs: z.int().min(1), threads: z.int().min(1), imagesPerSecond: z.number().min(0) }))
  .min(1);

export type MachineRecords = ReturnType<typeof createMachineRecords>;

export function createMachineRecords(database: Database, setAside: SetAside = createSetAside()) {
  const threads = database.prepare<[], string>("SELECT threads FROM machine").pluck();
  const runsAtOnce = database.prepare<[], string>("SELECT runs_at_once FROM machine").pluck();
  const setRunsAtOnce = database.prepare<[string]>("UPDATE machine SET runs_at_once = ?");
  const throughputs = database.prepare<[string], string>("SELECT measured FROM throughputs WHERE key = ?").pluck();
  const setThroughputs = database.prepare<[string, string, string]>(
    "REPLACE INTO throughputs (key, measured, measured_at) VALUES (?, ?, ?)",
  );
  const setThreads = database.prepare<[string]>("UPDATE machine SET threads = ?");

  return {
    /** Every core where the record names none that could be meant, as a damaged one might. */
    threads(): ThreadsChoice {
      const choice = threadsChoiceFrom(threads.get());
      if (choice === null) setAside.add({ table: "machine", id: 1, column: "threads" });
      return choice ?? "all";
    },
    setThreads(choice: ThreadsChoice): void {
      setThreads.run(String(choice));
    },
    /** As many as are fastest where the record names none that could be meant. */
    runsAtOnce(): RunsAtOnce {
      const choice = runsAtOnceFrom(runsAtOnce.get());
      if (choice === null) setAside.add({ table: "machine", id: 1, column: "runs_at_once" });
      return choice ?? "fastest";
    },
    setRunsAtOnce(choice: RunsAtOnce): void {
      setRunsAtOnce.run(String(choice));
    },
    /** What was measured of processes side by side; null where nothing was, or it cannot be read: then it is measured anew. */
    throughputs(key: string): readonly Throughput[] | null {
      const text = throughputs.get(key);
      try {
        return text === undefined ? null : storedThroughputs.parse(JSON.parse(text));
      } catch {
        return null;
      }
    },
    setThroughputs(key: string, measured: readonly Throughput[], at: string): void {
      setThroughputs.run(key, JSON.stringify(measured), at);
    },
  };
}
