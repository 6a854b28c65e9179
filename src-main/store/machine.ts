/** How this machine is used, as a person chose it. */
import type { ThreadsChoice } from "../contract/machine.ts";
import { threadsChoiceFrom } from "../platform/threads.ts";
import type { Database } from "./database.ts";
import { createSetAside, type SetAside } from "./stored-json.ts";

export type MachineRecords = ReturnType<typeof createMachineRecords>;

export function createMachineRecords(database: Database, setAside: SetAside = createSetAside()) {
  const threads = database.prepare<[], string>("SELECT threads FROM machine").pluck();
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
  };
}
