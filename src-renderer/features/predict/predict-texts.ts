/** Words of the page on which a trained network is tried. */
import type { ArchitectureView, ShapedRow } from "../../../src-main/contract/architecture.ts";
import type {
  AnsweringNetwork,
  AttributionMap,
  AttributionMethod,
  ClassSelectivity,
  StrongestPictures,
  StrongPicture,
} from "../../../src-main/contract/inference.ts";
import type { FirstKernels } from "../../../src-main/contract/weights.ts";
import { roundedDecimal } from "../../../src-main/domain/rounding.ts";
import type { ShownError } from "../../lib/engine/errors.ts";
import { aboutDuration, bytes, noBreakSpace, percent } from "../../lib/format.ts";

/** Of gradient ascent, for each picture. */
export const maximisingSteps = 96;

export const predictTexts = {
  title: "What does it see?",
  over: "A trained network on a picture of your own",
  picture: "The picture",
  answers: "The answers",
  choose: "Choose a picture…",
  keys: "Drop a picture here, or paste one with Ctrl+V. It stays on this machine, and nothing of it is written.",
  useCamera: "Use the camera",
  closeCamera: "Put the camera away",
  whole: "As it is",
  asSquare: (inputPixels: number): string =>
    `As the network sees it: ${[inputPixels, "×", inputPixels].join(noBreakSpace)} pixels`,
  waiting: "Waiting for the answer",
  none: "Choose, drop or paste a picture, and the answers stand here.",
  noRuns: "There are no trained networks yet. Train one, and try it here on any picture.",
  first: "Network",
  second: "Beside it",
  alone: "None",
  runOption: (runId: number, title: string): string => `Run ${runId}, ${title}`,
  temperature: "Temperature",
  temperatureAbout:
    "The logits are divided by it before the softmax. At 1 the probabilities are the network’s own; a higher temperature makes it less sure and leaves the order of the classes as it is.",
  /** A network has no answer for what it was never shown. */
  always: (classes: number): string =>
    `A network answers with one of its ${classes} classes, whatever it is shown: there is no “none of these”. Try a picture of something else, and see how sure it is.`,
  probabilities: (title: string): string => `Probabilities by ${title}, the likeliest first`,
  others: (classes: number, share: number): string =>
    `${classes === 1 ? "The other class" : `The other ${classes} classes`} together: ${percent(share)}`,
  layers: (name: string): string => `Layer by layer: ${name}`,
  row: "Row",
  rowOption: (path: string, { height, width, channels }: ArchitectureView["rows"][number]["output"]): string =>
    `${path}, ${height} × ${width} × ${channels}`,
  mapsAbout:
    "Each square is what one channel answers over the picture, the strongest on average first. In each, white is its own largest value, and black is 0 or less.",
  maps: (row: string): string => `Channels of ${row}, the strongest first`,
  channel: (channel: number, mean: number): string => `Channel ${channel + 1}, ${roundedDecimal(mean, 3)} on average`,
  peak: (channel: number, value: number, seesAll: boolean): string =>
    seesAll
      ? `Channel ${channel + 1} answers ${roundedDecimal(value, 2)}. Every value of this row sees the whole picture.`
      : `Channel ${channel + 1} answers strongest, by ${roundedDecimal(value, 2)}, to what lies in the frame: its receptive field there.`,
  allMaps: (channels: number): string => `Show all ${channels}`,
  lookThrough: "Find the pictures that excite it most",
  lookingThrough: "Looking through the data set",
  strongest: (channel: number): string => `What channel ${channel + 1} answers to strongest`,
  strongestAbout: ({ pictures, all, split }: StrongestPictures): string =>
    `Of ${pictures === all ? `all ${all}` : `${pictures} of the ${all}`} ${split} pictures of the run’s data set, each by its strongest place; the frame is what that place sees.`,
  strongPicture: ({ className, value }: StrongPicture): string =>
    className === null ? roundedDecimal(value, 2) : `${className}, ${roundedDecimal(value, 2)}`,
  selectivity: (found: ClassSelectivity | null): string =>
    found === null
      ? "It has no class that it answers to more than to others."
      : `On average it answers most to ${found.className}. Class selectivity ${roundedDecimal(found.index, 2)}: 0 where all classes excite it alike, 1 where only that one does (Morcos 2018).`,
  throughEpochs: "Through the epochs",
  afterEpoch: (epoch: number): string => `After epoch ${epoch}`,
  epochsAbout: (epochs: readonly number[], kept: number): string =>
    `Kept are epochs ${epochs.join(", ")}: ${bytes(kept)}. All that stands below is of the chosen one.`,
  maximising: (name: string): string => `What its layers answer to most: ${name}`,
  stripsAbout:
    "Each picture begins as noise and is changed step by step, turned, scaled and shifted a little each time, until one channel, on average over its grid, or one class answers as much as it can (Olah 2017). Channels are taken at equal distances, not picked. A picture shows what excites a channel, not all that does.",
  maximisedAbout:
    "Begun as noise and changed step by step, turned, scaled and shifted a little each time, until it is answered to as much as can be (Olah 2017).",
  makeStrips: "Make the pictures",
  anotherSeed: (seed: number): string => `Make them from other noise (seed ${seed + 1})`,
  makePicture: (channel: number): string => `Make a picture that channel ${channel + 1} answers to most`,
  stop: "Stop",
  leftToMake: (secondsLeft: number | null): string =>
    secondsLeft === null ? "Beginning" : `${aboutDuration(secondsLeft)} left`,
  ofChannel: (channel: number): string => `Channel ${channel + 1}`,
  ofUnit: "Its unit in the middle",
  classNumber: (place: number): string => `Class ${place + 1}`,
  formed: (name: string, { value, isSilent }: { readonly value: number; readonly isSilent: boolean }): string =>
    isSilent ? `${name}: answers 0 to all noise that was tried` : `${name}: ${roundedDecimal(value, 2)}`,
  stripRow: (path: string, { receptiveField }: ShapedRow): string =>
    receptiveField === null
      ? `${path}, whose values see all`
      : `${path}, whose values see ${receptiveField.width.pixels}${noBreakSpace}×${noBreakSpace}${receptiveField.height.pixels} pixels`,
  stripClasses: "Classes, by their logits",
  firstKernels: ({ row, filters, all }: FirstKernels): string =>
    `Kernels of ${row}${filters === all ? "" : `, the first ${filters} of ${all}`}: grey is 0`,
  looked: (name: string): string => `Where it looked: ${name}`,
  lookedFor: "For the class",
  method: "Method",
  methods: {
    occlusion: {
      name: "Occlusion",
      about:
        "A grey patch is laid on each place in turn, and the network is asked each time. The brighter yellow a place, the further the probability of the class falls while it is hidden; blue where it rises (Zeiler and Fergus 2013).",
    },
    "grad-cam": {
      name: "Grad-CAM",
      about:
        "The channels of the last row that has a grid, each weighted by how the class’s logit changes with it, summed; what is below 0 is left out. As coarse as that grid (Selvaraju 2017).",
    },
    "gradient-input": {
      name: "Gradient × input",
      about:
        "How the class’s logit changes with each pixel, times the pixel: yellow for the class, blue against it. The strongest hundredth of the cells looks alike (Shrikumar 2016).",
    },
    "integrated-gradients": {
      name: "Integrated gradients",
      about:
        "The mean gradient on the way from plain grey to the picture, times the picture: yellow for the class, blue against it. The strongest hundredth of the cells looks alike (Sundararajan 2017).",
    },
  } satisfies Record<AttributionMethod, { readonly name: string; readonly about: string }>,
  look: "Show where it looked",
  looking: "Asking the network",
  learned: "As trained",
  random: "With random weights",
  /** Adebayo 2018: what a network without training shows as well was not learned. */
  sanity: (likeness: number | null): string => {
    const general = "A map that looks the same with random weights says nothing of what was learned (Adebayo 2018).";
    return likeness === null ? general : `${general} The correlation of these two is ${roundedDecimal(likeness, 2)}.`;
  },
  noLayer: {
    code: null,
    problem: "The layer was not sent.",
    remedy: "Choose the picture again.",
  } satisfies ShownError,
  nothingPasted: {
    code: null,
    problem: "There is no picture on the clipboard.",
    remedy: "Copy a picture, or a picture file, and paste again.",
  } satisfies ShownError,
};

