/** Why an arm's objective cannot fall below its floor while training: the same sentence before a run, beside its curves, and in a comparison. */
import type { Loss } from "../../../src-main/contract/architecture.ts";
import { targetFloor } from "../../../src-main/domain/runs/objective-floor.ts";
import { decimal, plain } from "../../lib/format.ts";

export interface FloorQuestion {
  /** What the arm is called. */
  readonly arm: string;
  /** Null for a network that is no longer on the model registry. */
  readonly loss: Loss | null;
  readonly classes: number;
  readonly epsilon: number;
  /** The floor of the objective while training, auxiliary heads included. */
  readonly floor: number;
}

/** Null where nothing but zero bounds it, as with one-hot targets. */
export function floorSentence({ arm, loss, classes, epsilon, floor }: FloorQuestion): string | null {
  if (!(floor > 0)) return null;
  const unit = loss === "cross-entropy" ? " nats" : "";
  const say = (value: number): string => `${decimal(value, 3)}${unit}`;
  const end = `cannot fall below ${say(floor)} while training, however good the network.`;
  if (loss === null) return `${arm}: with its smoothed targets the objective ${end}`;
  const why = loss === "hinge" ? "ask for a margin for every class at once" : "have entropy of their own";
  const targets = targetFloor(loss, classes, epsilon);
  const headShare = targets > 0 ? floor / targets - 1 : 0;
  // What goes beyond the targets' own floor is the auxiliary heads'.
  if (headShare <= 0.001) return `${arm}: smoothed targets ${why}, so the objective ${end}`;
  const heads = `the auxiliary heads add ${plain(Number(headShare.toPrecision(3)))} of it again`;
  return `${arm}: smoothed targets ${why}, ${say(targets)}, and ${heads}. The objective ${end}`;
}
