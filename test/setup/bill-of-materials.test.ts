/** What a package's bill of materials names: npm's list, cut to what goes along, and the parts that npm does not know. */
import { join } from "node:path";
import { expect, test } from "vitest";

interface Component {
  readonly "bom-ref": string;
  readonly name?: string;
  readonly purl?: string;
  readonly scope?: string;
  readonly hashes?: readonly object[];
  readonly properties?: readonly object[];
}
interface Document {
  readonly metadata: { readonly component: Component; readonly lifecycles?: readonly object[] };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}
interface Tool {
  keepShipped(
    document: Document,
    inside: { readonly packages: readonly string[]; readonly others: readonly Component[] },
  ): Document;
  componentOfWheel(wheel: { readonly package: string; readonly version: string; readonly sha256: string }): Component;
}
const { keepShipped, componentOfWheel }: Tool = await import(
  join(import.meta.dirname, "..", "..", "tools", "package", "bill-of-materials.mjs")
);

const wheel = componentOfWheel({ package: "tensorflow", version: "2.21.0", sha256: "ab12" });
/** As npm writes it, of a clone in the folder `clone`. */
const ofNpm = (): Document => ({
  metadata: { component: { "bom-ref": "strata@0.1.0", name: "clone" } },
  components: [
    { "bom-ref": "zod@4.0.0", scope: "required", properties: [] },
    {
      "bom-ref": "svelte@5.0.0",
      scope: "optional",
      properties: [{ name: "cdx:npm:package:development", value: "true" }],
    },
    { "bom-ref": "vitest@5.0.0", scope: "optional" },
  ],
  dependencies: [
    { ref: "strata@0.1.0", dependsOn: ["zod@4.0.0", "svelte@5.0.0", "vitest@5.0.0"] },
    { ref: "svelte@5.0.0", dependsOn: ["vitest@5.0.0"] },
    { ref: "vitest@5.0.0" },
  ],
});

test("what only builds is left out, what the pages are built from is required, and wheels come beside", () => {
  const { metadata, components, dependencies } = keepShipped(ofNpm(), {
    packages: ["zod@4.0.0", "svelte@5.0.0"],
    others: [wheel],
  });
  expect(metadata.component.name).toBe("Strata");
  expect(components.map((component) => [component["bom-ref"], component.scope])).toEqual([
    ["zod@4.0.0", "required"],
    ["svelte@5.0.0", "required"],
    ["pkg:pypi/tensorflow@2.21.0", "required"],
  ]);
  expect(components[1]?.properties).toEqual([]);
  expect(dependencies).toEqual([
    { ref: "strata@0.1.0", dependsOn: ["zod@4.0.0", "svelte@5.0.0", "pkg:pypi/tensorflow@2.21.0"] },
    { ref: "svelte@5.0.0", dependsOn: [] },
  ]);
});

test("a wheel stands with the hash by which it is fetched", () => {
  expect(wheel).toMatchObject({
    purl: "pkg:pypi/tensorflow@2.21.0",
    hashes: [{ alg: "SHA-256", content: "ab12" }],
    licenses: [{ license: { id: "Apache-2.0" } }],
  });
});

test("a package that goes along and is not in npm's list stops it", () => {
  expect(() => keepShipped(ofNpm(), { packages: ["left-pad@1.0.0"], others: [] })).toThrow("has no left-pad@1.0.0");
});
