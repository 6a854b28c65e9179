import type { ChartAxis } from "./chart-axis.ts";
import type { Reading } from "./reading.ts";

/** Words on and around every chart. */
export const chartTexts = {
  epoch: "Epoch",
  chart: "Chart",
  table: "Table",
  resetZoom: "Reset zoom",
  noValues: "No values yet",
  loading: "Loading the curve",
  notLoaded: "Not loaded",
  read: (title: string, over: string) => `Read the values of ${title.toLowerCase()}, ${over}.`,
  keys: "Left and right arrow keys read values; plus, minus and zero zoom.",
  showTable: (title: string) => `${title} as a table`,
  showChart: (title: string) => `${title} as a chart`,
  reading: (reading: Reading, { heading }: ChartAxis, format: (value: number) => string) =>
    `${heading(reading.x)}: ${reading.values.map((value) => `${value.label} ${format(value.y)}`).join(", ")}`,
  toolsShort: "View and save",
  tools: (title: string) => `View and save ${title.toLowerCase()}`,
  smoothing: "Smooth batches",
  noSmoothing: "none",
  smoothed: "Only the faint curves of single batches are smoothed; values after each epoch are as recorded.",
  hideBatches: "Hide batches",
  range: (low: string, high: string) => `${low} to ${high}`,
  axis: "Horizontal axis",
  axes: { epoch: "Epoch", step: "Step", time: "Training time" },
  axesShort: { epoch: "Epoch", step: "Step", time: "Time" },
  isTime:
    "Time that a run spent in its own training steps: without evaluation, pauses, waiting for pictures, and the steps of other arms.",
  noTime: "There are no times on record for a run that is shown: it was trained with an earlier version.",
  noTimeYet: "There are no times on record yet.",
  log: "Log scale",
  zoomIn: (title: string) => `Zoom in on ${title.toLowerCase()}`,
  zoomOut: (title: string) => `Zoom out of ${title.toLowerCase()}`,
  zoomInShort: "Zoom in",
  zoomOutShort: "Zoom out",
  png: "PNG",
  svg: "SVG",
  csv: "CSV",
  floorOf: (arm: string) => `Floor of ${arm}`,
} as const;
