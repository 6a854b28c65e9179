/** Words for seeds. */
import { count, counted } from "../../../lib/format.ts";

export const seedTexts = {
  label: "Seeds",
  hint: "One or several, parted by commas: everything is trained once with each.",
  wrong: "Seeds are whole numbers, each given once.",
  tooMany: (runs: number, most: number) => `${counted(runs, "run")} are too many: ${count(most)} at most.`,
} as const;
