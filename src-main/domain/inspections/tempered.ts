/**
 * Probabilities at a temperature: softmax(logits / T), as temperature scaling has it (Guo 2017). At 1 they are the network's own; above, they come nearer
 * to one another, below, apart; which class is likeliest stays.
 *
 * @param logits one a class
 * @param temperature more than 0
 */
export function tempered(logits: readonly number[], temperature: number): readonly number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}
