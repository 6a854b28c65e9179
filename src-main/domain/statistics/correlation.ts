/** Pearson's correlation of two lists of the same length, −1 to 1; null where one of them does not vary. In one pass, since health reports ask it of many pictures. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at]!, b[at]!];
    sumA += one;
    sumB += other;
    squareA += one * one;
    squareB += other * other;
    product += one * other;
  }
  const spread = (a.length * squareA - sumA ** 2) * (a.length * squareB - sumB ** 2);
  return spread <= 0 ? null : (a.length * product - sumA * sumB) / Math.sqrt(spread);
}
