/** Words of the map. */
import type { NetworkNode } from "../../../../src-main/domain/networks/network-tree.ts";
import { fieldText, shapeText } from "../../../entities/network/network-texts.ts";
import { count, magnitude } from "../../../lib/format.ts";

export const nodeKindTexts = {
  stage: "stage",
  module: "module",
  branch: "branch",
  head: "auxiliary head",
  layer: "layer",
} as const satisfies Record<NetworkNode["kind"], string>;

export const mapTexts = {
  title: "Map",
  label: (network: string) => `Map of ${network}`,
  zoom: "Zoom and opening",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "All of it",
  openAll: "Open all",
  closeAll: "Close all",
  help: "Arrow keys move, Enter opens and closes, + − and 0 zoom, as the wheel does.",
  join: (channels: number) => `concatenation, ${count(channels)} channels`,
  tower: (name: string, number: number, towers: number) => `${name} · ${number} of ${towers}`,
  channels: (channels: number) => `${count(channels)} channels`,
  inside: (parts: number) => `${parts} inside`,
  saveSvg: "Save as SVG",
  savePng: "Save as PNG",
} as const;

/** What a screen reader says of a node: as much as the drawing and the figures beside it. */
export function nodeInWords(node: NetworkNode): string {
  const { kind, title, detail, row, parameters, multiplyAdds, towers } = node;
  const sideBySide = towers > 1 ? `, in ${towers} towers side by side` : "";
  return (
    `${title}, ${nodeKindTexts[kind]}, ${detail}${sideBySide}: ${shapeText(row.output)}, ` +
    `${magnitude(parameters)} parameters, ${magnitude(multiplyAdds)} multiply-adds${fieldText(row)}`
  );
}

/** As many of these as there is room for whole, at so many letters. */
export function fitting(parts: readonly string[], letters: number): string {
  const text = parts.join(" · ");
  return text.length <= letters || parts.length < 2 ? shortened(text, letters) : fitting(parts.slice(0, -1), letters);
}

/** As much of a text as there is room for, at so many letters. */
export function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}
