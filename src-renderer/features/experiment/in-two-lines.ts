/** The words in two lines, as alike in length as they go; one where there is a single word. */
export function inTwoLines(text: string): readonly string[] {
  const words = text.split(" ");
  const splits = words.slice(1).map((_, index) => [words.slice(0, index + 1), words.slice(index + 1)]);
  const lines = splits.map((parts) => parts.map((part) => part.join(" ")));
  const lengthOf = (both: readonly string[]) => Math.max(...both.map(({ length }) => length));
  return lines.reduce<readonly string[]>((best, both) => (lengthOf(both) < lengthOf(best) ? both : best), [text]);
}
