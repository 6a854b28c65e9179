import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  freeMemoryBytes,
  type MemoryFiles,
  makePreferredVictim,
  memoryOfProcess,
  openKillCount,
} from "../../src-main/platform/memory.ts";

/** The system's files as a folder of our own; a path begins with `proc` or `groups`. */
function system(files: Readonly<Record<string, string>>): MemoryFiles & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "strata-memory-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, proc: join(folder, "proc"), controlGroups: join(folder, "groups") };
}

const meminfo = "MemTotal:       16000 kB\nMemFree:         1000 kB\nMemAvailable:    8000 kB\n";

test("what a process holds and held at most is read from its status", () => {
  const files = system({ "proc/7/status": "Name:\tnode\nVmHWM:\t  3000 kB\nVmRSS:\t  2000 kB\n" });
  expect(memoryOfProcess(7, files)).toEqual({ residentBytes: 2000 * 1024, peakBytes: 3000 * 1024 });
  expect(memoryOfProcess(8, files)).toBeNull();
});

test("of itself a process knows it on every system", () => {
  const { residentBytes, peakBytes } = memoryOfProcess(process.pid, system({}))!;
  expect(residentBytes).toBeGreaterThan(10e6);
  expect(peakBytes).toBeGreaterThan(10e6);
});

test("without a limit, what the system calls available is free", () => {
  const files = system({
    "proc/meminfo": meminfo,
    "proc/7/cgroup": "0::/app\n",
    "groups/app/memory.max": "max\n",
    "groups/app/memory.current": "1000\n",
  });
  expect(freeMemoryBytes(7, files)).toBe(8000 * 1024);
});

test("a container's limit counts, less what is in use and cannot be given back", () => {
  const files = system({
    "proc/meminfo": meminfo,
    "proc/7/cgroup": "0::/app/inner\n",
    "groups/app/memory.max": "1000000\n",
    "groups/app/memory.current": "900000\n",
    "groups/app/memory.stat": "anon 1\ninactive_file 300000\nactive_file 5\n",
    "groups/app/inner/memory.max": "max\n",
    "groups/app/inner/memory.current": "5000\n",
  });
  expect(freeMemoryBytes(7, files)).toBe(400_000);
});

test("a limit by control groups of the first version counts too", () => {
  const files = system({
    "proc/meminfo": meminfo,
    "proc/7/cgroup": "4:cpu,cpuacct:/else\n3:memory:/box\n0::/\n",
    "groups/memory/box/memory.limit_in_bytes": "1000000\n",
    "groups/memory/box/memory.usage_in_bytes": "900000\n",
    "groups/memory/box/memory.stat": "inactive_file 1\ntotal_inactive_file 200000\n",
    "groups/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "groups/memory/memory.usage_in_bytes": "900000\n",
  });
  expect(freeMemoryBytes(7, files)).toBe(300_000);
});

test("a container that is seen from inside, where its path does not exist, is limited by its root", () => {
  const files = system({
    "proc/meminfo": meminfo,
    "proc/7/cgroup": "0::/docker/abc\n",
    "groups/memory.max": "2000000\n",
    "groups/memory.current": "500000\n",
  });
  expect(freeMemoryBytes(7, files)).toBe(1_500_000);
});

test("the limits that a process was started with count too", () => {
  const files = system({
    "proc/meminfo": meminfo,
    "proc/7/status": "VmSize:\t  2000 kB\nVmData:\t  1000 kB\n",
    "proc/7/limits":
      "Limit                     Soft Limit           Hard Limit           Units     \n" +
      "Max data size             unlimited            unlimited            bytes     \n" +
      "Max address space         4096000              unlimited            bytes     \n",
  });
  expect(freeMemoryBytes(7, files)).toBe(2000 * 1024);
});

test("processes ended for want of memory are counted where the group of the process keeps count", () => {
  const files = system({
    "proc/7/cgroup": "0::/app\n",
    "proc/vmstat": "pgfault 5\noom_kill 9\n",
    "groups/app/memory.events": "oom 1\noom_kill 2\noom_group_kill 0\n",
  });
  const killed = openKillCount(7, files)!;
  expect(killed()).toBe(2);
  // The process and its entry are gone by the time that it matters.
  rmSync(join(files.proc, "7"), { recursive: true });
  writeFileSync(join(files.controlGroups, "app/memory.events"), "oom 2\noom_kill 3\n");
  expect(killed()).toBe(3);
});

test("else the count is the whole system's, and null where there is none", () => {
  expect(openKillCount(7, system({ "proc/7/cgroup": "0::/\n", "proc/vmstat": "oom_kill 4\n" }))!()).toBe(4);
  expect(openKillCount(7, system({}))).toBeNull();
});

test("a process can be made the first to go, or the system says no", () => {
  const files = system({ "proc/7/oom_score_adj": "0" });
  expect(makePreferredVictim(7, files)).toBe(true);
  expect(Number(readFileSync(join(files.proc, "7/oom_score_adj"), "utf8"))).toBeGreaterThan(0);
  expect(makePreferredVictim(8, files)).toBe(false);
});
