/** The ten classes that are drawn: six shapes and four textures. Each is a signed distance, negative inside, from which edges are smoothed. */

/** Distance to the outline of a shape that fits the unit circle, in radii. */
type Shape = (x: number, y: number) => number;
/** Distance to the edge between a pattern's two colours, in periods: negative where the first colour is. */
type Texture = (x: number, y: number) => number;

export type DrawnClass =
  | { readonly name: string; readonly kind: "shape"; readonly distance: Shape }
  | { readonly name: string; readonly kind: "texture"; readonly distance: Texture };

const box = (x: number, y: number, halfWidth: number, halfHeight: number): number => {
  const dx = Math.abs(x) - halfWidth;
  const dy = Math.abs(y) - halfHeight;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
};

/** A convex outline with `corners` corners on the unit circle, or a star when the edges are drawn inwards to `innerRadius`. */
function polygon(corners: number, innerRadius: number): Shape {
  const sector = Math.PI / corners;
  // One edge, from the outer corner on the x axis to the inner corner at the sector's end; the rest is mirrored onto it.
  const [innerX, innerY] = [innerRadius * Math.cos(sector), innerRadius * Math.sin(sector)];
  const [edgeX, edgeY] = [innerX - 1, innerY];
  const edgeLength = Math.hypot(edgeX, edgeY);
  return (x, y) => {
    const angle = Math.atan2(y, x);
    const folded = Math.abs(angle - 2 * sector * Math.round(angle / (2 * sector)));
    const radius = Math.hypot(x, y);
    const [px, py] = [radius * Math.cos(folded) - 1, radius * Math.sin(folded)];
    const along = Math.min(1, Math.max(0, (px * edgeX + py * edgeY) / edgeLength ** 2));
    const distance = Math.hypot(px - along * edgeX, py - along * edgeY);
    return edgeX * py - edgeY * px > 0 ? -distance : distance;
  };
}

/** Distance to the nearest whole number plus a half, negative in the first half of each period. */
const band = (t: number): number => {
  const phase = t - Math.floor(t);
  return phase < 0.5 ? -Math.min(phase, 0.5 - phase) : Math.min(phase - 0.5, 1 - phase);
};
const fromNearestWhole = (t: number): number => t - Math.round(t);

/** In the order of their names, which is the order of their labels. */
export const drawnClasses: readonly DrawnClass[] = [
  {
    name: "checker",
    kind: "texture",
    distance: (x, y) => {
      const [a, b] = [band(x), band(y)];
      return Math.sign(a * b) * Math.min(Math.abs(a), Math.abs(b));
    },
  },
  { name: "cross", kind: "shape", distance: (x, y) => Math.min(box(x, y, 0.97, 0.27), box(x, y, 0.27, 0.97)) },
  { name: "disc", kind: "shape", distance: (x, y) => Math.hypot(x, y) - 0.9 },
  {
    name: "dots",
    kind: "texture",
    distance: (x, y) => Math.hypot(fromNearestWhole(x), fromNearestWhole(y)) - 0.33,
  },
  { name: "ring", kind: "shape", distance: (x, y) => Math.abs(Math.hypot(x, y) - 0.75) - 0.2 },
  { name: "square", kind: "shape", distance: (x, y) => box(x, y, 0.76, 0.76) },
  { name: "star", kind: "shape", distance: polygon(5, 0.42) },
  { name: "stripes", kind: "texture", distance: (x) => band(x) },
  { name: "triangle", kind: "shape", distance: polygon(3, 0.5) },
  // Stripes bent to and fro; the slope of one makes each √2 closer to its neighbour than its period.
  { name: "zigzag", kind: "texture", distance: (x, y) => band(x + Math.abs(fromNearestWhole(y * 0.8)) * 1.25) / 1.41 },
];

export const drawnClassNames: readonly string[] = drawnClasses.map(({ name }) => name);

/** The patch that a texture fills, and pieces of clutter: a box with round corners within the unit circle. */
export function roundedBox(x: number, y: number, aspect: number): number {
  const [halfWidth, halfHeight] = aspect >= 1 ? [0.5, 0.5 / aspect] : [0.5 * aspect, 0.5];
  return box(x, y, halfWidth, halfHeight) - 0.35;
}
