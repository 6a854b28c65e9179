/**
 * What is inside the packages of a system, as CycloneDX has it (https://cyclonedx.org/docs/1.5/json). npm writes down every package of the lockfile; of those
 * stay the ones that go along, and beside them comes what npm does not know: TensorFlow's wheels, and an Electron that npm did not bring.
 */
import { callNpm } from "../set-up/dependencies.mjs";
import { SetUpProblem } from "../set-up/problem.mjs";

const DEVELOPMENT = "cdx:npm:package:development";
/** Of wheels whose terms have a name among SPDX's; the packages' folder `licences` has the texts of all. */
const LICENCES = { tensorflow: "Apache-2.0", "tensorflow-cpu": "Apache-2.0" };

/**
 * @param {string} root of the clone
 * @param {{ packages: readonly string[], others: readonly object[] }} inside names with versions (`fastify@5.12.8`) of npm's packages that go along, and the
 * components that are none of npm's
 * @returns {Promise<object>} the document
 */
export async function billOfMaterials(root, inside) {
  const output = await callNpm(["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], root);
  return keepShipped(JSON.parse(output), inside);
}

/** @param document npm's, of the whole lockfile */
export function keepShipped(document, { packages, others }) {
  const wanted = new Set(packages);
  const known = new Set(document.components.map((component) => component["bom-ref"]));
  const unknown = packages.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new SetUpProblem(`npm's bill of materials has no ${unknown.join(", ")}: run npm ci, and start again.`);
  const { metadata } = document;
  const app = metadata.component["bom-ref"];
  // npm takes the clone's folder for the name.
  metadata.component = { ...metadata.component, type: "application", name: "Strata" };
  metadata.lifecycles = [{ phase: "build" }];
  document.components = [
    ...document.components.filter((component) => wanted.has(component["bom-ref"])).map(asShipped),
    ...others,
  ];
  const refs = others.map((component) => component["bom-ref"]);
  document.dependencies = document.dependencies
    .filter(({ ref }) => ref === app || wanted.has(ref))
    .map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn: [...dependsOn.filter((name) => wanted.has(name)), ...(ref === app ? refs : [])],
    }));
  return document;
}

/** What the pages are built from is a tool's affair to npm, and goes along all the same. */
function asShipped(component) {
  const properties = component.properties?.filter(({ name }) => name !== DEVELOPMENT);
  return { ...component, scope: "required", ...(properties ? { properties } : {}) };
}

/** A wheel of the manifest. */
export function componentOfWheel(wheel) {
  const purl = `pkg:pypi/${wheel.package}@${wheel.version}`;
  const licence = LICENCES[wheel.package];
  return {
    ...{ "bom-ref": purl, type: "library", name: wheel.package, version: wheel.version, scope: "required", purl },
    hashes: [{ alg: "SHA-256", content: wheel.sha256 }],
    ...(licence ? { licenses: [{ license: { id: licence } }] } : {}),
  };
}

/** An Electron in a folder. @param {string} origin where it is from, in words */
export function componentOfElectron(version, origin) {
  const purl = `pkg:github/electron/electron@v${version}`;
  return {
    ...{ "bom-ref": purl, type: "framework", name: "electron", version, scope: "required", purl, description: origin },
    licenses: [{ license: { id: "MIT" } }],
  };
}
