/** The lessons in the lecture's order. Each is a page that works on its own. */
import { depthTexts } from "./depth/depth-texts.ts";
import { factorisationTexts } from "./factorisation/factorisation-texts.ts";
import { wayTimesTexts } from "./factorisation/way-times-texts.ts";
import { kernelsTexts } from "./kernels/kernels-texts.ts";
import { ladderTexts } from "./ladder/ladder-texts.ts";
import { reuseTexts } from "./reuse/reuse-texts.ts";
import { smoothingTexts } from "./smoothing/smoothing-texts.ts";

/** For who teaches it. */
export interface LessonNotes {
  readonly toSay: string;
  /** What students usually get wrong. */
  readonly oftenWrong: string;
  /** To plan with. */
  readonly minutes: number;
}

export interface Lesson {
  readonly id: string;
  /** The question that it answers: the page's title. */
  readonly title: string;
  /** What the lecture says. */
  readonly claim: string;
  /** Words of the glossary that it uses. */
  readonly terms: readonly string[];
  /** The headings of its sheets: each is a screen of its own while it is presented. */
  readonly sheets: readonly string[];
  readonly toThinkAbout: string;
  readonly toTry: string;
  readonly notes: LessonNotes;
}

export const lessons = [
  {
    id: "depth",
    title: "Does depth pay?",
    claim:
      "Deeper networks err less: on ImageNet the error fell from a quarter, with a shallow system in 2011, to below that of a person who practised.",
    terms: ["layers", "top-1", "split", "interval", "seed"],
    sheets: [depthTexts.sheet],
    toThinkAbout: "What else changed from year to year, besides the number of layers? Which of it does the chart show?",
    toTry:
      "Draw error against multiply-adds in place of depth: which networks are worth what they cost, and which would nobody choose?",
    notes: {
      toSay:
        "Show the published points first and ask what the line says. Then the same networks on your own pictures, at 32 pixels and after eight epochs: does the order hold? An experiment of this size is started a day before.",
      oftenWrong:
        "That depth alone did it: modules, normalisation, more looks at each picture and several networks together came with it. And that a published error can be read off against one's own: ImageNet's is top-5 over a thousand classes.",
      minutes: 15,
    },
  },
  {
    id: "reuse",
    title: "How often is a feature used again?",
    claim:
      "A feature that one layer has learned is used by everything behind it. The number of paths through a deep network can grow exponentially with its depth.",
    terms: ["paths", "layers", "inception-module"],
    sheets: [reuseTexts.small, reuseTexts.networks],
    toThinkAbout: "Why do eight layers in a row have one path, and nine modules of four branches 262,144?",
    toTry: "Put one more layer on the small network, and see by how much the number of its paths grows.",
    notes: {
      toSay:
        "Count by hand first: two features a layer, one layer, two, three: 2, 4, 8 paths. Let the class guess eight layers, then set the slider. Then the shelf: a stack in a row has one path, and branches side by side multiply.",
      oftenWrong:
        "Paths are taken for parameters: AlexNet has 61 million parameters and, by this count, one path. And for a promise: the count says how often a feature can be used again, not how often a trained network does so.",
      minutes: 10,
    },
  },
  {
    id: "factorisation",
    title: "What does a large kernel cost?",
    claim:
      "Two 3×3 convolutions see as much as one 5×5 and cost less; a 1×n and an n×1 stand in for an n×n; and a grid is halved best by a convolution and a pool side by side.",
    terms: ["factorised-convolution", "multiply-adds", "receptive-field", "grid-reduction"],
    sheets: [factorisationTexts.sheet, factorisationTexts.saved, wayTimesTexts.title],
    toThinkAbout: "Two 3×3 have a ReLU between them, and one 5×5 has none. What can each do that the other cannot?",
    toTry: "Halve the grid by pooling first: it is as cheap as can be. What is lost before the convolution sees it?",
    notes: {
      toSay:
        "Begin with what a value sees: two 3×3 behind each other see 5 × 5. Then ask for the price before the page says it: 25 weights for each pair of channels against 2 · 9 = 18, which is 28 % less.",
      oftenWrong:
        "That fewer multiply-adds are as much less time: small kernels may wait for memory. And that a 1×n and an n×1 can be any n×n: from one channel over one to one they make kernels of rank one alone.",
      minutes: 15,
    },
  },
  {
    id: "kernels",
    title: "Do small kernels do a large one’s work?",
    claim:
      "Two 3×3 kernels in a row are a 5×5, and a column after a row is a whole kernel: exactly for some, nearly for others. What a network has learned can be taken apart in the same way.",
    terms: ["convolution", "factorised-convolution", "receptive-field"],
    sheets: [kernelsTexts.cascade, kernelsTexts.rank, kernelsTexts.trained],
    toThinkAbout: "Which kernels are lost if a network may have only two 3×3 in a row, and does it seem to miss them?",
    toTry:
      "Choose the Gabor kernel, then draw by hand: find a kernel that small ones give exactly, and one that they hardly give.",
    notes: {
      toSay:
        "Begin with a Gaussian, which two small ones give exactly, and with Sobel, which is a column after a row. Then Gabor, which is neither: what is left over is shown. Last, the kernels that a run of your own has learned.",
      oftenWrong:
        "That small kernels can do whatever a large one does: 18 numbers cannot make every 25. And that a network loses by it: between the small ones there is a ReLU, so that together they do what no single kernel can.",
      minutes: 20,
    },
  },
  {
    id: "smoothing",
    title: "What does label smoothing ask for?",
    claim:
      "Against a one-hot target the loss falls for ever as the true class’ logit grows. Against a smoothed one it is least at a finite gap, and the logits stay where they are.",
    terms: ["label-smoothing", "one-hot-target", "logit-gap", "weight-decay"],
    sheets: [smoothingTexts.target, smoothingTexts.toy],
    toThinkAbout: "What does the network gain by being surer than the target asks, if the label may be wrong?",
    toTry: "Set ε to 0 and see the optimum vanish; then bring weight decay in, and see where that stops the gap.",
    notes: {
      toSay:
        "Ask what a loss of 0 would take. Softmax comes to 1 only where the logits lie infinitely far apart, so that a one-hot target pulls for ever. Then smooth it, and read off where the pull ends: a gap of 4.51 at ε = 0.1 and K = 10.",
      oftenWrong:
        "That the lower loss is the better one: the smoothed loss has a floor above 0, so that only the hard loss can be compared. And that accuracy must rise: Müller, Kornblith and Hinton (2019) found AlexNet on CIFAR-10 at 86.8 % without and 86.7 % with it.",
      minutes: 15,
    },
  },
  {
    id: "ladder",
    title: "What made Inception-v3 of Inception-v2?",
    claim:
      "Inception-v3 is Inception-v2 with RMSProp, label smoothing, a factorised 7×7 and a batch-normalised auxiliary head, one step after the other.",
    terms: ["rmsprop", "label-smoothing", "factorised-convolution", "auxiliary-head", "interval"],
    sheets: [ladderTexts.sheet, ladderTexts.table],
    toThinkAbout: "Each step was added to those before it. Would it be worth as much by itself, or in another order?",
    toTry: "Run the five on your own pictures, and see which steps stand out from chance over three seeds.",
    notes: {
      toSay:
        "Let the class guess which step was worth most before the column is read: it is the factorised 7×7, which lectures often leave out. Then one's own column, with its intervals: what can be said at this size, and what cannot?",
      oftenWrong:
        "That the order of the steps does not matter: each figure is of all steps up to it. And that a step that is worth a point on ImageNet shows on five thousand small pictures.",
      minutes: 15,
    },
  },
] as const satisfies readonly Lesson[];

export type LessonEntry = (typeof lessons)[number];
export type LessonId = LessonEntry["id"];

export function findLesson(id: string): LessonEntry | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
