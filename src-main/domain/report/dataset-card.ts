/** What a report says of the pictures: which they are, and never where they lie. */
import { type DatasetView, type SplitOrigin, splitNames } from "../../contract/dataset.ts";
import { countInWords, splitWords } from "../health/words.ts";
import { factsMarkup, tableMarkup } from "./markup.ts";

const originWords: Readonly<Record<SplitOrigin, string>> = {
  folders: "as the data bring it",
  seeded: "held out of the training pictures by their bytes",
  anew: "made anew by a plan",
  none: "none",
};
/** More are no card. */
const mostClasses = 100;

export function datasetCard({
  name,
  fingerprint,
  classes,
  counts,
  splitOrigin,
  sidePixels,
  source,
}: DatasetView): string {
  const { smallest, largest } = sidePixels;
  const shown = classes.slice(0, mostClasses);
  const rest = classes.length - shown.length;
  const facts = [
    { title: "Name", value: name },
    { title: "From", value: source.kind === "drawn" ? `drawn by Strata, seed ${source.seed}` : "a folder of pictures" },
    {
      title: "Pictures",
      value: splitNames
        .map((split) => `${countInWords(counts[split], splitWords[split], splitWords[split])}`)
        .join(", "),
    },
    { title: "Validation split", value: originWords[splitOrigin.validation] },
    { title: "Test split", value: originWords[splitOrigin.test] },
    { title: "Sides", value: smallest === largest ? `${smallest} px` : `${smallest} to ${largest} px` },
    { title: "Fingerprint", value: fingerprint.slice(0, 16) },
  ];
  const caption = `Pictures of each class${rest > 0 ? `; ${rest} more classes are left out here` : ""}`;
  const table = tableMarkup(
    caption,
    [
      { title: "Class", cell: (row) => row.name },
      ...splitNames.map((split) => ({
        title: `${splitWords[split].charAt(0).toUpperCase()}${splitWords[split].slice(1)}`,
        cell: (row: (typeof shown)[number]) => String(row[split]),
        isNumber: true,
      })),
    ],
    shown,
  );
  return `${factsMarkup(facts)}${table}`;
}
