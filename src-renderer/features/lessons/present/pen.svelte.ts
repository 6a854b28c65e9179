/** What a teacher draws over the screens. Kept for each while the presentation lasts, and nowhere else. */

/** As shares of the drawing's width and height, so that it stays in its place when the window changes. */
type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

export class Pen {
  isOn = $state(false);
  #byScreen = $state.raw<ReadonlyMap<number, readonly Stroke[]>>(new Map());

  strokesOn(screen: number): readonly Stroke[] {
    return this.#byScreen.get(screen) ?? [];
  }

  begin(screen: number, point: Point): void {
    this.#keep(screen, [...this.strokesOn(screen), [point]]);
  }

  /** Draws the last stroke on. */
  draw(screen: number, point: Point): void {
    const strokes = this.strokesOn(screen);
    const last = strokes.at(-1);
    if (last) this.#keep(screen, [...strokes.slice(0, -1), [...last, point]]);
  }

  clear(screen: number): void {
    this.#keep(screen, []);
  }

  #keep(screen: number, strokes: readonly Stroke[]): void {
    this.#byScreen = new Map([...this.#byScreen, [screen, strokes]]);
  }
}

/** For a path in a square of 1 × 1. */
export function strokePath(stroke: Stroke): string {
  const points = stroke.map(([x, y]) => `${x.toFixed(4)} ${y.toFixed(4)}`);
  // A press without a move is a dot: a line to where it stands.
  return `M${points.length === 1 ? [...points, ...points].join("L") : points.join("L")}`;
}
