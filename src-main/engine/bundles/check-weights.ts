/** Weights out of a bundle: whether they can be read, are those of their run's network, and are numbers. */
import type { ModelChoice } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { answeringWeights } from "../../models/weight-list.ts";
import { openWeights, usedName, type WeightsFile } from "../../models/weights-file.ts";
import { notFiniteIn } from "../weights/not-finite-in.ts";
import { damagedBundle } from "./damaged-bundle.ts";

interface WeightsPart {
  /** What the bundle calls it. */
  readonly name: string;
  /** Where it lies now. */
  readonly path: string;
  readonly model: ModelChoice;
  readonly classes: number;
  /** Whether they may hold values that are no numbers, since training ended for that. */
  readonly mayBeNotFinite: boolean;
}

/** @throws StrataError `bundle.damaged`, `model.unknown`, `model.input-too-small` */
export async function checkWeights({ name, path, model, classes, mayBeNotFinite }: WeightsPart): Promise<void> {
  const weights = openedWeights(name, path);
  weights.close();
  if (!isOfNetwork(weights, model, classes)) throw damagedBundle(`${name} is of another network than its run`);
  const [wrong] = await notFiniteIn(path);
  if (wrong !== undefined && !mayBeNotFinite) throw damagedBundle(`${name} holds values that are no numbers`);
}

/** What cannot be read is said by its name in the bundle: where it was copied to is nothing that a person knows. */
function openedWeights(name: string, path: string): WeightsFile {
  try {
    return openWeights(path);
  } catch (thrown) {
    if (!(thrown instanceof StrataError) || !thrown.code.startsWith("weights.")) throw thrown;
    throw damagedBundle(`${name} cannot be read as weights`);
  }
}

/** By what they say of themselves, and by every name and shape. */
function isOfNetwork({ description, shapes }: WeightsFile, model: ModelChoice, classes: number): boolean {
  const { layout, architecture, inputPixels, width } = description;
  const saysSo =
    layout === "strata" &&
    architecture === model.id &&
    inputPixels === model.inputPixels &&
    width === model.width &&
    description.classes === classes;
  if (!saysSo) return false;
  const listed = answeringWeights(scaleArchitecture(findArchitecture(model.id), model), classes);
  return listed.every(({ name, shape }) => {
    const stored = usedName(name, (one) => shapes.has(one));
    return stored !== undefined && shapes.get(stored)?.join() === shape.join();
  });
}
