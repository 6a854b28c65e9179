/** Which runs `strata runs` lists, and in what order. */
import { type Command, Option } from "commander";
import { runStates } from "../contract/run.ts";
import type { RunsQuestion } from "../contract/run-list.ts";
import type { RunField } from "../domain/runs/run-field.ts";
import { findRunField, unknownFieldError } from "../domain/runs/run-fields.ts";
import { addPageFlags, askedPage, type PageFlags } from "./page-flags.ts";

export interface ListFlags extends PageFlags {
  readonly state?: RunsQuestion["state"];
  readonly tag?: string;
  readonly model?: string;
  readonly find?: string;
  readonly archived?: boolean;
  readonly sort?: string;
}

export function addListFlags(command: Command): Command {
  const filtered = command
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
    );
  return addPageFlags(filtered, 100);
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

/** @throws StrataError `find.unknown-name` */
export function runsQuestionOf(flags: ListFlags): RunsQuestion {
  const { state, tag, model, find = "", archived = false, sort } = flags;
  const order = sort === undefined ? null : listOrder(sort);
  return {
    ...{ state, tag, model, text: find, isArchived: archived },
    sort: order && { column: order.field.id, isDescending: order.isDescending },
    ...askedPage(flags),
  };
}
