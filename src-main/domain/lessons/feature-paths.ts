/**
 * In how many ways the input reaches a layer. A feature of one layer is used again by every way on from it, so that their number can grow exponentially with
 * depth (Bengio, Courville and Vincent 2013, Representation Learning: A Review and New Perspectives).
 *
 * A path leads through the network's graph, from the input to a layer. Where branches stand side by side each is a way on, and their ways are added where
 * they are joined; so modules behind each other multiply. A layer that stands alone has as many as the one before it.
 */
import type { ShapedRow } from "../../contract/architecture.ts";

export interface PathsPoint {
  readonly name: string;
  /** Convolutions and dense layers on the longest path to here. */
  readonly layers: number;
  readonly paths: number;
}

/** The trunk's rows in order, each with the ways to it; heads leave the trunk and are no part of it. */
export function trunkPaths(rows: readonly ShapedRow[]): readonly PathsPoint[] {
  const trunk = rows.filter(({ kind }) => kind !== "auxiliary");
  return trunk.map(({ name, weightLayers, paths }) => ({ name, layers: weightLayers, paths }));
}

/** A small network: one input, layers of as many features each, every feature fed by all of the layer before, and one output. */
export interface SmallNetwork {
  readonly layers: number;
  readonly features: number;
}

/** A feature by its layer and its place in it, both from 0; the output is the one unit of layer `layers`. */
export interface FeatureUnit {
  readonly layer: number;
  readonly place: number;
}

/** Ways from the input to a unit: one to each feature of the first layer, and `features` times as many with each layer. */
export function pathsTo({ features }: SmallNetwork, { layer }: FeatureUnit): number {
  return features ** layer;
}

/** The connections that lie on some path from the input to the unit, layer by layer; the input is the one unit of layer −1. */
export function connectionsTo(
  network: SmallNetwork,
  unit: FeatureUnit,
): readonly { readonly from: FeatureUnit; readonly to: FeatureUnit }[] {
  const unitsOf = (layer: number): readonly FeatureUnit[] => {
    if (layer === unit.layer) return [unit];
    const count = layer < 0 ? 1 : network.features;
    return Array.from({ length: count }, (_, place) => ({ layer, place }));
  };
  return Array.from({ length: unit.layer + 1 }, (_, layer) =>
    unitsOf(layer).flatMap((to) => unitsOf(layer - 1).map((from) => ({ from, to }))),
  ).flat();
}
