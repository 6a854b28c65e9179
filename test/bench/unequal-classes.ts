/**
 * Makes a set of unequal classes of one with equal ones, by links: `node test/bench/unequal-classes.ts <folder with train and test> <new folder>`. Of bird, deer
 * and truck it keeps 25 training pictures and 25 test pictures, the first by name. Results stand in docs/results.md.
 */
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const small = new Set(["bird", "deer", "truck"]);
const mostOfSmall = 25;

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error("Name the folder and a new one.");
for (const split of ["train", "test"])
  for (const className of readdirSync(join(from, split))) {
    const into = join(to, split, className);
    mkdirSync(into, { recursive: true });
    const names = readdirSync(join(from, split, className)).sort();
    for (const name of small.has(className) ? names.slice(0, mostOfSmall) : names)
      symlinkSync(resolve(from, split, className, name), join(into, name));
  }
