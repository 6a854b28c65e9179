/** A disk of a few megabytes, really mounted: it can be filled, emptied and made read-only. Needs Linux and the right to mount. */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left; again, what became free meanwhile. */
  fill(): void;
  /** Gives the room back. */
  empty(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), "strata-disk-"));
  mount("-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path);
  const filler = join(path, "filler");
  return {
    path,
    fill() {
      // The system writes what fits and then says that there is no more room.
      try {
        appendFileSync(filler, new Uint8Array((megabytes + 1) * 2 ** 20));
      } catch {
        return;
      }
      throw new Error(`More than ${megabytes} MiB fit on a disk of as much`);
    },
    empty: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => mount("-o", `remount,${isReadOnly ? "ro" : "rw"}`, path),
    unmount() {
      execFileSync("umount", ["--lazy", path], { stdio: "ignore" });
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function mount(...words: readonly string[]): void {
  execFileSync("mount", words, { stdio: "ignore" });
}

export const canMount = ((): boolean => {
  try {
    mountSmallDisk(1).unmount();
    return true;
  } catch {
    return false;
  }
})();
