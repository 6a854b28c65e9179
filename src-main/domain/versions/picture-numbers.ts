/** Numbers of pictures as one short text, "0-4,7": half of a hundred thousand pictures by name are more than any request may hold. */

/** @param numbers in any order */
export function textOfNumbers(numbers: Iterable<number>): string {
  const runs: [first: number, last: number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** In rising order. Null where the text says anything else, or a number that is not below `count`. */
export function numbersOfText(text: string, count: number): readonly number[] | null {
  const numbers: number[] = [];
  for (const run of text.split(",")) {
    const [, from = "", to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(run) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === "" || last < first || last >= count || first <= (numbers.at(-1) ?? -1)) return null;
    for (let number = first; number <= last; number++) numbers.push(number);
  }
  return numbers;
}
