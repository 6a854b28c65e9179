/** Names that come from elsewhere, of classes, runs, folders and files, inside the page's own sentences. Pure. */
import { visibleText } from "../../src-main/domain/visible-text.ts";

/** Letters of scripts that are written from right to left, by the blocks that Unicode keeps for them. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name inside a sentence, an attribute or a drawing: it does not turn the direction of the words around it. What `Name` is in markup; the characters
 * are Unicode's first strong isolate and its end, which have no width. Other names stay as they are.
 */
export function isolated(name: string): string {
  const shown = visibleText(name);
  return rightToLeft.test(shown) ? `\u2068${shown}\u2069` : shown;
}

const segmenter = new Intl.Segmenter();

/** As much of the beginning as fits, with `…` for the rest. Never cut between the parts of a character: an accent, a flag, a joined emoji. */
export function fitted(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const characters = [...segmenter.segment(text)].map(({ segment }) => segment);
  while (characters.length > 1 && !fits(`${characters.join("")}…`)) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}
