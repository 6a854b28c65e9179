/**
 * Places taken one after another in these proportions: after any number n of them, place j was taken ⌊n·p_j⌋ or ⌈n·p_j⌉ times, with p its proportion of the whole.
 * The quota method of apportionment (Balinski and Young 1975), seat by seat.
 */
export function inProportion(weights: readonly number[]): () => number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const taken = weights.map(() => 0);
  let turn = 0;
  return () => {
    turn++;
    let next = -1;
    for (const [place, weight] of weights.entries()) {
      // One more must not be more than its share of the turns, rounded up. Sums of decimal fractions are a little off.
      if (taken[place]! >= (weight / whole) * turn - 1e-9) continue;
      if (next < 0 || weight / (taken[place]! + 1) > weights[next]! / (taken[next]! + 1)) next = place;
    }
    taken[next]!++;
    return next;
  };
}
