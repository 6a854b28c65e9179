/** Words of the page on which a trained network is tried. */
import type { AnsweringNetwork } from "../../../src-main/contract/inference.ts";
import type { ShownError } from "../../lib/engine/errors.ts";
import { noBreakSpace, percent } from "../../lib/format.ts";

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
