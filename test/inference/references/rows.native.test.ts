/** What each row of AlexNet, VGG and GoogLeNet gives, against torchvision's hooks on the same weights and picture: see make-golden-rows.py beside this file. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { preprocessing } from "../../../src-main/contract/weights.ts";
import { activationsOf } from "../../../src-main/inference/activations.ts";
import { formulaPicture, offBy, openFormulaNetwork, sampled } from "./formula-network.ts";

const rows = z.array(sampled.extend({ module: z.string() }));
const golden = z
  .record(z.string(), preprocessing.extend({ inputPixels: z.int(), rows }))
  .parse(JSON.parse(readFileSync(new URL("./golden-rows.json", import.meta.url), "utf8")));

/** Kinds of rows that torchvision has a module for, behind its rectifier, in the order in which both go. */
const withModule = ["convolution", "pool", "dense", "branches"];

it.each(Object.entries(golden))(
  "each row of %s gives what torchvision's does, to 1e-4 of its largest value",
  (id, one) => {
    const network = openFormulaNetwork(id, one);
    try {
      const own = network.architecture.rows.filter(({ kind }) => withModule.includes(kind));
      expect(own).toHaveLength(one.rows.length);
      const picture = formulaPicture(one.inputPixels);
      const off = own.map(({ name }, at) => {
        const there = one.rows[at]!;
        return { name, off: offBy(network.atRow(picture, name, activationsOf).values, there.module, there) };
      });
      expect(off.filter((row) => !(row.off < 1e-4))).toEqual([]);
    } finally {
      network.dispose();
    }
  },
);
