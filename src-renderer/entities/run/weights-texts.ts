/** Words for the weights that a run keeps: which epochs' there are, and how they go out. */
import type { RunView } from "../../../src-main/contract/run.ts";
import type { KeptEpoch } from "../../../src-main/contract/weights.ts";
import { counted } from "../../lib/format.ts";

export const weightsTexts = {
  title: "Export weights",
  about: "A safetensors file for Strata. Other formats: strata export on the command line.",
  epoch: "Epoch",
  checking: "Reading the weights through",
  fine: "All values are finite numbers.",
  cancel: "Cancel",
  save: "Save",
} as const;

const epochTexts: Readonly<Record<KeptEpoch, (epoch: number) => string>> = {
  best: (epoch) => `Best epoch (${epoch}), by validation loss`,
  // A run that was stopped got further, within the next epoch.
  last: (epoch) => `Last, after ${counted(epoch, "epoch")}`,
};

type KeptBy = Pick<RunView, "keptEpochs" | "restoredEpoch" | "best" | "epochsDone">;

/** One a kept epoch; one alone where the last epoch is the best. */
export function keptEpochOptions({ keptEpochs }: KeptBy): { readonly value: KeptEpoch; readonly label: string }[] {
  const { best, last } = keptEpochs;
  if (best !== null && best === last)
    return [{ value: "last", label: `${epochTexts.last(best)}, the best by validation loss` }];
  return (["last", "best"] as const).flatMap((value) => {
    const epoch = keptEpochs[value];
    return epoch === null ? [] : [{ value, label: epochTexts[value](epoch) }];
  });
}

/** Why an epoch is not among them; null where it is, and where there is none. */
export function notKeptText({ keptEpochs, restoredEpoch, best, epochsDone }: KeptBy, which: KeptEpoch): string | null {
  if (keptEpochs[which] !== null) return null;
  if (which === "last")
    return restoredEpoch === null
      ? null
      : `Those of the last epoch, ${epochsDone}, are not kept: the run ended with those of epoch ${restoredEpoch}, its best.`;
  return best === null ? null : `Those of the best epoch, ${best.epoch}, are not kept. With early stopping they are.`;
}
