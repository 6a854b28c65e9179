/** Words of the record of runs and of one run's page. */

import type { CodedError } from "../../../src-main/contract/errors.ts";
import type { StateFilter } from "../../../src-main/contract/run-list.ts";
import { bytes, count, counted } from "../../lib/format.ts";
import { isolated } from "../../lib/names.ts";

export const stateFilterTexts: Readonly<Record<StateFilter, string>> = {
  all: "All",
  going: "Going",
  finished: "Finished",
  ended: "Ended early",
  archived: "Archived",
};

export const runListTexts = {
  title: "What was tried?",
  over: (runs: number, diskBytes: number) =>
    [
      "Record",
      ...(runs > 0 ? [counted(runs, "run")] : []),
      ...(diskBytes > 0 ? [`${bytes(diskBytes)} on disk`] : []),
    ].join(" · "),
  find: "Find",
  findHint: "Words, or smoothing>0, top1>=80%, state=failed",
  notUnderstood: ({ problem, remedy }: CodedError) => `${problem} ${remedy} Until then it is left out.`,
  state: "State",
  sortBy: "Sort by",
  sortedBy: (title: string, isDescending: boolean) => `${title}, ${isDescending ? "highest" : "lowest"} first`,
  newestFirst: (isDescending: boolean) => (isDescending ? "Newest first" : "Oldest first"),
  runColumn: "Run",
  runColumnAbout: "The newest first",
  columns: {
    seconds: ["Took", "From its start to its end"],
    diskBytes: ["Disk", "Weights and checkpoints"],
    parameters: ["Parameters", "Without auxiliary heads"],
    imagesPerSecond: ["Images/s", "Training pictures a second"],
  } satisfies Record<string, readonly [title: string, about: string]>,
  columnLook: (id: string, title: string, about: string): readonly [title: string, about: string] => {
    const lower = title.charAt(0).toLowerCase() + title.slice(1);
    if (id.startsWith("best."))
      return [
        `Best ${lower}, validation`,
        `${about} On the validation pictures, at the epoch that was best by the monitored metric.`,
      ];
    if (id.startsWith("validation."))
      return [`${title}, validation`, `${about} On the validation pictures, last epoch.`];
    return [
      `${title}, test`,
      `${about} On the test pictures; a run that has none is marked, with its validation pictures.`,
    ];
  },
  /** A figure in the column of the test pictures that is of the validation pictures. */
  onValidation: (value: string) => `${value}\u00a0val`,
  validationMark: "val: on the validation pictures, since the run has no test pictures.",
  reach: (unit: string | null, split: "test" | "validation", pictures: number) =>
    [...(unit === null ? [] : [unit]), `on ${counted(pictures, `${split} picture`)}`].join(", "),
  atEpoch: (value: string, epoch: number) => `${value} @ ${epoch}`,
  chooseColumns: "Columns",
  columnsTitle: "Which columns?",
  columnsHint: "Settings that differ among the shown runs are marked.",
  figuresGroup: "Figures",
  settingsGroup: "Settings",
  differs: "differs",
  usualColumns: "Reset",
  done: "Done",
  tableOf: (groups: number) => `Runs, in ${counted(groups, "group")}`,
  selectAll: (runs: number) => `Select all ${count(runs)} that are found`,
  actions: "Actions",
  selectedCount: (runs: number, diskBytes: number) =>
    `${count(runs)} selected${diskBytes > 0 ? `, ${bytes(diskBytes)}` : ""}`,
  selectionBar: "Selected runs",
  pages: "Pages of runs",
  previousPage: "Previous",
  nextPage: "Next",
  range: (first: number, last: number, all: number) => `${count(first)}–${count(last)} of ${count(all)}`,
  pin: "Pin",
  unpin: "Unpin",
  pinRun: (name: string, isPinned: boolean) => `${isPinned ? "Unpin" : "Pin"} ${name}`,
  archive: "Archive",
  unarchive: "Bring back",
  archived: (runs: number) => (runs === 1 ? "Run archived." : `${count(runs)} runs archived.`),
  broughtBack: (runs: number) => (runs === 1 ? "Run brought back." : `${count(runs)} runs brought back.`),
  tags: "Tags",
  tag: "Tag",
  tagsTitle: (runs: number) => `Tags of ${counted(runs, "run")}`,
  tagsHint: "One word each. Find them again with tag:word.",
  addTag: "Add",
  newTag: "New tag",
  dropTag: (tag: string) => `Take off ${isolated(tag)}`,
  disk: "Disk",
  freeSpace: "Free up space",
  freeTitle: (diskBytes: number) => `Free ${bytes(diskBytes)}?`,
  freeText: (runs: number) =>
    `Weights and checkpoints of ${counted(runs, "run")} are deleted for good. Settings, curves and answers stay. ` +
    "Without them a run cannot be exported, gone on with, or begun from.",
  freeGoing: "Runs that have not ended keep theirs.",
  freed: (diskBytes: number) => `${bytes(diskBytes)} freed.`,
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
  tryPicture: "Try a picture",
  exportWeights: "Export weights",
  remove: "Delete",
  removeRun: (name: string) => `Delete ${name}`,
  removeBoth: "Delete both",
  removeGroup: (name: string) => `Delete ${name}`,
  removed: (count: number) => (count === 1 ? "Run deleted." : `${count} runs deleted.`),
  undo: "Undo",
  rename: "Rename",
  renameRun: (name: string) => `Rename ${isolated(name)}`,
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
  ofEachRun: (figures: string) => `${figures} of each run`,
  settings: "Settings",
  madeBy: "Made by",
  training: "Training",
  noFigures: (isOver: boolean) =>
    isOver
      ? "No figures: it ended before its first evaluation."
      : "No figures yet: they come with the first evaluation.",
  /** @param by what it is best by */
  bestLook: (epoch: number, pictures: number, by: string) =>
    `Validation, ${counted(pictures, "picture")}, best epoch (${epoch}, by ${by})`,
  epochsOf: (done: number, all: number) => `${done} of ${all} epochs`,
  picturesSkipped: (count: number) => `${counted(count, "picture")} skipped`,
  stepsSkipped: (count: number) => `${counted(count, "step")} skipped by the loss scale`,
  compareArmsOf: (title: string) => `Compare the arms of ${title}`,
  took: "Took",
  /** @param epoch whose weights were restored for it; null where the last ones were looked at */
  look: (split: "test" | "validation", pictures: string, epoch: number | null) =>
    `${split === "test" ? "Test" : "Validation"}, ${pictures}${epoch === null ? "" : `, epoch ${epoch}`}`,
  width: (width: string) => `width ${width}`,
  seed: (seed: number) => `seed ${seed}`,
  pace: (images: string) => `${images} images a second`,
  restored: (epoch: number) => `ended with the weights of epoch ${epoch}, the best`,
  resumable: (step: number) => (step === 0 ? "can go on from its beginning" : `can go on from step ${step}`),
  parameters: (count: string) => `${count} parameters`,
  memory: (peak: string, predicted: string) => `${peak} of memory at most${predicted}`,
  memoryPredicted: (predicted: string) => `, predicted ${predicted}`,
  leak: (tensors: number) => ({
    problem: `Memory grew: each epoch left ${counted(tensors, "tensor")} behind.`,
    remedy: "This is a fault of Strata’s. What was trained is not affected; a long run may end without memory.",
  }),
  record: "In the record",
  watch: "Watch it live",
} as const;
