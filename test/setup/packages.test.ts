/** npm's part of set-up: what counts as installed, and what is said when npm fails. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { outcomeOf } from "./support/tiny-runtime.ts";

const dependencies = join(import.meta.dirname, "..", "..", "tools", "set-up", "dependencies.mjs");
const program = `
import { areInstalled, installPackages } from ${JSON.stringify(dependencies)};
const [action, folder] = process.argv.slice(1);
if (action === "look") console.log(areInstalled(folder));
else await installPackages(folder).catch((thrown) => console.log(thrown.message));
`;
const noRegistry = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "strata-clone-"));
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

const ask = (action: "look" | "install", environment: NodeJS.ProcessEnv = {}) =>
  outcomeOf(process.execPath, ["--input-type=module", "-e", program, action, clone], environment);

function write(path: string, content: unknown) {
  mkdirSync(join(clone, path, ".."), { recursive: true });
  writeFileSync(join(clone, path), JSON.stringify(content));
}

function writeClone(wanted: Record<string, string>, locked: Record<string, object>) {
  write("package.json", { name: "clone", version: "1.0.0", dependencies: wanted });
  const packages = { "": { name: "clone", version: "1.0.0", dependencies: wanted }, ...locked };
  write("package-lock.json", { name: "clone", version: "1.0.0", lockfileVersion: 3, requires: true, packages });
}

const left = { version: "1.0.0", integrity: "sha512-AAAA" };
const foreign = { version: "1.0.0", optional: true, os: ["aix"] };

test("installed means: npm finished, each version is the lockfile's, and only optional packages are missing", async () => {
  writeClone({ left: "1.0.0" }, { "node_modules/left": left, "node_modules/foreign": foreign });
  const look = async () => (await ask("look")).stdout;
  mkdirSync(join(clone, "node_modules", "left"), { recursive: true });
  expect(await look()).toBe("false"); // npm was stopped before it wrote its list
  write("node_modules/.package-lock.json", { packages: { "node_modules/left": left } });
  expect(await look()).toBe("true");
  write("node_modules/.package-lock.json", { packages: { "node_modules/left": { ...left, version: "0.9.0" } } });
  expect(await look()).toBe("false");
});

test("without network npm's failure is one sentence", async () => {
  writeClone({ left: "1.0.0" }, { "node_modules/left": left });
  const { stdout } = await ask("install", noRegistry);
  expect(stdout).toBe("npm could not reach its registry: check the network or npm's proxy, and start again.");
});

test("a package.json that the lockfile does not know is one sentence", async () => {
  writeClone({}, {});
  write("package.json", { name: "clone", version: "1.0.0", dependencies: { left: "1.0.0" } });
  const { stdout } = await ask("install", noRegistry);
  expect(stdout).toMatch(/^(package.json and package-lock.json do not match|npm could not reach its registry)/);
});

test("without npm that is said", async () => {
  writeClone({}, {});
  const { stdout } = await ask("install", { PATH: "/nowhere", npm_execpath: "" });
  expect(stdout).toBe("npm was not found: install Node.js with npm, and start again.");
});
