/** How pictures are parted, in words: the same on the page and on the command line. */
import { type Grouping, type SplitAnew, splitGroupOf } from "../../contract/split-plan.ts";
import { visibleText } from "../visible-text.ts";

/** 0.1 → `10`, 0.125 → `12.5` */
const percent = (share: number): string => String(Math.round(share * 1_000) / 10);

/** Behind the name of a data set, as in `split 80/10/10 by patient, seed 2`. */
export function splitInName(plan: SplitAnew): string {
  const { validationShare, testShare, seed, group } = plan;
  const shares = [1 - validationShare - testShare, validationShare, testShare].map(percent).join("/");
  return `split ${shares}${group === null ? "" : ` by ${groupInWords(group)}`}${seed === 1 ? "" : `, seed ${seed}`}`;
}

/** As in `patient`, for a column, or `part 1 of the name`. */
export function groupInWords(text: string): string {
  const group = splitGroupOf(text);
  if (group === null) return visibleText(text);
  switch (group.kind) {
    case "column":
      return visibleText(group.column);
    case "folder":
      return group.level === 1 ? "folder" : `folder ${group.level} levels up`;
    case "name":
      if (group.part === -1) return "the last part of the name";
      return group.part < 0 ? `part ${-group.part} from the end of the name` : `part ${group.part} of the name`;
    case "pattern":
      return visibleText(`${group.before}*${group.after}`);
  }
}

/** As in `47 groups, of which none is in two splits. Of 3 pictures no group can be told.` */
export function groupingInWords({ groups, ungrouped }: Grouping): string {
  const all = `${groups.toLocaleString("en")} group${groups === 1 ? "" : "s"}, of which none is in two splits.`;
  if (ungrouped === 0) return all;
  const pictures = `${ungrouped.toLocaleString("en")} picture${ungrouped === 1 ? "" : "s"}`;
  return `${all} Of ${pictures} no group can be told: each stands for itself.`;
}
