/** What a key does on the map, as in every tree of a desktop: pure. */
import type { MapBox } from "./map-layout.ts";

export type MapDeed =
  | { readonly kind: "go"; readonly key: string }
  | { readonly kind: "open" | "close"; readonly key: string }
  | { readonly kind: "zoom"; readonly by: "in" | "out" | "fit" };

/** @param at the box that the keyboard stands on; before the first key there is none */
export function mapDeed(key: string, boxes: readonly MapBox[], at: MapBox | undefined): MapDeed | null {
  const index = at ? boxes.indexOf(at) : -1;
  const go = (to: MapBox | undefined): MapDeed | null => (to ? { kind: "go", key: to.node.key } : null);
  switch (key) {
    case "ArrowDown":
      return go(boxes[Math.min(boxes.length - 1, index + 1)]);
    case "ArrowUp":
      return go(boxes[Math.max(0, index - 1)]);
    case "Home":
      return go(boxes[0]);
    case "End":
      return go(boxes.at(-1));
    case "+":
    case "=":
      return { kind: "zoom", by: "in" };
    case "-":
      return { kind: "zoom", by: "out" };
    case "0":
      return { kind: "zoom", by: "fit" };
    case "Enter":
    case " ":
      return at && at.node.children.length > 0 ? { kind: at.isOpen ? "close" : "open", key: at.node.key } : null;
    case "ArrowRight":
      if (!at || at.node.children.length === 0) return null;
      return at.isOpen ? go(boxes[index + 1]) : { kind: "open", key: at.node.key };
    case "ArrowLeft":
      if (at?.isOpen) return { kind: "close", key: at.node.key };
      return go(boxes.find(({ node }) => node === at?.parent));
    default:
      return null;
  }
}
