/** Words of the record of runs and of one run's page. */

import type { RunOrder, StateFilter } from "../features/runs/run-groups.ts";
import { counted } from "./format.ts";

export const stateFilterTexts: Readonly<Record<StateFilter, string>> = {
  all: "All",
  going: "Going",
  finished: "Finished",
  ended: "Ended early",
};

export const runOrderTexts: Readonly<Record<RunOrder, string>> = {
  latest: "Latest first",
  top1: "Best top-1 first",
  hardLoss: "Lowest hard loss first",
  duration: "Longest first",
  model: "By network",
};

export const runListTexts = {
  title: "What was tried?",
  over: (runs: number) => (runs === 0 ? "Record" : `Record · ${counted(runs, "run")}`),
  find: "Find",
  findHint: "Network, pictures, title, note",
  state: "State",
  order: "Order",
  loading: "Loading the record of runs",
  emptyTitle: "No runs yet",
  emptyText: "Every training is kept here with its settings, curves and answers, until you delete it.",
  train: "Train the first",
  noneFound: "No run fits.",
  clearFilters: "Show all",
  experiment: (id: number) => `Experiment ${id}`,
  run: (id: number) => `Run ${id}`,
  select: (name: string) => `Select ${name} to compare`,
  compareSelected: (count: number) => (count < 2 ? "Select two to compare" : `Compare ${count}`),
  compare: "Compare",
  comparePair: "Compare the arms",
  clearSelection: "Clear",
  remove: "Delete",
  removeRun: (name: string) => `Delete ${name}`,
  removeGroup: (name: string) => `Delete ${name}`,
  removed: (count: number) => (count === 1 ? "Run deleted." : `${count} runs deleted.`),
  undo: "Undo",
  rename: "Rename",
  renameRun: (name: string) => `Rename ${name}`,
  titleField: "Title",
  save: "Save",
  cancel: "Cancel",
  note: "Note",
  noteHint: "What you wanted to know, and what you make of it. Saved when you leave the field.",
  unknownRun: (id: number) => ({
    problem: `There is no run ${id}.`,
    remedy: "It may have been deleted. See the list of runs.",
  }),
  allRuns: "All runs",
  figures: "Figures",
  settings: "Settings",
  confusion: "Confusion",
  training: "Training",
  ended: "How it ended",
  noFigures: "No figures yet: they come with the first evaluation.",
  epochsOf: (done: number, all: number) => `${done} of ${all} epochs`,
  picturesSkipped: (count: number) => `${counted(count, "picture")} skipped`,
  watch: "Watch it live",
} as const;
