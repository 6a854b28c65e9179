/** What goes along with a package of ours, and under which terms. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomeOf } from "./support/tiny-runtime.ts";

const root = join(import.meta.dirname, "..", "..");
const tool = (name: string) => JSON.stringify(join(root, "tools", "package", name));
const said = async (expression: string) => {
  const program = `
import { licenceOf } from ${tool("licences.mjs")};
import { productionPackages } from ${tool("stage.mjs")};
const root = ${JSON.stringify(root)};
console.log(${expression});`;
  return (await outcomeOf(process.execPath, ["--input-type=module", "-e", program], {})).stdout;
};

test("a package under the Apache licence that brings no text of it gets that text", async () => {
  const text = await said(`licenceOf(root, "node_modules/@bufbuild/protobuf")`);
  expect(text).toContain("licence: (Apache-2.0 AND BSD-3-Clause)");
  expect(text).toContain("Version 2.0, January 2004");
});

test("what reads protocol buffers goes along, and what generates its code stays behind", async () => {
  const packages = await said(`productionPackages(root).filter((path) => path.includes("@bufbuild")).join()`);
  expect(packages).toBe("node_modules/@bufbuild/protobuf");
});
