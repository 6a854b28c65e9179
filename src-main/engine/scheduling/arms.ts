/** A request resolved into one whole configuration an arm, each with the title that its run is given. */
import type { PairSetting, RunConfiguration, TrainRequest } from "../../contract/configuration.ts";
import { valueInWords } from "../../domain/sweep-grid.ts";

export function armsOf({ configuration, pair }: TrainRequest): readonly RunConfiguration[] {
  if (pair === null) return [configuration];
  return pair.values.map((value) => ({
    ...configuration,
    // The pair's type ties each setting's name to its values' type.
    training: { ...configuration.training, [pair.setting]: value },
  }));
}

/** What a run is called until a person names it: its network, and in a pair the setting that makes it this arm. */
export function titleOf(modelTitle: string, pair: PairSetting | null, arm: number): string {
  return pair === null
    ? modelTitle
    : `${modelTitle}, ${valueInWords({ setting: pair.setting, value: pair.values[arm === 0 ? 0 : 1] })}`;
}
