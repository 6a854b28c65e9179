/** Round steps that an axis is marked in. */

/** The least of 1, 2 or 5 times a power of ten that cuts the span into at most so many. @param span above zero */
export function roundStep(span: number, most: number): number {
  const wanted = span / most;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  return magnitude * ([1, 2, 5].find((factor) => wanted <= factor * magnitude * (1 + 1e-9)) ?? 10);
}

/** The multiples of the step from low to high, without what adding up would leave in the last digits. */
export function roundMarks(low: number, high: number, step: number): readonly number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const mark = Number(((first + index) * step).toPrecision(12));
    // No minus before a zero.
    return mark === 0 ? 0 : mark;
  });
}
