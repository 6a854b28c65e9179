/** Figures in what commands print, for people and as tables for other programs, that do not say their split, their unit or their number of pictures. */
import { metrics } from "../../src-main/domain/metrics/metrics.ts";
import { unnamedFigure } from "./figure-rule.ts";

/** How often pictures were looked at does not say that figures are of them. */
const withoutLooks = (line: string) => line.replace(/[^.]*\bwere looked at \d.*$/, "");
const isRule = (line: string) => /^─[─ ]*$/.test(line);

/** By the terminal's means: a table is named by its heads and by the paragraph after it, a sentence by itself and the line that ends with a colon above it. */
export function unnamedInTerminal(text: string): readonly string[] {
  const paragraphs = text.split(/\n{2,}/).map((part) => part.split("\n").filter((line) => line !== ""));
  return paragraphs.flatMap((lines, at) => {
    const rule = lines.findIndex(isRule);
    if (rule < 1) {
      const heading = lines.find((line) => line.endsWith(":")) ?? "";
      // What all items of a list have in common stands below it.
      const below = lines
        .filter((line) => !line.startsWith("- "))
        .map(withoutLooks)
        .join(" · ");
      return lines.flatMap((said) => {
        const around = said.startsWith("- ") ? `${heading} · ${below}` : heading;
        return unnamedFigure({ said, own: "", around }) ?? [];
      });
    }
    const foot = paragraphs[at + 1] ?? [];
    const named = foot.map(withoutLooks);
    const columns = [...lines[rule]!.matchAll(/─+/g)].map(
      ({ index, 0: { length } }) => [index, index + length] as const,
    );
    const cut = (line: string) => columns.map(([from, to]) => line.slice(from, to).trim());
    const heads = cut(lines[rule - 1]!);
    return lines.slice(rule + 1).flatMap((line) => {
      const cells = cut(line);
      const counted = heads.flatMap((head, column) => {
        if (head === "pictures") return [`${cells[column]} pictures`];
        // `61 test`, `20 val`
        return head === "on" ? [cells[column]!.replace(/val$/, "validation").replace(/$/, " pictures")] : [];
      });
      const around = [...heads, ...counted, ...named].join(" · ");
      return cells.flatMap((said, column) => {
        const own = column === 0 ? (heads[0] ?? "") : `${heads[column]} · ${cells[0]}`;
        return unnamedFigure({ said, own, around }) ?? [];
      });
    });
  });
}

/** Heads of figures, in whatever letters and with their split before them. */
const figureHead = new RegExp(
  `(?:^|\\.)(?:${metrics.flatMap(({ id, formula }) => (formula === null ? [] : [id])).join("|")}|value|\\w*accuracy\\w*|\\w*confidence\\w*|\\w*probability|precision|recall|f1)\\b`,
  "i",
);
const units = /\[[^\]]+\]$/;

/** Of the first line; those with a comma are quoted. Settings stand apart from figures, and one is a precision. */
function headsOf(text: string): readonly string[] {
  const line = text.slice(0, text.indexOf("\n"));
  const heads = Array.from(line.matchAll(/"([^"]*)"|([^,]+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
  return heads.filter((head) => !head.startsWith("training."));
}

/** By the means of a table: a head has its split and its unit, and there is a column for each split's pictures; or columns of the row say all three. */
export function unnamedInCsv(text: string): readonly string[] {
  const heads = headsOf(text);
  const has = (name: string) => heads.includes(name);
  return heads
    .filter((head) => figureHead.test(head))
    .flatMap((head) => {
      const split = /^(test|validation|best)\./.exec(head)?.[1];
      const missing = [
        ...(split !== undefined || has("split") ? [] : ["its split"]),
        ...(units.test(head) || has("unit") ? [] : ["its unit"]),
        // A line of answers is of the one picture that it names.
        ...((split === undefined ? has("pictures") || has("picture") : has(`${split}.pictures`))
          ? []
          : ["its number of pictures"]),
      ];
      return missing.length === 0 ? [] : [`${head} does not say ${missing.join(", ")}`];
    });
}

/** How many columns of figures a table has. */
export const figuresInCsv = (text: string): number => headsOf(text).filter((head) => figureHead.test(head)).length;
