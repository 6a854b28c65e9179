/** Ids of the processes that read for an engine in this one, as the system lists them. Linux alone. */
import { readdirSync, readFileSync } from "node:fs";

export function readerIds(): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("/reader.ts");
      } catch {
        return false;
      }
    });
}
