/** Two classes whose names differ in case, spaces or a plural alone. */
import { alikeNames } from "./class-names.ts";
import { type FindingKind, finding } from "./finding.ts";
import { namesInWords } from "./words.ts";

export const namesAlike: FindingKind = ({ view }) =>
  alikeNames(view.classes.map(({ name }) => name)).map((names) =>
    finding({
      id: "names-alike",
      severity: "serious",
      title: `${namesInWords(names)} may be one class`,
      text: "The names differ in case, spaces or a plural alone. A network that confuses the two is counted as wrong.",
      remedy: "Where it is one class, merge the two, by Mend pictures or data merge-classes.",
      classes: names,
    }),
  );
