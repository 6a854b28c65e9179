/** Words of the lesson on kernels. */
import { cascadeBeginnings } from "../../../../src-main/domain/lessons/kernels/best-cascade.ts";
import { randomKernelCount } from "../../../../src-main/domain/lessons/kernels/first-share.ts";
import type { KnownKernel } from "../../../../src-main/domain/lessons/kernels/known-kernels.ts";
import { count, counted, decimal, percent } from "../../../lib/format.ts";

const numbers = ["no", "one", "two", "three"] as const;
const sideText = (side: number) => `${side}×${side}`;
/** 2 → `two 3×3`. */
const smallOnes = (length: number) => `${numbers[length] ?? length} 3×3`;
/** 1 → `one pair`. */
const pairs = (rank: number) => (rank === 1 ? "one pair" : counted(rank, "pair"));
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
/** Of what is compared; below this it is rounding. */
const nothing = 1e-8;
const leftText = (share: number) =>
  share < nothing ? "0" : share < 0.0005 ? `under ${percent(0.001)}` : percent(share);

const kindTexts: Readonly<Record<KnownKernel | "hand", string>> = {
  gaussian: "Gaussian: blurs",
  sobel: "Sobel: upright edges",
  emboss: "Emboss: light from the corner",
  gabor: "Gabor: edges at a slant",
  hand: "Drawn by hand",
};

