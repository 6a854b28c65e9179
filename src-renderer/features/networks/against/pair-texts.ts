/** Words of two networks side by side. */
import type { ArchitectureView, ShapedRow } from "../../../../src-main/contract/architecture.ts";
import {
  type AlignedNode,
  alignedLayers,
  type DifferenceCounts,
  type NodeDifference,
} from "../../../../src-main/domain/networks/network-differences.ts";
import type { FieldChange } from "../../../../src-main/domain/networks/row-fields.ts";
import { shapeText } from "../../../entities/network/network-texts.ts";
import { count, counted, magnitude, pixels } from "../../../lib/format.ts";

const signed = (value: number): string => {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${magnitude(Math.abs(value))}`;
};
/** One where both are the same. */
const fromTo = (first: string | null, second: string | null): string =>
  first === second ? (first ?? "") : `${first ?? "–"} → ${second ?? "–"}`;
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
const marks: Readonly<Record<NodeDifference, string>> = { same: "=", changed: "≠", gone: "−", new: "+" };

export const pairTexts = {
  over: "Two networks side by side",
  title: "What changed?",
  titleOf: (first: string, second: string) => `${first} → ${second}`,
  first: "First network",
  second: "Second network",
  swap: "Change places",
  option: ({ title, variant }: ArchitectureView) => `${title}, ${variant}`,
  steps: "From GoogLeNet to Inception-v3",
  loading: "Asking for both networks",
  noCompact: "One of the two has no compact size.",
  link: "Two side by side",
  linkFrom: "Set beside another",
  totals: "Totals",
  equal: "the same",
  totalsRows: (first: ArchitectureView, second: ArchitectureView) => {
    const row = (name: string, of: (view: ArchitectureView) => number, told: (value: number) => string = magnitude) => {
      const [a, b] = [of(first), of(second)];
      const ratio = a > 0 && b > 0 ? `, × ${(b / a).toFixed(2)}` : "";
      return {
        name,
        both: fromTo(told(a), told(b)),
        difference: a === b ? pairTexts.equal : `${signed(b - a)}${ratio}`,
      };
    };
    return [
      row("Parameters", ({ parameters }) => parameters),
      row("In auxiliary heads", ({ auxiliaryParameters }) => auxiliaryParameters),
      row("Multiply-adds", ({ multiplyAdds }) => multiplyAdds),
      row("Activations, values", ({ activationBytes }) => activationBytes / 4),
      row("Longest path, layers", ({ longestPathLayers }) => longestPathLayers, count),
      row(
        "Receptive field",
        ({ receptiveFieldPixels }) => receptiveFieldPixels,
        (value) => pixels(value),
      ),
      row("Paths", ({ paths }) => paths),
    ];
  },
  origin:
    "All figures are calculated from the rows of both networks. Same layers on another grid cost other multiply-adds.",
  sheet: "Module by module",
  shown: "Which rows",
  shownOptions: [
    { value: "differs", label: "What differs" },
    { value: "all", label: "All" },
  ],
  openAll: "Open all",
  closeAll: "Close all",
  table: (first: string, second: string) => `${first} and ${second}, module by module`,
  row: "Row",
  changed: "What changed",
  output: "Out",
  parameters: "Parameters",
  multiplyAdds: "Multiply-adds",
  nothing: "The two have the same layers, row by row.",
  mark: (difference: NodeDifference) => marks[difference],
  word: (difference: NodeDifference, { first, second }: { readonly first: string; readonly second: string }) =>
    ({ same: "same", changed: "changed", gone: `only in ${first}`, new: `only in ${second}` })[difference],
  name: ({ first, second }: AlignedNode) =>
    first && second && first.title !== second.title ? `${first.title} → ${second.title}` : (first ?? second)!.title,
  change: ({ field, first, second }: FieldChange) => `${field} ${first} → ${second}`,
  changes: (node: AlignedNode): string => {
    if (node.changes.length > 0) return node.changes.map(pairTexts.change).join(" · ");
    const alone = node.first === null ? node.second : node.second === null ? node.first : null;
    return alone ? alone.detail : pairTexts.inside(node);
  },
  /** What changed inside of a stage, a module or a branch: kernels with their sizes, other fields by name, and layers that came or went. */
  inside: ({ children }: AlignedNode): string => {
    const layers = alignedLayers(children);
    const changes = layers.flatMap((layer) => layer.changes);
    const isNamed = ({ field }: FieldChange) => field === "kernel" || field === "operation";
    const kernels = changes.filter(isNamed).map(pairTexts.change);
    const fields = changes.filter((change) => !isNamed(change)).map(({ field }) => field);
    const [came, went] = (["new", "gone"] as const).map(
      (difference) => layers.filter((layer) => layer.difference === difference).length,
    );
    return [
      ...new Set(kernels),
      ...new Set(fields),
      ...(came ? [`+${counted(came, "layer")}`] : []),
      ...(went ? [`−${counted(went, "layer")}`] : []),
    ].join(" · ");
  },
  outputText: ({ first, second }: AlignedNode) => {
    const told = (row: ShapedRow | undefined) => (row === undefined ? null : shapeText(row.output));
    return pairTexts.both(told(first?.row), told(second?.row));
  },
  costText: ({ first, second }: AlignedNode, what: "parameters" | "multiplyAdds") => {
    const told = (value: number | undefined) => (value === undefined ? null : magnitude(value));
    return pairTexts.both(told(first?.[what]), told(second?.[what]));
  },
  both: (first: string | null, second: string | null) =>
    first === null ? (second ?? "") : second === null ? first : fromTo(first, second),
  summary: (
    { layers, fields }: DifferenceCounts,
    first: string,
    second: string,
    most: { readonly node: AlignedNode; readonly difference: number } | null,
  ) => {
    const pairs = layers.same + layers.changed;
    const told = [
      `Of ${counted(pairs, "layer")} that stand for each other ${count(layers.same)} ${layers.same === 1 ? "is" : "are"} the same and ${count(layers.changed)} changed; ${count(layers.gone)} ${layers.gone === 1 ? "is" : "are"} only in ${first}, ${count(layers.new)} only in ${second}.`,
      fields.length === 0
        ? ""
        : `Changed: ${listed(fields.map(({ field, layers: of }) => `${field} in ${count(of)}`))}.`,
      most === null
        ? ""
        : `The largest difference in multiply-adds lies in ${pairTexts.name(most.node)}: ${signed(most.difference)}.`,
    ];
    return told.filter((sentence) => sentence !== "").join(" ");
  },
  alignmentAbout:
    "Rows are paired by place, kind and likeness, branches by likeness alone. Names differ from paper to paper and are no change; nor is a grid of another size, which comes with the input.",
} as const;
