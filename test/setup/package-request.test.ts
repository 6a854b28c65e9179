/** What `npm run package` is asked for, what it misses on a machine, and what it says at its end. */
import { join } from "node:path";
import { expect, test } from "vitest";

const tool = (name: string) => join(import.meta.dirname, "..", "..", "tools", "package", name);
interface Request {
  readonly systems: readonly { readonly name: string; readonly target: string; readonly kinds: readonly string[] }[];
  readonly flavour: string;
  readonly electron: string;
  readonly isFolderOnly: boolean;
}
interface Outcome {
  readonly title: string;
  readonly path?: string;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly reason?: string;
}
// Plain JavaScript, as all of set-up.
const { readRequest }: { readRequest(words: readonly string[], environment: NodeJS.ProcessEnv): Request } =
  await import(tool("systems.mjs"));
const { reportOf }: { reportOf(outcomes: readonly Outcome[]): readonly string[] } = await import(tool("report.mjs"));
const { programOf }: { programOf(name: string, environment: NodeJS.ProcessEnv): string } = await import(
  tool("programs.mjs")
);

const targets = (...words: readonly string[]) => readRequest(words, {}).systems.map(({ target }) => target);

test("systems are named in any order and once each; without a name it is this machine's", () => {
  expect(targets("--for", "windows,macos,windows")).toEqual(["win32-x64", "darwin-arm64"]);
  expect(targets("--for", "windows, linux")[0]).toBe("win32-x64");
  expect(targets()).toEqual([`${process.platform}-${process.arch}`]);
});

test("kinds that are named are made for the systems that have them", () => {
  const kinds = (...words: readonly string[]) => readRequest(words, {}).systems.map((system) => system.kinds);
  expect(kinds("--for", "linux,windows", "--kinds", "deb, exe")).toEqual([["deb"], ["exe"]]);
  expect(kinds("--for", "linux,windows")).toEqual([
    ["deb", "rpm", "AppImage"],
    ["zip", "exe"],
  ]);
  expect(() => kinds("--for", "linux,windows", "--kinds", "deb")).toThrow(
    "--kinds names none that is made for windows: choose of zip, exe.",
  );
  expect(() => readRequest(["--kinds", "msi"], {})).toThrow(/--kinds is "msi": choose of deb, rpm, AppImage, zip, exe/);
});

test("Electron is fetched from its site unless pip's is asked for or a folder was named", () => {
  const electron = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    readRequest(words, environment).electron;
  expect(electron([])).toBe("download");
  expect(electron(["--electron", "pip"])).toBe("pip");
  expect(electron([], { ELECTRON_OVERRIDE_DIST_PATH: "/somewhere" })).toBe("pip");
});

test("what is no choice is said with the choices", () => {
  expect(() => targets("--for", "linux,solaris")).toThrow('--for is "solaris": choose of linux, windows, macos.');
  expect(() => targets("--flavour", "tpu")).toThrow('--flavour is "tpu": choose of cpu, gpu.');
  expect(() => targets("--signed")).toThrow(/the choices are --for, --kinds, --flavour, --electron, --dir, --quick\.$/);
});

test("a missing program is said with the package of apt that brings it", () => {
  expect(() => programOf("makensis", { PATH: "/nowhere" })).toThrow(
    "makensis was not found: apt-get install nsis, and start again.",
  );
});

test("the end tells size and time of what was made, and the reason for each that was not", () => {
  expect(
    reportOf([
      { title: "deb for linux", path: "/made/strata.deb", bytes: 255_500_000, seconds: 12.4 },
      { title: "exe for windows", reason: "makensis was not found: apt-get install nsis, and start again." },
      { title: "bill of materials for linux", path: "/made/strata.cdx.json", bytes: 180_000 },
    ]),
  ).toEqual([
    "strata.deb         255.5 MB  12 s",
    "strata.cdx.json      0.2 MB",
    "not made: exe for windows: makensis was not found: apt-get install nsis, and start again.",
  ]);
});
