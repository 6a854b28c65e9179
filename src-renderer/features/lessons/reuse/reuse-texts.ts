/** Words of the lesson on feature reuse. */
import { count, counted } from "../../../lib/format.ts";

export const reuseTexts = {
  small: "A small network",
  smallAbout:
    "One input, layers of as many features each, one output. Choose a feature: every path from the input to it lights up.",
  layers: "Layers",
  features: "Features a layer",
  output: "the output",
  feature: (layer: number, place: number) => `feature ${place} of layer ${layer}`,
  pathsTo: (paths: number, unit: string) => `${paths === 1 ? "path" : "paths"} from the input to ${unit}`,
  unit: (unit: string, paths: number) => `${unit}: ${counted(paths, "path")}`,
  smallFrom: (features: number, layer: number) => `${features} features a layer, ${layer} layers before it`,
  networks: "The networks of the shelf",
  networksAbout:
    "A path leads from the input to a layer. Branches side by side are each a way on, and modules behind each other multiply; a layer that stands alone adds none. Thin lines are the other networks.",
  network: "Network",
  layersAxis: "convolutions and dense layers on the longest path",
  pathsAxis: "paths from the input",
  chart: (title: string) => `Paths through ${title}`,
  chartAbout: "Counted in the rows of each network’s table; thin lines are the other networks of the shelf.",
  doubled: "2ⁿ",
  doubledAbout: "two features a layer",
  /** 256 → `2⁸`. */
  power: (value: number) =>
    `2${[...String(Math.round(Math.log2(value)))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`,
  loading: "Asking for the networks",
  table: (title: string) => `${title}, row by row`,
  row: "Row",
  layersTo: "Layers to here",
  paths: "Paths to here",
  sentence: (title: string, layers: number, paths: number) =>
    `${title} comes to ${counted(paths, "path")} over ${count(layers)} layers; two features a layer would come to ${count(2 ** layers)}.`,
  origin: "the rows of the network’s table",
} as const;
