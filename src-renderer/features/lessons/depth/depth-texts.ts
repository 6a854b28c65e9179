/** Words of the lesson on depth and error. */
import type { ExperimentSummary } from "../../../../src-main/contract/experiment.ts";
import type { PublishedError } from "../../../../src-main/domain/lessons/published-errors.ts";
import { roundedDecimal } from "../../../../src-main/domain/rounding.ts";
import { count, counted, magnitude, percent } from "../../../lib/format.ts";
import { isolated } from "../../../lib/names.ts";
import type { Measured } from "../own-error.ts";
import type { OwnPoint } from "./own-points.ts";

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** `500 validation pictures` */
function picturesOf({ pictures }: OwnPoint, split: "validation" | "test"): string {
  const known = pictures[split];
  return known === null ? `the ${split} pictures` : counted(known, `${split} picture`);
}

export const depthTexts = {
  sheet: "Depth and error",
  loading: "Asking for the networks",
  costs: "What error is drawn against",
  costOptions: [
    { value: "layers", label: "Depth" },
    { value: "year", label: "Year" },
    { value: "parameters", label: "Parameters" },
    { value: "multiplyAdds", label: "Multiply-adds" },
    { value: "minutes", label: "Minutes" },
  ],
  costAxis: {
    layers: "weight layers, by the paper’s count",
    year: "year",
    parameters: "parameters, without auxiliary heads (logarithmic)",
    multiplyAdds: "multiply-adds of one picture, forward (logarithmic)",
    minutes: "minutes in steps of training, on this machine",
  },
  minutesTick: (minutes: number) => roundedDecimal(minutes, minutes > 0 && minutes < 2 ? 1 : 0),
  percentTick: (share: number) => percent(share, 0),
  entries: "What a published figure is of",
  entryOptions: [
    { value: "together", label: "As entered" },
    { value: "alone", label: "One network" },
  ],
  splits: "Pictures that your error is of",
  splitOptions: [
    { value: "validation", label: "Validation" },
    { value: "test", label: "Test" },
  ],
  errorAxis: (kind: "published" | "own" | "both", split: string) =>
    ({
      published: "top-5 error",
      own: `top-1 error, ${split} pictures`,
      both: `error: published top-5, yours top-1 on ${split} pictures`,
    })[kind],
  publishedLegend: "Published, ImageNet, top-5",
  ownLegend: (dataset: string) => `Yours, ${isolated(dataset)}, top-1`,
  person: ({ label, value }: PublishedError) => `${label} ${value} %`,
  noPublishedMinutes: "Papers name no minutes on your machine: published figures are left out here.",
  noOwnYear: "Your runs are of no year: they are left out here.",
  differs: (datasets: readonly string[]) =>
    `Two kinds of error on one axis: published points are of ImageNet (1,000 classes, wrong if not among five answers), yours of ${listed(
      datasets.map(isolated),
    )} (wrong if not the first answer). Compare which way they go, not how high they stand.`,
  severalSets: "Your experiments are on different pictures: each set has marks and a Pareto line of its own.",
  testApart:
    "Test pictures are for the last look. Whoever chooses a network by them chooses too well, so no Pareto line is drawn.",
  publishedSaid: (entry: "alone" | "together", shown: readonly PublishedError[]) => {
    const networks = shown.filter(({ network }) => network !== null);
    const [first, last] = [networks[0], networks.at(-1)];
    if (!first || !last) return "";
    const what = entry === "together" ? "Several networks together" : "One network by itself";
    return `${what}: from ${first.name} (${first.layers} layers) with ${roundedDecimal(first.value, 1)} % to ${last.name} (${last.layers} layers) with ${roundedDecimal(last.value, 1)} %. The shallow system of 2011 had 25.8 %, a person who practised 5.1 %. Depth is not all that changed from year to year: so did the modules, normalisation and the number of looks at each picture.`;
  },
  /** The best is chosen by validation, also where the error on the test pictures is told. */
  ownSaid: (points: readonly OwnPoint[], split: "validation" | "test") => {
    const told = points.flatMap((point) => {
      const [chosenBy, shown] = [point.error.validation, point.error[split]];
      return chosenBy && shown ? [{ point, chosenBy: chosenBy.mean, shown: shown.mean }] : [];
    });
    const [best] = [...told].sort((a, b) => a.chosenBy - b.chosenBy);
    const [deepest] = [...told].sort((a, b) => b.point.layers - a.point.layers || a.chosenBy - b.chosenBy);
    if (!best || !deepest) return "";
    const depth = told.every(({ point }) => point.layers === deepest.point.layers)
      ? "All are as deep: they say nothing of depth."
      : best.point.layers === deepest.point.layers
        ? "None is deeper."
        : `The deepest, ${deepest.point.title} (${deepest.point.layers} layers), errs on ${percent(deepest.shown)}.`;
    const { title, layers } = best.point;
    const name = `${title} (${counted(layers, "layer")})`;
    const of = (which: "validation" | "test") => picturesOf(best.point, which);
    return split === "validation"
      ? `Of your ${counted(told.length, "network")} ${name} errs least: on ${percent(best.shown)} of ${of("validation")}. ${depth}`
      : `${name}, which erred least of your ${counted(told.length, "network")} on the validation pictures, errs on ${percent(best.shown)} of ${of("test")}. ${depth}`;
  },
  frontSaid: (front: readonly string[], uncertain: readonly (readonly [string, string])[]) =>
    `On the Pareto line ${front.length === 1 ? "stands" : "stand"} ${listed(front)}: no other costs less and errs less at once, by the means.${
      uncertain.length === 0
        ? ""
        : ` The intervals of ${uncertain.map(([a, b]) => `${a} and ${b}`).join("; of ")} overlap: with other seeds they may change places.`
    }`,
  sentence: (cost: string, said: readonly string[]) => `Error against ${cost}. ${said.join(" ")}`,
  publishedTitle: ({ name, value, taken, pictures, year }: PublishedError) =>
    `${name}, ${year}: ${value} % top-5 error on ImageNet’s ${pictures} pictures, ${taken}`,
  ownTitle: (point: OwnPoint, error: Measured, split: "validation" | "test") =>
    `${point.title}: ${percent(error.mean)} top-1 error on ${picturesOf(point, split)} of ${isolated(point.dataset.name)}, ${counted(point.finished, "run")}`,

  experiments: "Experiments that vary the network",
  experiment: ({ id, finished, runs }: ExperimentSummary) =>
    `Experiment ${id}: ${finished} of ${counted(runs, "run")} finished`,
  older: "Older experiments",
  noOwn: "No experiment on record compares networks yet, or none of its runs has finished.",
  fill: "Fill this chart on my pictures",
  fillAbout: (networks: number) =>
    `“Fill this chart on my pictures” prepares ${counted(networks, "network")}, one a family and each by its own compact preset, with three seeds: ${count(3 * networks)} runs. You choose the pictures on the Train page, see there how long it takes, and start it.`,

  publishedTable: "Published figures and their sources",
  publishedTableScroll: "Published figures, one a row",
  ownTable: "Your figures",
  ownTableScroll: "Your figures, network by network",
  network: "Network",
  year: "Year",
  layers: "Layers",
  parameters: "Parameters",
  multiplyAdds: "Multiply-adds",
  minutes: "Minutes",
  runs: "Runs",
  error: "Top-5 error",
  taken: "How it was taken",
  pictures: "Pictures",
  source: "Source",
  validation: "Top-1 error, validation",
  test: "Top-1 error, test",
  ownPictures: "Validation, test pictures",
  ownPicturesValue: ({ pictures: { validation, test } }: OwnPoint) =>
    [validation, test].map((pictures) => (pictures === null ? "–" : count(pictures))).join("; "),
  front: "On the Pareto line",
  isOnFront: "yes",
  none: "–",
  /** With the decimals that are printed, one at least. */
  publishedValue: (value: number) => `${Number.isInteger(value) ? value.toFixed(1) : value} %`,
  minutesValue: ({ mean, interval }: Measured) => {
    const digits = mean < 1 ? 2 : 1;
    const told = (minutes: number) => roundedDecimal(minutes, digits);
    return interval ? `${told(mean)} (${told(interval.low)} to ${told(interval.high)})` : told(mean);
  },
  errorValue: (error: Measured | null) => {
    if (error === null) return "–";
    return error.interval
      ? `${percent(error.mean)} (${roundedDecimal(100 * error.interval.low, 1)} to ${roundedDecimal(100 * error.interval.high, 1)})`
      : percent(error.mean);
  },
  magnitude,
  count,
  ownOrigin:
    "Layers, parameters and multiply-adds are calculated from each network’s rows at its size here; errors and minutes are measured, with the mean over seeds and its 95 % interval by Student’s t.",
  lectureNote:
    "Lectures often give 25 % for 2011 and 11.7 % for ZFNet. The challenge’s own figure for 2011 is 25.8 %; 11.7 % was Clarifai’s entry of 2013, and ZFNet’s paper prints 14.8 % for six networks together. A look is one crop of the picture. None of these figures was measured here.",
} as const;
