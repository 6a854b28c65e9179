/** Pictures whose bytes stand more than once where that does harm: in two splits the test is spoilt, under two labels one is wrong. */
import type { PictureProblem } from "../contract/dataset.ts";
import type { Example } from "./example.ts";

/** One warning for each copy that differs from the first of its kind; all of them are used. */
export function findCopies(examples: readonly Example[]): readonly PictureProblem[] {
  const firsts = new Map<string, Example>();
  const problems: PictureProblem[] = [];
  for (const example of examples) {
    const first = firsts.get(example.contentHash);
    if (!first) firsts.set(example.contentHash, example);
    else {
      const { name } = example;
      if (first.split !== example.split) problems.push({ code: "duplicate-across-splits", name, isSkipped: false });
      if (first.label !== example.label) problems.push({ code: "duplicate-across-classes", name, isSkipped: false });
    }
  }
  return problems;
}
