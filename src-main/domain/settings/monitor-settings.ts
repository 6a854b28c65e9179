/** The rows of what is monitored, and of the end that may come of it. */
import type { Monitor } from "../../contract/configuration.ts";
import { monitoredMetrics, usualMonitor } from "../metrics/monitor.ts";
import type { Setting } from "./setting.ts";

export const monitorSettings = [
  {
    id: "earlyStopping",
    path: "training.earlyStopping",
    valueKey: "patienceEpochs",
    title: "Early stopping",
    about: "Ends the run once the monitored metric did not improve for so many epochs, and keeps the best epoch",
    value: { kind: "number", isWhole: true, scale: "linear", unit: "epochs", empty: "off" },
    flag: "early-stopping",
    placeholder: "<epochs>",
    also: ["stops early", "patience"],
    place: "more",
    isExplained: true,
  },
  {
    id: "minDelta",
    path: "training.earlyStopping.minDelta",
    title: "Minimum improvement",
    about: "What the monitored metric has to get better by to have improved",
    value: { kind: "number", scale: "log" },
    of: { id: "earlyStopping" },
    flag: "min-delta",
    placeholder: "<value>",
    place: "more",
    initial: 0,
  },
  {
    id: "monitor",
    path: "training.monitor",
    valueKey: "metric",
    title: "Monitored metric",
    about: "What the best epoch, early stopping and a schedule on a plateau follow",
    value: { kind: "option", options: Object.fromEntries(monitoredMetrics().map(({ id, title }) => [id, title])) },
    flag: "monitor",
    placeholder: "<metric>",
    place: "more",
    initial: usualMonitor.metric,
  },
  {
    id: "monitorSplit",
    path: "training.monitor.split",
    title: "Monitored pictures",
    about: "Pictures that the monitored metric is of; of training pictures it is the mean over an epoch’s batches",
    value: {
      kind: "option",
      options: { validation: "validation", train: "training" } satisfies Record<Monitor["split"], string>,
    },
    flag: "monitor-split",
    placeholder: "<split>",
    place: "more",
    initial: usualMonitor.split,
  },
] as const satisfies readonly Setting[];
