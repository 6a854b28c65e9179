import { expect, it } from "vitest";
import { buildNetwork } from "../../src-main/models/build.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";

it.each(architectures.map(({ id }) => id))("%s is built with the weights that the list says, in its order", (id) => {
  const architecture = scaleArchitecture(findArchitecture(id), { inputPixels: 64, width: 0.1 });
  const classes = 10;
  const network = buildNetwork(architecture, { classes, seed: 1, dropout: null, auxiliaryWeight: null });
  const built = network.weights.map(({ name, variable }) => [name, variable.shape]);
  network.dispose();
  expect(built).toEqual(listWeights(architecture, classes).map(({ name, shape }) => [name, shape]));
});
