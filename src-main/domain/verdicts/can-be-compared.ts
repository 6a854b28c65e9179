/** Whether two runs were tested on the same pictures, or on versions of them. */
import type { RunView } from "../../contract/run.ts";
import { haveComparablePictures } from "../versions/shared-answers.ts";

type Compared = Pick<RunView, "dataset" | "configuration">;

/** What held out another fold was trained and tested on other pictures. */
export const canBeCompared = (a: Compared, b: Compared): boolean =>
  haveComparablePictures(a, b) && foldOf(a) === foldOf(b);

const foldOf = ({ configuration }: Compared): string => JSON.stringify(configuration.training.fold);
