/** Which runs `strata runs` lists, and in what order. */
import { type Command, Option } from "commander";
import { type RunView, runStates } from "../contract/run.ts";
import type { RunField } from "../domain/run-field.ts";
import { findRunField, unknownFieldError } from "../domain/run-fields.ts";
import { parseRunQuery } from "../domain/run-query.ts";
import { compareValues } from "../domain/run-values.ts";
import { architectureOf } from "../engine/models/model-list.ts";
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
    .option(
      "--find <words>",
      "only runs that fit, as in the window: words, or smoothing>0, top1>=80%, state=failed, tag:night; any setting or figure, by its name on the page, as a flag or in --json",
    )
    .option("--archived", "those in the archive instead")
    .option(
      "--sort <field>",
      "by a figure (the best first) or any setting, named as in --find; field:asc or field:desc say which way",
    )
    .option("--limit <count>", "no more than so many", wholeFlag);
}

/** What the list is in order of, and which way. */
export interface ListOrder {
  readonly field: RunField;
  readonly isDescending: boolean;
}

/** @throws StrataError `find.unknown-name` */
export function listOrder(sort: string): ListOrder {
  const [, name = "", way] = /^(.*?)(?::(asc|desc))?$/.exec(sort) ?? [];
  const field = findRunField(name);
  if (field === null) throw unknownFieldError(name);
  return { field, isDescending: way === undefined ? (field.isBetterHigh ?? false) : way === "desc" };
}

/**
 * @param runs the newest first, which is the order where none is asked for
 * @throws StrataError `find.*` for what is not understood, `model.unknown`
 */
export function listedRuns(runs: readonly RunView[], flags: ListFlags): readonly RunView[] {
  if (flags.limit !== undefined && flags.limit < 1) throw new UsageError("--limit is less than one.");
  // A network that left the model registry may still have runs.
  if (flags.model !== undefined && !runs.some(({ model }) => model.id === flags.model))
    architectureOf({ id: flags.model });
  const query = parseRunQuery(flags.find ?? "", runs);
  if (query.problem !== null) throw query.problem;
  const found = runs.filter(
    (run) =>
      run.isArchived === (flags.archived ?? false) &&
      (flags.state === undefined || run.state === flags.state) &&
      (flags.tag === undefined || run.tags.includes(flags.tag)) &&
      (flags.model === undefined || run.model.id === flags.model) &&
      query.matches(run),
  );
  if (flags.sort === undefined) return found.slice(0, flags.limit);
  const { field, isDescending } = listOrder(flags.sort);
  return found.toSorted((a, b) => compareValues(field.read(a), field.read(b), isDescending)).slice(0, flags.limit);
}
