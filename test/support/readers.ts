/** Ids of the processes that read for an engine, as the system lists them. Linux alone. */
import { readdirSync, readFileSync } from "node:fs";

/** @param engine the process that it is in; this one unless named */
export function readerIds(engine = process.pid): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return Number(parent) === engine && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("/reader.ts");
      } catch {
        return false;
      }
    });
}
