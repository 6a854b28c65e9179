/** How this machine is used, as a person chose it. */
import type { ThreadsChoice } from "../contract/machine.ts";
import { threadsChoiceFrom } from "../platform/threads.ts";
import type { Database } from "./database.ts";

export type MachineRecords = ReturnType<typeof createMachineRecords>;

export function createMachineRecords(database: Database) {
  const threads = database.prepare<[], string>("SELECT threads FROM machine").pluck();
  const setThreads = database.prepare<[string]>("UPDATE machine SET threads = ?");

  return {
    /** Every core where the record names none that could be meant, as a damaged one might. */
    threads(): ThreadsChoice {
      return threadsChoiceFrom(threads.get()) ?? "all";
    },
    setThreads(choice: ThreadsChoice): void {
      setThreads.run(String(choice));
    },
  };
}
