/** The figures of each run over its classes as equals, a column each. */
import type { PerClassView } from "../../../src-main/contract/per-class.ts";
import { classFigures, type MacroFigures, macroFigures } from "../../../src-main/domain/per-class/class-figures.ts";
import type { Figure } from "../../entities/run/figures.ts";
import { percent } from "../../lib/format.ts";
import { perClassTexts } from "./per-class-texts.ts";

export function perClassFigures({ runs }: PerClassView): readonly Figure[] {
  const all = runs.map(({ counts }) => macroFigures(classFigures(counts)));
  const figure = (id: keyof MacroFigures, title: string, about: string): Figure => ({
    ...{ id, title, about },
    split: null,
    values: all.map((macro) => (macro === null ? null : percent(macro[id]))),
  });
  return [
    figure("accuracy", perClassTexts.accuracy, perClassTexts.aboutAccuracy),
    figure("balancedAccuracy", perClassTexts.balanced, perClassTexts.aboutBalanced),
    figure("precision", perClassTexts.macroPrecision, perClassTexts.aboutMacroPrecision),
    figure("f1", perClassTexts.macroF1, perClassTexts.aboutMacroF1),
    figure("largestShare", perClassTexts.largest, perClassTexts.aboutLargest),
  ];
}
