/** Pictures that stand out from the others. */
import { type UnusualKind, unusualKinds } from "../../contract/pixel-scan.ts";
import { type Finding, type FindingKind, finding } from "./finding.ts";
import { countInWords } from "./words.ts";

const words: Readonly<Record<UnusualKind, Pick<Finding, "severity" | "text" | "remedy"> & { readonly what: string }>> =
  {
    damaged: {
      severity: "warning",
      what: "cannot be decoded",
      text: "The beginning of the file is a picture, and its pixels are not all there. Training would end at it.",
      remedy: "Replace the file and scan again, or exclude it, by Mend pictures or data exclude.",
    },
    blank: {
      severity: "warning",
      what: "of one colour all over, black or another",
      text: "There is nothing in them to learn a class from.",
      remedy: "Look at each, and exclude what is no picture of its class, by Mend pictures or data exclude.",
    },
    blurred: {
      severity: "note",
      what: "blurred",
      text: "They have less than a fifth of the detail that is usual here.",
      remedy: "Look at each, and exclude what shows nothing, by Mend pictures or data exclude.",
    },
    small: {
      severity: "note",
      what: "much smaller than the others",
      text: "Their shorter side is less than a quarter of the usual one: enlarged, they look soft, and a network may learn that.",
      remedy:
        "Where one class has most of them, find larger pictures, or exclude them, by Mend pictures or data exclude.",
    },
    elongated: {
      severity: "note",
      what: "at least three times as long as wide",
      text: "The network sees the middle square, a third of them or less.",
      remedy: "Crop them to what matters, and scan again.",
    },
    grey: {
      severity: "note",
      what: "without colour among pictures in colour",
      text: "Where one class has most of them, a network may learn the colour in place of the class.",
      remedy: "Make all pictures grey or none, or spread them evenly over the classes.",
    },
  };

export const unusualPictures: FindingKind = ({ scan }) =>
  unusualKinds.flatMap((kind) => {
    const found = scan?.unusual[kind];
    if (!found || found.pictures === 0) return [];
    const { what, ...told } = words[kind];
    const title = `${countInWords(found.pictures, "picture")} ${what}`;
    return [finding({ id: `unusual-${kind}`, title, ...told, pictures: found.shown.map((picture) => [picture]) })];
  });
