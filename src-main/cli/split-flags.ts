/** `--split anew` and what belongs to it, for commands that are of pictures alone. */
import type { Command } from "commander";
import { type DatasetSource, datasetSource } from "../contract/dataset.ts";
import { splitSettings } from "../domain/settings/split-settings.ts";
import { addSettingFlag, type GivenFlags, withFlags } from "./setting-flags.ts";

export function addSplitFlags(command: Command): Command {
  for (const setting of splitSettings) addSettingFlag(command, setting);
  return command;
}

/** @throws UsageError, or a ZodError for a value out of its range */
export function withSplitFlags(source: DatasetSource, flags: object): DatasetSource {
  // Commander's flags are a record by name.
  const { dataset } = withFlags({ dataset: source }, flags as GivenFlags, splitSettings) as { dataset: unknown };
  return datasetSource.parse(dataset);
}
