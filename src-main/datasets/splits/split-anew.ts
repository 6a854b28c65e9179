/**
 * Parts pictures into splits anew: in the shares that are asked for, by a seed, and never through a group or through copies of the same bytes. Where no groups
 * are asked for the choice depends on the bytes and the seed alone, so that it is the same on every machine, whatever files are called.
 */
import { createHash } from "node:crypto";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { Grouping, SplitAnew } from "../../contract/split-plan.ts";
import { createGroupOf, type PictureColumns } from "../../domain/splits/group-of-picture.ts";
import type { LabelledPicture } from "../../domain/versions/apply-edits.ts";
import { fewestToHoldOut } from "../held-out.ts";
import { assignUnits, type Unit, type Wanted } from "./assign-units.ts";

export interface PartedAnew {
  readonly pictures: readonly LabelledPicture[];
  /** Null without groups. */
  readonly grouping: Grouping | null;
}

/** @throws StrataError `data.no-groups`, `data.too-few-groups` */
export function partAnew(
  pictures: readonly Omit<LabelledPicture, "split">[],
  columns: PictureColumns | null,
  plan: SplitAnew,
): PartedAnew {
  const groups = plan.group === null ? null : groupsOf(pictures, columns, plan.group);
  const unitKeys = keysOfUnits(pictures, groups);
  const labels = labelsOf(pictures, plan.isStratified);
  const units = new Map<string, { readonly rank: string; readonly counts: Map<number, number> }>();
  for (const [index, key] of unitKeys.entries()) {
    const unit = units.get(key) ?? { rank: sha256(`${plan.seed}\n${key}`), counts: new Map<number, number>() };
    units.set(key, unit);
    unit.counts.set(labels[index]!, (unit.counts.get(labels[index]!) ?? 0) + 1);
  }
  const inOrder = [...units].sort(([, a], [, b]) => (a.rank < b.rank ? -1 : 1));
  const splits = assignUnits(
    inOrder.map(([, { counts }]): Unit => ({ counts })),
    wantedOf(labels, plan),
  );
  const needed = plan.testShare > 0 ? 3 : 2;
  if (new Set(splits).size < needed) throw new StrataError("data.too-few-groups", { groups: units.size, needed });
  const splitOfUnit = new Map<string, SplitName>(inOrder.map(([key], index) => [key, splits[index]!]));
  return {
    pictures: pictures.map((picture, index) => {
      const key = unitKeys[index]!;
      const split = splitOfUnit.get(key)!;
      return groups === null ? { ...picture, split } : { ...picture, split, group: sha256(key) };
    }),
    grouping: groups && {
      groups: new Set(groups.filter((group) => group !== null)).size,
      ungrouped: groups.filter((group) => group === null).length,
    },
  };
}

function groupsOf(
  pictures: readonly Pick<LabelledPicture, "name">[],
  columns: PictureColumns | null,
  group: string,
): readonly (string | null)[] {
  const groupOf = createGroupOf(group, columns);
  const groups = groupOf === null ? [] : pictures.map(({ name }) => groupOf(name));
  if (groups.some((each) => each !== null)) return groups;
  throw new StrataError("data.no-groups", { group, columns: columns?.names.join(", ") ?? "" });
}

/** What must not be parted has one key: pictures of one group, and pictures of the same bytes, and so groups that share one. */
function keysOfUnits(
  pictures: readonly Pick<LabelledPicture, "contentHash">[],
  groups: readonly (string | null)[] | null,
): readonly string[] {
  const bytesOf = (index: number) => `1 ${pictures[index]!.contentHash}`;
  if (groups === null) return pictures.map((_, index) => bytesOf(index));
  const above = new Map<string, string>();
  const topOf = (key: string): string => {
    let top = key;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    // The way is shortened, so that a chain of many is walked once.
    for (let at = key; at !== top; ) {
      const next = above.get(at)!;
      above.set(at, top);
      at = next;
    }
    return top;
  };
  for (const [index, group] of groups.entries()) {
    const [a, b] = [topOf(bytesOf(index)), group === null ? null : topOf(`0 ${group}`)];
    // The first by the alphabet stands for all: a group's name before bytes, so that a group that grows stays where it is.
    if (b !== null && a !== b) above.set(...(a < b ? ([b, a] as const) : ([a, b] as const)));
  }
  return pictures.map((_, index) => topOf(bytesOf(index)));
}

/** Numbers of classes; one for all where classes do not count. */
function labelsOf(pictures: readonly Pick<LabelledPicture, "className">[], isStratified: boolean): readonly number[] {
  const labels = new Map<string, number>();
  return pictures.map(({ className }) => {
    const key = isStratified ? className : "";
    if (!labels.has(key)) labels.set(key, labels.size);
    return labels.get(key)!;
  });
}

/** Rounded for each class; of a small one at least one picture where it can spare it, and never its last. */
function wantedOf(labels: readonly number[], { validationShare, testShare }: SplitAnew): Wanted {
  const sizes: number[] = [];
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  const heldOut = (share: number) =>
    sizes.map((size) => Math.max(Math.round(size * share), share > 0 && size >= fewestToHoldOut ? 1 : 0));
  const validation = heldOut(validationShare);
  const test = heldOut(testShare);
  for (const [label, size] of sizes.entries())
    while (validation[label]! + test[label]! >= size && validation[label]! + test[label]! > 0)
      if (test[label]! >= validation[label]!) test[label]!--;
      else validation[label]!--;
  return { train: sizes.map((size, label) => size - validation[label]! - test[label]!), validation, test };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
