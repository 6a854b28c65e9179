/** A table of runs for people. */
import { hasTop5 } from "../contract/metric.ts";
import type { RunView } from "../contract/run.ts";
import { type RunDocument, runDocument } from "./documents.ts";
import { duration, loss, percent, whole } from "./format.ts";
import { table } from "./table.ts";

/** One line a run, with its figures on the test pictures where they were looked at. */
export function runsInWords(runs: readonly RunView[]): string {
  const isTested = runs.some(({ test }) => test !== null);
  const result = (run: RunDocument) => (isTested ? run.test : run.validation);
  const document = new Map(runs.map((run) => [run, runDocument(run)] as const));
  const figure = (run: RunView) => result(document.get(run)!);
  const lines = table<RunView>(
    [
      { title: "run", isNumber: true, cell: ({ id }) => String(id) },
      { title: "title", cell: ({ title }) => title },
      { title: "state", cell: ({ state }) => state },
      { title: "epochs", isNumber: true, cell: (run) => `${run.epochsDone}/${run.configuration.training.epochs}` },
      { title: "top-1", isNumber: true, cell: (run) => percent(figure(run)?.top1) },
      ...(runs.some(({ dataset }) => hasTop5(dataset.classes.length))
        ? [{ title: "top-5", isNumber: true, cell: (run: RunView) => percent(figure(run)?.top5) }]
        : []),
      { title: "hard loss", isNumber: true, cell: (run) => loss(figure(run)?.hardLoss) },
      { title: "objective", isNumber: true, cell: (run) => loss(figure(run)?.objective) },
      { title: "its floor", isNumber: true, cell: (run) => loss(figure(run)?.objectiveFloor) },
      { title: "ECE", isNumber: true, cell: (run) => percent(figure(run)?.ece) },
      { title: "images/s", isNumber: true, cell: (run) => whole(run.imagesPerSecond) },
      { title: "time", isNumber: true, cell: (run) => duration(document.get(run)!.seconds) },
    ],
    runs,
  );
  if (runs.every(({ validation }) => validation === null) && !isTested) return lines;
  const margins = runs.some((run) => run.loss === "hinge") ? ", but a hinge loss's objective in margins" : "";
  return `${lines}\nFigures on the ${isTested ? "test" : "validation"} pictures; losses in nats${margins}.\n`;
}
