/**
 * How often intervals of differences hold the truth, how often equal arms are told apart and how often true differences are found, over drawn arms:
 * `node test/bench/verdicts.ts [draws] [equal]`, some five minutes; with `equal` of two equal arms alone, which are told apart so seldom that it takes many draws to
 * say how often. Results stand in docs/results.md.
 */
import { type DrawnArms, drawnMeasures, drawnVerdicts, shareOf, trueDifferences } from "../support/drawn-arms.ts";

const draws = Number(process.argv[2] ?? 1_000);
const isEqualAlone = process.argv[3] === "equal";
const percent = (share: number) => (100 * share).toFixed(1).padStart(6);
const line = (words: string, cells: readonly string[]) =>
  process.stdout.write(`${words.padEnd(52)}${cells.join("")}\n`);

process.stdout.write(`${draws} draws each, percent\n`);
line("", ["held: top-1, hard loss, Brier | told: the same"]);
for (const seeds of [3, 5])
  for (const pictures of [200, 1_000])
    for (const seedSpread of [0, 0.01, 0.02, 0.03])
      for (const difference of isEqualAlone ? [0] : [0, 0.05]) {
        const drawn: DrawnArms = { seeds, pictures, difference, seedSpread };
        const verdicts = drawnVerdicts(drawn, draws);
        const truth = trueDifferences(difference);
        const share = (measure: (typeof drawnMeasures)[number], kind: "held" | "told") =>
          shareOf(verdicts, (all) =>
            all.some(
              (one) =>
                one.measure === measure &&
                (kind === "told" ? one.isTold : one.low <= truth[measure] && truth[measure] <= one.high),
            ),
          );
        const words = `${seeds} seeds, ${pictures} pictures, spread ${seedSpread}, difference ${difference}`;
        line(words, [
          ...drawnMeasures.map((measure) => percent(share(measure, "held"))),
          "  |",
          ...drawnMeasures.map((measure) => percent(share(measure, "told"))),
        ]);
      }

for (const others of isEqualAlone ? [] : [2, 4, 9]) {
  const verdicts = drawnVerdicts({ seeds: 5, pictures: 500, difference: 0, seedSpread: 0.01, others }, draws / 2);
  const anyTold = drawnMeasures.map((measure) =>
    percent(shareOf(verdicts, (all) => all.some((one) => one.measure === measure && one.isTold))),
  );
  line(`${others + 1} equal arms, 5 seeds, 500 pictures: any told`, anyTold);
}
for (const pictures of isEqualAlone ? [] : [100, 1_000]) {
  const verdicts = drawnVerdicts({ seeds: 1, pictures, difference: 0, seedSpread: 0 }, draws);
  const told = drawnMeasures.map((measure) =>
    percent(shareOf(verdicts, (all) => all.some((one) => one.measure === measure && one.isTold))),
  );
  line(`one seed that does nothing, ${pictures} pictures: told`, told);
}
