/** Work over thousands of runs that stops after each of its pieces, so that whoever has others to answer can do so in between. */
export type InPieces<T> = Generator<undefined, T, undefined>;

/** Without a break. */
export function atOnce<T>(work: InPieces<T>): T {
  for (;;) {
    const piece = work.next();
    if (piece.done) return piece.value;
  }
}
