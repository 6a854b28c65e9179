/** Whether two networks err on different pictures more often one way than the other. */

/**
 * McNemar's exact test: of the pictures that only one of the two had right, the share of either is compared with a half, two-sided, by the binomial
 * distribution (McNemar 1947; its exact form as in Dietterich 1998). 1 where they never differ.
 */
export function exactMcnemar(onlyFirstRight: number, onlySecondRight: number): number {
  const both = onlyFirstRight + onlySecondRight;
  const fewer = Math.min(onlyFirstRight, onlySecondRight);
  // Logarithms, since 2^−both is 0 in double precision from 1,075 pictures on.
  let logTerm = -both * Math.LN2;
  let tail = 0;
  for (let count = 0; count <= fewer; count++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(both - count) - Math.log(count + 1);
  }
  return Math.min(1, 2 * tail);
}
