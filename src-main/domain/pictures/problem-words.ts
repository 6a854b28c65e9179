/** Problems of pictures in words, where each by itself would be too many. */
import type { PictureProblem } from "../../contract/dataset.ts";
import { countInWords } from "../health/words.ts";

/** What one is: as in `PDF`, `truncated`, `link in archive` */
export function problemKind({ code, format, leftOut }: PictureProblem): string {
  return format ?? (leftOut ? "not in training" : code.replaceAll("-", " "));
}

/** The most frequent first: as in `40 PDF, 2 truncated` */
export function problemKindsInWords(problems: readonly PictureProblem[]): string {
  const counts = new Map<string, number>();
  for (const kind of problems.map(problemKind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  return kinds.map(([kind, count]) => countInWords(count, kind, kind)).join(", ");
}
