/** `classes`: what runs answered to the pictures of each class. */
import { type Command, Option } from "commander";
import type { PerClassView } from "../contract/per-class.ts";
import { csvOf } from "../domain/csv.ts";
import { countInWords } from "../domain/health/words.ts";
import { type ClassFigures, classFigures, type MacroFigures, macroFigures } from "../domain/per-class/class-figures.ts";
import { testLooksInWords } from "../domain/runs/test-looks.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { percentFigure, whole } from "./format.ts";
import { UsageError } from "./io.ts";
import { noiseAsConfused } from "./noise-as-confused.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

/** `classes --json`: fractions in 0–1, of the split's pictures. */
export interface ClassesDocument {
  readonly split: PerClassView["split"];
  readonly testLooks: PerClassView["testLooks"];
  readonly runs: readonly {
    readonly run: number;
    readonly title: string;
    readonly macro: MacroFigures | null;
    readonly classes: readonly ({ readonly class: string } & ClassFigures)[];
    /** `confusion[trueClass][answer]`, in pictures. */
    readonly confusion: PerClassView["runs"][number]["counts"];
  }[];
}

export function addClasses(program: Command, { io }: CommandContext): void {
  program
    .command("classes")
    .description(
      "what runs answered to the pictures of each class: precision, recall, F1, balanced accuracy, what is mixed up most",
    )
    .argument("<runs...>", "their numbers", (text: string, before: readonly number[] = []) => [
      ...before,
      wholeFlag(text),
    ])
    .option(...jsonOption)
    .addOption(new Option("--csv", "print one CSV table, a class of a run a row").conflicts("json"))
    .addOption(
      new Option(
        "--as-noise-matrix",
        "print what one run mixes up, as the file that train --noise-matrix takes: labels made wrong as this network is wrong",
      ).conflicts(["json", "csv"]),
    )
    .action(async (runIds: readonly number[], { json, csv, asNoiseMatrix }: Shown) => {
      if (asNoiseMatrix && runIds.length > 1) throw new UsageError("--as-noise-matrix takes one run.");
      const document = documentOf(await withEngine(io, (api) => api.runs.perClass({ runIds: [...runIds] })));
      respond(io, json, document, () => {
        if (asNoiseMatrix) {
          const { text, note } = noiseAsConfused(document.runs[0]!);
          if (note !== null) io.err(`${note}\n`);
          return text;
        }
        if (csv) return classesAsCsv(document);
        return classesInWords(document);
      });
    });
}

interface Shown {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly asNoiseMatrix?: boolean;
}

type RunOfClasses = ClassesDocument["runs"][number];

function documentOf({ split, testLooks, classes, runs }: PerClassView): ClassesDocument {
  return {
    ...{ split, testLooks },
    runs: runs.map(({ runId, title, counts }) => {
      const figures = classFigures(counts);
      return {
        ...{ run: runId, title },
        macro: macroFigures(figures),
        classes: figures.map((one, place) => ({ class: classes[place] ?? "", ...one })),
        confusion: counts,
      };
    }),
  };
}

function classesInWords({ split, testLooks, runs }: ClassesDocument): string {
  const each = runs.map((run) => runInWords(run, split)).join("\n");
  return `${each}${testLooks === null ? "" : `${testLooksInWords(testLooks)}\n`}`;
}

function runInWords({ run, title, macro, classes, confusion }: RunOfClasses, split: string): string {
  const rows = table<RunOfClasses["classes"][number]>(
    [
      { title: "class", cell: (one) => one.class },
      { title: "pictures", isNumber: true, cell: ({ pictures }) => whole(pictures) },
      { title: "precision", isNumber: true, cell: ({ precision }) => percentFigure(precision) },
      { title: "recall", isNumber: true, cell: ({ recall }) => percentFigure(recall) },
      { title: "F1", isNumber: true, cell: ({ f1 }) => percentFigure(f1) },
    ],
    classes,
  );
  const all =
    macro === null
      ? ""
      : `On the ${countInWords(macro.pictures, `${split} picture`)}: accuracy ${percentFigure(macro.accuracy)}, balanced accuracy ${percentFigure(macro.balancedAccuracy)}, macro precision ${percentFigure(macro.precision)}, macro F1 ${percentFigure(macro.f1)}; the largest class is ${percentFigure(macro.largestShare)} of them.\n`;
  const mixedUp = mostMixedUp(
    confusion,
    classes.map((one) => one.class),
  );
  return `Run ${run}, ${visibleText(title)}\n\n${rows}\n${all}${mixedUp === "" ? "" : `Mixed up most: ${mixedUp}.\n`}`;
}

const mostNamed = 5;

function mostMixedUp(confusion: RunOfClasses["confusion"], names: readonly string[]): string {
  return confusion
    .flatMap((row, truth) =>
      row.flatMap((count, said) => (truth === said || count === 0 ? [] : [{ truth, said, count }])),
    )
    .sort((a, b) => b.count - a.count)
    .slice(0, mostNamed)
    .map(
      ({ truth, said, count }) => `${visibleText(names[truth] ?? "")} as ${visibleText(names[said] ?? "")} (${count})`,
    )
    .join(", ");
}

function classesAsCsv({ split, runs }: ClassesDocument): string {
  const rows = runs.flatMap((run) => run.classes.map((one) => ({ run, one })));
  return csvOf<(typeof rows)[number]>(
    [
      ["run", ({ run }) => run.run],
      ["title", ({ run }) => run.title],
      ["split", () => split],
      ["unit", () => "fraction"],
      ["class", ({ one }) => one.class],
      ["pictures", ({ one }) => one.pictures],
      ["answers", ({ one }) => one.answers],
      ["right", ({ one }) => one.right],
      ["precision", ({ one }) => one.precision ?? ""],
      ["recall", ({ one }) => one.recall ?? ""],
      ["f1", ({ one }) => one.f1 ?? ""],
    ],
    rows,
  );
}
