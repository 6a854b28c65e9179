/** The lessons in the lecture's order. Each is a page that works on its own. */

export interface Lesson {
  readonly id: string;
  /** The question that it answers: the page's title. */
  readonly title: string;
  /** What the lecture says. */
  readonly claim: string;
  /** Words of the glossary that it uses. */
  readonly terms: readonly string[];
  readonly toThinkAbout: string;
  readonly toTry: string;
}

export const lessons = [
  {
    id: "depth",
    title: "Does depth pay?",
    claim:
      "Deeper networks err less: on ImageNet the error fell from a quarter, with a shallow system in 2011, to below that of a person who practised.",
    toThinkAbout: "What else changed from year to year, besides the number of layers? Which of it does the chart show?",
    toTry:
      "Draw error against multiply-adds in place of depth: which networks are worth what they cost, and which would nobody choose?",
  },
  {
    id: "reuse",
    title: "How often is a feature used again?",
    claim:
      "A feature that one layer has learned is used by everything behind it. The number of paths through a deep network can grow exponentially with its depth.",
    terms: ["paths", "layers", "inception-module"],
    toThinkAbout: "Why do eight layers in a row have one path, and nine modules of four branches 262,144?",
    toTry: "Put one more layer on the small network, and see by how much the number of its paths grows.",
  },
  {
    id: "factorisation",
    title: "What does a large kernel cost?",
    claim:
      "Two 3×3 convolutions see as much as one 5×5 and cost less; a 1×n and an n×1 stand in for an n×n; and a grid is halved best by a convolution and a pool side by side.",
    terms: ["factorised-convolution", "multiply-adds", "receptive-field", "grid-reduction"],
    toThinkAbout: "Two 3×3 have a ReLU between them, and one 5×5 has none. What can each do that the other cannot?",
    toTry: "Halve the grid by pooling first: it is as cheap as can be. What is lost before the convolution sees it?",
  },
  {
    id: "kernels",
    title: "Do small kernels do a large one’s work?",
    claim:
      "Two 3×3 kernels in a row are a 5×5, and a column after a row is a whole kernel: exactly for some, nearly for others. What a network has learned can be taken apart in the same way.",
    toThinkAbout: "Which kernels are lost if a network may have only two 3×3 in a row, and does it seem to miss them?",
    toTry:
      "Choose the Gabor kernel, then draw by hand: find a kernel that small ones give exactly, and one that they hardly give.",
  },
  {
    id: "smoothing",
    title: "What does label smoothing ask for?",
    claim:
      "Against a one-hot target the loss falls for ever as the true class’ logit grows. Against a smoothed one it is least at a finite gap, and the logits stay where they are.",
    terms: ["label-smoothing", "one-hot-target", "logit-gap", "weight-decay"],
    toThinkAbout: "What does the network gain by being surer than the target asks, if the label may be wrong?",
    toTry: "Set ε to 0 and see the optimum vanish; then bring weight decay in, and see where that stops the gap.",
  },
] as const satisfies readonly Lesson[];

export function findLesson(id: string): (typeof lessons)[number] | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
