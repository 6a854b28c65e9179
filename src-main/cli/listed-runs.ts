/** Which runs `strata runs` lists, and in what order. */
import { type Command, Option } from "commander";
import { metricIds, metrics } from "../contract/metric.ts";
import { type RunView, runStates } from "../contract/run.ts";
import { compareValues, fieldReader, parseRunQuery } from "../contract/run-query.ts";
import { wholeFlag } from "./flags.ts";
import { UsageError } from "./io.ts";

export interface ListFlags {
  readonly state?: string;
  readonly tag?: string;
  readonly model?: string;
  readonly find?: string;
  readonly archived?: boolean;
  readonly sort?: string;
  readonly limit?: number;
}

export function addListFlags(command: Command): Command {
  return command
    .addOption(new Option("--state <state>", "only runs in this state").choices(runStates))
    .option("--tag <word>", "only runs with this tag")
    .option("--model <id>", "only runs of this network")
    .option("--find <words>", "only runs that fit, as in the window: words, or smoothing>0, top1>=80%, tag:night")
    .option("--archived", "those in the archive instead")
    .option("--sort <field>", "by a metric (the best first) or any setting; field:asc or field:desc say which way")
    .option("--limit <count>", "no more than so many", wholeFlag);
}

/** @param runs the newest first, which is the order where none is asked for */
export function listedRuns(runs: readonly RunView[], flags: ListFlags): readonly RunView[] {
  if (flags.limit !== undefined && flags.limit < 1) throw new UsageError("--limit is less than one.");
  const query = parseRunQuery(flags.find ?? "", runs);
  // An empty record knows no settings.
  if (runs.length > 0 && query.unknown.length > 0)
    throw new UsageError(`no setting or metric is called ${query.unknown.join(" or ")}.`);
  const found = runs.filter(
    (run) =>
      run.isArchived === (flags.archived ?? false) &&
      (flags.state === undefined || run.state === flags.state) &&
      (flags.tag === undefined || run.tags.includes(flags.tag)) &&
      (flags.model === undefined || run.model.id === flags.model) &&
      query.matches(run),
  );
  return sorted(found, runs, flags.sort).slice(0, flags.limit);
}

function sorted(found: readonly RunView[], runs: readonly RunView[], sort: string | undefined): readonly RunView[] {
  if (sort === undefined || runs.length === 0) return found;
  const [, name = "", way] = /^(.*?)(?::(asc|desc))?$/.exec(sort) ?? [];
  const read = fieldReader(name, runs);
  if (read === null) throw new UsageError(`no setting or metric is called ${name}.`);
  const metric = metricIds.find((id) => name === id || name.endsWith(`.${id}`));
  const isDescending = way === undefined ? metric !== undefined && metrics[metric].better === "higher" : way === "desc";
  return found.toSorted((a, b) => compareValues(read(a), read(b), isDescending));
}
