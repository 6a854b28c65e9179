import { expect, it } from "vitest";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { lastRows } from "../../src-main/engine/inference/last-layer.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";

it.each(architectures.map((architecture) => [architecture.id, architecture] as const))(
  "the last layer of %s has a column a class for each value of the row before it",
  (_, architecture) => {
    const classes = 7;
    const { takes, last } = lastRows(architecture);
    const kernel = listWeights(architecture, classes).find(({ name }) => name === `${last}/kernel`)!;
    expect(kernel.shape.at(-1)).toBe(classes);
    const rows = shapeRows(architecture, classes).rows;
    const output = rows.find(({ name }) => name === takes)!.output;
    const inputs = kernel.shape.slice(0, -1).reduce((product, side) => product * side, 1);
    // A 1×1 convolution takes each place of a grid by itself.
    expect([output.channels, output.height * output.width * output.channels]).toContain(inputs);
  },
);