export const kernelsTexts = {
  cascade: "One large kernel, or small ones in a row",
  kernel: "Kernel",
  kind: (kind: KnownKernel | "hand") => kindTexts[kind],
  side: "Side of the kernel",
  sideOption: (side: number) => `${sideText(side)}, or ${smallOnes((side - 1) / 2)}`,
  loading: "Fetching the picture",
  noPicture: "This picture could not be read.",
  picture: "The picture, its brightness",
  large: (side: number) => `One ${sideText(side)}`,
  small: (side: number) => `${capital(smallOnes((side - 1) / 2))} in a row`,
  difference: "The difference",
  kernelOf: (title: string) => `${title}, the kernel`,
  kernelPart: (place: number) => `Kernel ${place} of the row`,
  answerOf: (title: string) => `${title}, on the picture`,
  differenceOf: (times: number | null) =>
    times === null
      ? "Nothing but rounding is left."
      : times < 1.5
        ? "As bright as what comes out."
        : `Brightened ${count(Math.round(times))} times.`,
  hand: "The kernel’s numbers",
  cell: (row: number, column: number, value: number) => `Row ${row}, column ${column}: ${value}`,
  brush: "Brush",
  whole: (value: number) => (value < 0 ? `−${-value}` : String(value)),
  handAbout:
    "It begins as the kernel that was shown, in whole numbers. Press or drag to paint. By keyboard: arrows lead on, a digit is put in, and the minus key turns its sign.",
  saysExact: (side: number) =>
    `${capital(smallOnes((side - 1) / 2))} in a row do what this ${sideText(side)} does, value for value: the large kernel is their full convolution.`,
  saysBest: (side: number, residual: number) =>
    residual < nothing
      ? `${capital(smallOnes((side - 1) / 2))} were found that do in a row what this ${sideText(side)} does.`
      : `No ${smallOnes((side - 1) / 2)} were found that do this: the nearest leave ${leftText(residual)} of the kernel. They are a local best, the nearest from ${cascadeBeginnings} beginnings by damped least squares; a nearer one may exist.`,
  border: (side: number) =>
    `Only places where the whole kernel lies on the picture have a value, so both ways lose ${counted((side - 1) / 2, "pixel")} at each edge. No ReLU stands between.`,
  leftOfKernel: "Left over, of the kernel",
  leftOfKernelFrom: "‖K − K′‖ / ‖K‖",
  leftOnPicture: "Left over, on this picture",
  leftOnPictureFrom: "the same, of all values that come out",
  perPixel: (what: string) => `${what}, multiply-adds a pixel`,
  perPixelFrom: "one channel in, one out",
  leftText,
  rank: "One kernel, or lines of it",
  rankAbout: (side: number) =>
    `A kernel of rank 1 is a column after a row: ${side}×1 after 1×${side}. Any kernel is a sum of ${side} such pairs, and the first r of its singular value decomposition are the nearest that r pairs come.`,
  rankSlider: "r, pairs of lines",
  rankTitle: (rank: number) => (rank === 1 ? "One pair of lines" : `${rank} pairs of lines`),
  rankCost: (side: number, rank: number) => {
    const [pairs, whole] = [2 * side * rank, side * side];
    return pairs < whole
      ? `It takes ${pairs} multiply-adds a pixel in place of ${whole}.`
      : `With ${pairs} multiply-adds a pixel it costs as much as the ${whole} of the kernel itself, or more.`;
  },
  rankSays: (rank: number, error: number) =>
    error < nothing
      ? `${capital(pairs(rank))} of lines ${rank === 1 ? "is" : "are"} the kernel itself.`
      : `${capital(pairs(rank))} of lines ${rank === 1 ? "leaves" : "leave"} ${leftText(error)} of the kernel.`,
  singularValues: "Singular values",
  singularValue: (place: number, share: number) => `σ${"₀₁₂₃₄₅₆₇₈₉"[place]}: ${percent(share)} of the first`,
  rankError: "Left over, of the kernel",
  rankErrorFrom: "root of the sum of the left-out σ², over ‖K‖ (Eckart and Young 1936)",
  lines: (side: number, rank: number) => `${rank === 1 ? "One pair" : `${rank} pairs`} of ${side}×1 and 1×${side}`,
  trained: "A trained network’s first kernels",
  network: "Network",
  run: "Run",
  runOption: (id: number, title: string) => `Run ${id}, ${title}`,
  noRuns: (title: string) => `No run of ${title} has kept its weights yet. Train one, and its kernels stand here.`,
  toTrain: "Train a network",
  noConvolution: (title: string, row: string) =>
    `${title} has no kernels to look at: it begins with “${row}”, a dense layer over all pixels at once. Choose another network.`,
  reading: "Reading the weights",
  trainedSays: (row: string, side: readonly [number, number], filters: number, all: number) =>
    `${row}: ${counted(all, "filter")} of ${side[0]}×${side[1]} over red, green and blue${filters < all ? `, the first ${count(filters)} of them here` : ""}. Mid-grey is 0.`,
  /** @param printed as `7×7/2 valid, 32` */
  printedSide: (side: readonly [number, number], printed: string) => {
    const [printedSide = ""] = printed.split("/");
    return printedSide === `${side[0]}×${side[1]}` ? "" : `At its paper’s size they are ${printedSide}.`;
  },
  zeros: (number: number) =>
    `${counted(number, "kernel")} of nothing but zeros ${number === 1 ? "is" : "are"} left out.`,
  filters: "All filters, in colour",
  separableAbout:
    "Of each filter’s kernel over one colour: the share of its energy, the sum of its squared values, that one pair of lines keeps. 100 % is separable.",
  meanTrained: "Trained, on average",
  meanTrainedFrom: (runId: number) => `σ₁² / Σσ² over the weights of run ${runId}`,
  meanRandom: "Random, on average",
  meanRandomFrom: (side: readonly [number, number]) =>
    `${count(randomKernelCount)} kernels of ${side[0]}×${side[1]}, drawn evenly by a fixed seed as initial weights are`,
  /** @param chance how far the mean of so many random ones lies from that of all, in 95 of 100 draws */
  comparison: (difference: number, kernels: number, chance: number) => {
    const points = (share: number) => decimal(100 * share, 1);
    const drawn = `The mean of ${counted(kernels, "random kernel")} lies within ${points(chance)} points of all random ones’ in 95 of 100 draws`;
    return Math.abs(difference) <= chance
      ? `These kernels are no more and no less separable than chance allows. ${drawn}; theirs is ${points(Math.abs(difference))} away.`
      : `These kernels are ${difference > 0 ? "more" : "less"} separable than random ones. ${drawn}; theirs is ${points(Math.abs(difference))} ${difference > 0 ? "above" : "below"}.`;
  },
  histogram: "How separable the kernels are",
  histogramSays: (trained: number, random: number) =>
    `Trained kernels keep ${percent(trained)} of their energy on average, random ones ${percent(random)}.`,
  trainedBars: "trained",
  randomLine: "random",
  shareAxis: "share of the energy in one pair of lines",
  shareOfKernels: "of the kernels",
  most: "Most separable",
  least: "Least separable",
  kernelName: (filter: number, input: number) =>
    `Filter ${filter + 1}, ${["red", "green", "blue"][input] ?? `channel ${input + 1}`}`,
  pairAbout: "The kernel, and one pair of lines in its place.",
  percent: (share: number) => percent(share),
  wholePercent: (share: number) => percent(share, 0),
} as const;
