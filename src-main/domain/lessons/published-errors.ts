/**
 * What papers print of errors on ImageNet's 1,000 classes (ILSVRC classification): the share of pictures whose class is not among the five that the system
 * names first (top-5), without pictures from outside. A challenge was entered with the mean of several networks; what one of them does by itself stands beside
 * it. Where a figure was taken in other ways than by a single look at each picture, that is said.
 */
import type { LessonFigure } from "./figure.ts";

export interface PublishedError extends LessonFigure {
  /** Short enough to stand in a chart. */
  readonly label: string;
  /** In the model registry; null for what is no network. */
  readonly network: string | null;
  readonly year: number;
  /** Weight layers by the paper's own count; null for a person. */
  readonly layers: number | null;
  /** What the figure is of: one network, or several whose answers are averaged. */
  readonly entry: "alone" | "together" | "person";
  /** How many networks, and how often each looks at a picture. */
  readonly taken: string;
  /** Which pictures of ILSVRC. */
  readonly pictures: "test" | "validation";
}

const russakovsky = "Russakovsky et al. 2015, ImageNet Large Scale Visual Recognition Challenge";
const krizhevsky =
  "Krizhevsky, Sutskever and Hinton 2012, ImageNet Classification with Deep Convolutional Neural Networks";
const zeiler = "Zeiler and Fergus 2013, Visualizing and Understanding Convolutional Networks";
const simonyan = "Simonyan and Zisserman 2014, Very Deep Convolutional Networks";
const going = "Szegedy et al. 2014, Going Deeper with Convolutions";
const rethinking = "Szegedy et al. 2015, Rethinking the Inception Architecture";

type Printed = Pick<PublishedError, "name" | "label" | "network" | "year" | "layers">;

function printed(
  of: Printed,
  entry: PublishedError["entry"],
  value: number,
  [taken, pictures, source]: readonly [taken: string, pictures: PublishedError["pictures"], source: string],
): PublishedError {
  return { ...of, entry, value, unit: "%", taken, pictures, origin: { kind: "cited", source } };
}

const shallow = {
  name: "Fisher vectors and linear support vector machines (XRCE)",
  ...{ label: "SVM 2011", network: null, year: 2011, layers: 1 },
};
const alexnet = { name: "AlexNet", label: "AlexNet", network: "alexnet", year: 2012, layers: 8 };
const zfnet = { name: "ZFNet", label: "ZFNet", network: "zfnet", year: 2013, layers: 8 };
const vgg = { name: "VGG", label: "VGG", network: "vgg19", year: 2014, layers: 19 };
const googlenet = { name: "GoogLeNet", label: "GoogLeNet", network: "googlenet", year: 2014, layers: 22 };
const inception = { name: "Inception-v3", label: "Inception-v3", network: "inception-v3", year: 2015, layers: 42 };
const person = { name: "A person", label: "a person", network: null, year: 2014, layers: null };

/** In the order of their years. */
export const publishedErrors: readonly PublishedError[] = [
  printed(shallow, "alone", 25.8, ["as entered", "test", `${russakovsky}, table of teams, ILSVRC 2011`]),
  printed(alexnet, "alone", 18.2, ["1 network, 10 looks", "validation", `${krizhevsky}, Table 2`]),
  printed(alexnet, "together", 16.4, ["5 networks, 10 looks", "test", `${krizhevsky}, Table 2`]),
  printed(zfnet, "alone", 16.5, ["1 network, 10 looks", "validation", `${zeiler}, Table 2`]),
  printed(zfnet, "together", 14.8, ["6 networks, 10 looks", "test", `${zeiler}, Table 2`]),
  printed(vgg, "alone", 7, ["1 network, many looks", "test", `${simonyan}, Table 7`]),
  printed(vgg, "together", 7.3, ["7 networks as entered", "test", `${simonyan}, Table 7`]),
  printed(googlenet, "alone", 10.07, ["1 network, 1 look", "validation", `${going}, Table 3`]),
  printed(googlenet, "together", 6.67, ["7 networks, 144 looks", "test", `${going}, Tables 2 and 3`]),
  printed(inception, "alone", 5.6, ["1 network, 1 look", "validation", `${rethinking}, Table 3`]),
  printed(inception, "together", 3.58, ["4 networks, 144 looks", "test", `${rethinking}, Table 5`]),
  printed(person, "person", 5.1, ["1 person, 1,500 pictures", "test", `${russakovsky}, section 6.4`]),
];

/** What stands in the chart at once: one figure of each, and the shallow system, which is one in either case, in both. */
export function publishedOf(entry: "alone" | "together"): readonly PublishedError[] {
  return publishedErrors.filter((one) => one.entry === entry || one.network === null);
}

export const publishedPerson = publishedErrors.find((one) => one.entry === "person")!;
