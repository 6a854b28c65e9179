/**
 * Memory as the system counts it: of one process, and what is left to all. Linux says it in files; elsewhere Node's own figures stand in, and what
 * they do not tell is null. The least of all limits holds: a container's is found in its control group, of either version, or a group around it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { freemem } from "node:os";
import { dirname, join } from "node:path";

/** Where the system's files stand; tests bring their own. */
export interface MemoryFiles {
  readonly proc: string;
  readonly controlGroups: string;
}
const systemFiles: MemoryFiles = { proc: "/proc", controlGroups: "/sys/fs/cgroup" };

export interface ProcessMemory {
  /** In memory now. */
  readonly residentBytes: number;
  /** The most so far. */
  readonly peakBytes: number;
}

/** Null for a process that is gone, and on systems that tell it of the asking process alone. */
export function memoryOfProcess(pid: number, files = systemFiles): ProcessMemory | null {
  const status = textOf(join(files.proc, String(pid), "status"));
  const residentBytes = kibibytesIn(status, "VmRSS");
  const peakBytes = kibibytesIn(status, "VmHWM");
  if (residentBytes !== null && peakBytes !== null) return { residentBytes, peakBytes };
  if (pid !== process.pid) return null;
  // `maxRSS` of a forked process begins at its parent's, so it is the second choice.
  return { residentBytes: process.memoryUsage.rss(), peakBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Bytes that a process may still take before the system, a control group around it or a limit of its own (`ulimit`) stops it. */
export function freeMemoryBytes(pid = process.pid, files = systemFiles): number {
  const available = kibibytesIn(textOf(join(files.proc, "meminfo")), "MemAvailable") ?? freemem();
  return Math.max(0, Math.min(available, ...groupsOf(pid, files).map(headroomOf), ...ownHeadrooms(pid, files)));
}

/** Under the limits that a process was started with. What was reserved and never used counts as taken. */
function ownHeadrooms(pid: number, { proc }: MemoryFiles): number[] {
  const limits = textOf(join(proc, String(pid), "limits")) ?? "";
  const status = textOf(join(proc, String(pid), "status"));
  return [
    ["Max data size", "VmData"],
    ["Max address space", "VmSize"],
  ].flatMap(([name = "", key = ""]) => {
    const [, limit] = new RegExp(`^${name}\\s+(\\d+)\\s`, "m").exec(limits) ?? [];
    const taken = kibibytesIn(status, key);
    return limit === undefined || taken === null ? [] : [Number(limit) - taken];
  });
}

/**
 * A count of processes that the kernel has ended for want of memory, in the control group of a process, or in the whole system where no group
 * keeps one. Null where nobody counts. The answer outlives the process.
 */
export function openKillCount(pid: number, files = systemFiles): (() => number) | null {
  const places = [
    ...groupsOf(pid, files).map(({ folder, version }) =>
      join(folder, version === 2 ? "memory.events" : "memory.oom_control"),
    ),
    join(files.proc, "vmstat"),
  ];
  const count = (place: string) => numberIn(textOf(place), "oom_kill");
  const place = places.find((candidate) => count(candidate) !== null);
  return place === undefined ? null : () => count(place) ?? 0;
}

/**
 * Asks the kernel to end this process before others when memory runs out: it can be started again, the engine and the rest of the desktop had
 * better live. Whether it was taken.
 */
export function makePreferredVictim(pid: number, files = systemFiles): boolean {
  try {
    writeFileSync(join(files.proc, String(pid), "oom_score_adj"), "800");
    return true;
  } catch {
    return false; // another system, or one that does not let us
  }
}

interface ControlGroup {
  readonly folder: string;
  readonly version: 1 | 2;
}

/** The groups that count a process's memory, the innermost first. Seen from inside a container some of the path may be missing. */
function groupsOf(pid: number, { proc, controlGroups }: MemoryFiles): ControlGroup[] {
  return (textOf(join(proc, String(pid), "cgroup")) ?? "").split("\n").flatMap((line): ControlGroup[] => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === "") return pathsUp(path).map((at) => ({ folder: join(controlGroups, at), version: 2 }));
    if (!controllers?.split(",").includes("memory")) return [];
    return pathsUp(path).map((at) => ({ folder: join(controlGroups, "memory", at), version: 1 }));
  });
}

function pathsUp(path: string): string[] {
  return path === "/" ? [path] : [path, ...pathsUp(dirname(path))];
}

/** Infinite where there is no limit. What the group's files hold in the page cache and was not used lately is given back when asked for. */
function headroomOf({ folder, version }: ControlGroup): number {
  const [limitFile, usageFile, idleKey] =
    version === 2
      ? ["memory.max", "memory.current", "inactive_file"]
      : ["memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"];
  const limit = Number.parseInt(textOf(join(folder, limitFile)) ?? "", 10);
  const usage = Number.parseInt(textOf(join(folder, usageFile)) ?? "", 10);
  if (!Number.isFinite(limit) || !Number.isFinite(usage)) return Number.POSITIVE_INFINITY;
  return limit - usage + (numberIn(textOf(join(folder, "memory.stat")), idleKey) ?? 0);
}

function kibibytesIn(text: string | null, key: string): number | null {
  const value = numberIn(text, `${key}:`);
  return value === null ? null : value * 1024;
}

/** The number behind a word at the beginning of a line. */
function numberIn(text: string | null, word: string): number | null {
  for (const line of text?.split("\n") ?? []) {
    const [first, second] = line.split(/\s+/);
    if (first === word) return Number(second);
  }
  return null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
