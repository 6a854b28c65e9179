/** What a node of the map is coloured by: the kind of its row, as in the network's core. */
import type { Tone } from "../../../entities/network/core-layout.ts";
import type { MapBox } from "./map-layout.ts";

export function nodeTone({ node, place, level }: Pick<MapBox, "node" | "place" | "level">): Tone {
  // A stage begins with what reduces the grid; level 2 is what stands in a stage.
  if (node.kind === "module") return level === 2 && place === 1 ? "reduction" : "module";
  if (node.kind === "stage" || node.kind === "branch") return "module";
  switch (node.row.kind) {
    case "convolution":
    case "pool":
    case "dense":
    case "auxiliary":
      return node.row.kind;
    case "adaptive-pool":
      return "pool";
    default:
      return "thin";
  }
}