/** `After epoch 8`, or of which moment of a training that goes on. */
export function epochText({ epoch, isGoingOn }: AnsweringNetwork): string {
  if (epoch === null) return "Weights from elsewhere";
  return isGoingOn ? `Not over: as saved after epoch ${epoch}` : `After epoch ${epoch}`;
}

export function classText({ classNames }: AnsweringNetwork, place: number): string {
  return classNames?.[place] ?? `Class ${place}`;
}

/** What a map says, in a sentence or two. */
export function mapText(name: string, { side, values, about }: AttributionMap): string {
  const most = Math.max(...values);
  switch (about.method) {
    case "occlusion":
      return `${name}: ${percent(about.whole)} with nothing hidden; the patch is ${about.patchPixels} pixels wide. At most it falls by ${roundedDecimal(100 * Math.max(0, most), 1)} points.`;
    case "grad-cam":
      return `${about.row}, ${[side, "×", side].join(noBreakSpace)} places.${most > 0 ? "" : ` Nothing there speaks for ${name}.`}`;
    case "gradient-input":
      return `The strongest cell for ${name}: ${roundedDecimal(most, 3)} of its logit.`;
    case "integrated-gradients": {
      const { steps, logitRise, completenessError: error } = about;
      const isOff = error === null ? "" : `, off by ${roundedDecimal(100 * error, 1)}${noBreakSpace}%`;
      return `The logit of ${name} changes by ${roundedDecimal(logitRise, 2)} from grey to this picture. The cells add up to that in ${steps} steps${isOff}.`;
    }
  }
}
