/** How pictures are parted into splits. The Train page has a dialog for them, beside the pictures; they belong to the source and not to the training. */
import { groupSyntax } from "../../contract/split-plan.ts";
import type { Setting } from "./setting.ts";

const of = { id: "splits", kinds: ["anew"] } as const;

export const splitSettings = [
  {
    id: "splits",
    path: "dataset.split",
    valueKey: "kind",
    title: "Splits",
    about: "Whether training, validation and test pictures are as the data bring them, or parted anew",
    value: { kind: "option", options: { "as-found": "as found", anew: "made anew" } },
    flag: "split",
    placeholder: "<how>",
  },
  {
    id: "validationShare",
    path: "dataset.split.validationShare",
    title: "Validation share",
    about: "With --split anew: share of the pictures that is for validation (0.1)",
    value: { kind: "number", scale: "percent" },
    of,
    flag: "validation-share",
    placeholder: "<share>",
  },
  {
    id: "testShare",
    path: "dataset.split.testShare",
    title: "Test share",
    about: "With --split anew: share of the pictures that is for the test (0.1); 0 for none",
    value: { kind: "number", scale: "percent" },
    of,
    flag: "test-share",
    placeholder: "<share>",
  },
  {
    id: "splitSeed",
    path: "dataset.split.seed",
    title: "Split seed",
    about: "With --split anew: another seed parts the pictures otherwise (1)",
    value: { kind: "number", isWhole: true, scale: "linear" },
    of,
    flag: "split-seed",
    placeholder: "<number>",
  },
  {
    id: "splitGroup",
    path: "dataset.split.group",
    title: "Split by group",
    about: `With --split anew: pictures of one group, as of one patient, stay in one split; ${groupSyntax}`,
    value: { kind: "text", empty: "no groups" },
    of,
    flag: "split-group",
    placeholder: "<group>",
  },
  {
    id: "stratify",
    path: "dataset.split.isStratified",
    title: "Stratified split",
    about: "With --split anew: parts each class in these shares, and not only the whole (the usual)",
    value: { kind: "yes-or-no" },
    of,
    flag: "stratify",
  },
] as const satisfies readonly Setting[];
