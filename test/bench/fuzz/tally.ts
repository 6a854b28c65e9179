/** What became of each input of one kind. */

export type Outcome = "used" | "refused" | "uncoded" | "crashed";

export interface Case {
  readonly outcome: Outcome;
  /** What was sent and what came of it, for those that must not be. */
  readonly told?: string;
}

export interface Tally {
  readonly kind: string;
  add(one: Case): void;
  readonly inputs: number;
  readonly bad: number;
  inWords(): string;
}

const mostTold = 20;

export function createTally(kind: string): Tally {
  const counts: Record<Outcome, number> = { used: 0, refused: 0, uncoded: 0, crashed: 0 };
  const told = new Map<string, number>();
  const startedAt = performance.now();
  return {
    kind,
    add({ outcome, told: words = "" }) {
      counts[outcome]++;
      if (this.inputs % 2_000 === 0) console.log(this.inWords());
      if (outcome === "used" || outcome === "refused") return;
      // Of one message, whatever the numbers in it, the first is told.
      const key = words.replace(/[0-9]+/g, "0").slice(0, 60);
      told.set(key, (told.get(key) ?? 0) + 1);
      if (told.get(key) === 1 && told.size <= mostTold) console.log(`${kind}: ${outcome}: ${words.slice(0, 1_500)}`);
    },
    get inputs() {
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    get bad() {
      return counts.uncoded + counts.crashed;
    },
    inWords() {
      const { used, refused, uncoded, crashed } = counts;
      const seconds = (performance.now() - startedAt) / 1_000;
      return `${kind}: ${this.inputs} inputs, ${used} used, ${refused} refused with a code, ${uncoded} uncoded, ${crashed} crashes, ${seconds.toFixed(0)} s`;
    },
  };
}
