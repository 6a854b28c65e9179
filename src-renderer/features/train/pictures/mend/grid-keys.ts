/** Where a key leads in a grid of pictures that is read row by row. Pure. */

/** @returns the place that is active next; null for a key that moves nothing */
export function placeAfterKey(
  key: string,
  place: number,
  { columns, rowsShown, count }: { readonly columns: number; readonly rowsShown: number; readonly count: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * rowsShown,
    PageUp: -columns * rowsShown,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const next = place + step;
  // A step over the edge stays, but a page goes to the edge.
  if (key.startsWith("Arrow")) return next < 0 || next >= count ? place : next;
  return Math.min(count - 1, Math.max(0, next));
}

/** Every name between two places, both among them. */
export function namesBetween(names: readonly string[], from: number, to: number): readonly string[] {
  return names.slice(Math.min(from, to), Math.max(from, to) + 1);
}
