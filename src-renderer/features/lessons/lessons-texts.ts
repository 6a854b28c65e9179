/** Words that lessons share. */
import type { FigureOrigin } from "../../../src-main/domain/lessons/figure.ts";

export const lessonsTexts = {
  over: "Lessons",
  title: "What can depth do?",
  about:
    "Each lesson takes up one claim about deep networks and lets you try it. Every figure says whether it was calculated, measured on this machine, or printed by a paper.",
  all: "All lessons",
  words: "Words:",
  glossary: "Glossary",
  present: "Present",
  presentAll: "Present them all",
  lesson: (place: number, of: number) => `Lesson ${place} of ${of}`,
  think: "To think about",
  tryOut: "To try",
  next: "Next",
  previous: "Before",
  notes: "Notes for the teacher",
  toSay: "To say",
  oftenWrong: "What is often got wrong",
  minutes: (minutes: number) => `Plan ${minutes} minutes.`,
  figures: "Figures",
  shown: "Whose figures",
  shownOptions: [
    { value: "published", label: "Published" },
    { value: "own", label: "Yours" },
    { value: "both", label: "Both" },
  ],
  paretoLine: "Pareto line of yours",
  origin: (origin: FigureOrigin): string => {
    switch (origin.kind) {
      case "calculated":
        return `Calculated: ${origin.from}`;
      case "measured":
        return `Measured: ${origin.on}`;
      case "cited":
        return `Cited: ${origin.source}`;
    }
  },
} as const;
