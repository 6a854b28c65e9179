/**
 * Draws picture n of a set: one of ten shapes and textures on a ground with clutter. Everything but the class — colours, place, size, turn,
 * ground, clutter, noise — comes from the same distributions for all classes, so that nothing but form gives the class away.
 */
import { createHash } from "node:crypto";
import type { DrawnSource } from "../../contract/dataset.ts";
import { createRandom, type Random } from "../../platform/random.ts";
import { bytesOf, type Canvas, type Colour, coverageAt, createCanvas, lay, mix, type Outline } from "./canvas.ts";
import { type DrawnClass, drawnClasses, roundedBox } from "./classes.ts";

/** Raised when the same recipe draws other pixels, so that what is cached is not taken for them. */
const recipeVersion = 1;

export type DrawnRecipe = Pick<DrawnSource, "pixels" | "difficulty" | "seed">;

export function drawnLabel(pictureIndex: number): number {
  return pictureIndex % drawnClasses.length;
}

/** Hex SHA-256 of all that a picture follows from; the number of pictures in the set is no part of it. */
export function drawnContentHash({ pixels, difficulty, seed }: DrawnRecipe, pictureIndex: number): string {
  return createHash("sha256")
    .update(`drawn ${recipeVersion} ${pixels} ${difficulty} ${seed} ${pictureIndex}`)
    .digest("hex");
}

/** 8-bit RGB, `pixels`² × 3 bytes, row by row; the same bytes for the same recipe and number. */
export function drawPicture({ pixels, difficulty, seed }: DrawnRecipe, pictureIndex: number): Uint8Array {
  const random = createRandom(seed, "drawn", pictureIndex);
  const canvas = createCanvas(pixels);
  const ground = anyColour(random);
  layGround(canvas, random, ground, difficulty);
  layClutter(canvas, random, Math.round(difficulty * between(random, 4, 12)), 0.11);
  layObject(canvas, random, drawnClasses[drawnLabel(pictureIndex)] as DrawnClass, ground, difficulty);
  // A little clutter may stand before the object; never enough to hide it.
  layClutter(canvas, random, Math.round(difficulty * between(random, 0, 3)), 0.06);
  addNoise(canvas, random, 0.1 * difficulty);
  return bytesOf(canvas);
}

function layObject(canvas: Canvas, random: Random, drawn: DrawnClass, ground: Colour, difficulty: number): void {
  const side = canvas.sidePixels;
  const radius = side * between(random, 0.34 - 0.1 * difficulty, 0.46);
  const reach = Math.max(0, side / 2 - radius);
  const centre = {
    x: side / 2 + between(random, -reach, reach),
    y: side / 2 + between(random, -reach, reach),
    reachPixels: radius,
  };
  const toShape = turned(centre, between(random, 0, 2 * Math.PI), radius);
  const contrast = 0.45 - 0.25 * difficulty;
  const colour = colourAgainst(random, ground, contrast);
  if (drawn.kind === "shape") {
    lay(canvas, centre, (x, y) => drawn.distance(...toShape(x, y)) * radius, plain(colour));
    return;
  }
  const other = colourAgainst(random, colour, contrast);
  const aspect = 2 ** between(random, -0.4, 0.4);
  // Three to four and a half periods over the patch, and none so fine that pixels could not show it.
  const period = Math.max(5, (2 * radius) / between(random, 3, 4.5));
  const toTexture = turned(centre, between(random, 0, 2 * Math.PI), period);
  const phase = [random.uniform(), random.uniform()] as const;
  lay(
    canvas,
    centre,
    (x, y) => roundedBox(...toShape(x, y), aspect) * radius,
    (x, y) => {
      const [u, v] = toTexture(x, y);
      return mix(other, colour, coverageAt(drawn.distance(u + phase[0], v + phase[1]) * period));
    },
  );
}

/** A slow change between two like colours, with wide soft spots as the set gets harder. */
function layGround(canvas: Canvas, random: Random, colour: Colour, difficulty: number): void {
  const side = canvas.sidePixels;
  const far = mix(colour, anyColour(random), 0.15 + 0.2 * difficulty);
  const angle = between(random, 0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) / side, Math.sin(angle) / side];
  const everywhere = { x: side / 2, y: side / 2, reachPixels: side };
  const share = (x: number, y: number) => 0.5 + (x - side / 2) * dx + (y - side / 2) * dy;
  lay(
    canvas,
    everywhere,
    () => -1,
    (x, y) => mix(colour, far, share(x, y)),
  );
  for (let spot = 0; spot < Math.round(4 * difficulty); spot++) {
    const radius = side * between(random, 0.2, 0.5);
    const centre = { x: between(random, 0, side), y: between(random, 0, side), reachPixels: radius };
    const tint = mix(colour, anyColour(random), 0.3);
    const fromCentre = (x: number, y: number) => Math.hypot(x - centre.x, y - centre.y) / radius;
    // A distance that changes by one over the whole radius: the spot fades and has no edge.
    lay(canvas, centre, (x, y) => fromCentre(x, y) - 0.5, plain(tint));
  }
}

/** Chips and strokes, too small or too thin to be taken for a class. */
function layClutter(canvas: Canvas, random: Random, pieces: number, largestRadius: number): void {
  const side = canvas.sidePixels;
  for (let piece = 0; piece < pieces; piece++) {
    const radius = side * between(random, 0.03, largestRadius);
    const isChip = random.uniform() < 0.5;
    const outlineOf = isChip ? chip(radius, between(random, 0.6, 1.6)) : stroke(2 * radius, 0.012 * side + 0.3);
    const reachPixels = isChip ? radius : 2 * radius;
    const centre = { x: between(random, 0, side), y: between(random, 0, side), reachPixels };
    const toPiece = turned(centre, between(random, 0, 2 * Math.PI), 1);
    lay(canvas, centre, (x, y) => outlineOf(...toPiece(x, y)), plain(anyColour(random)));
  }
}

const chip =
  (radius: number, aspect: number): Outline =>
  (x, y) =>
    roundedBox(x / radius, y / radius, aspect) * radius;

const stroke =
  (halfLength: number, halfThickness: number): Outline =>
  (x, y) =>
    Math.max(Math.abs(x) - halfLength, Math.abs(y) - halfThickness);

function addNoise({ values }: Canvas, random: Random, deviation: number): void {
  if (deviation === 0) return;
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) + deviation * random.normal();
}

/** From pixels to coordinates around a centre, turned, with `unitPixels` as one. */
function turned(centre: { x: number; y: number }, angle: number, unitPixels: number) {
  const [cos, sin] = [Math.cos(angle) / unitPixels, Math.sin(angle) / unitPixels];
  return (x: number, y: number): [number, number] => {
    const [dx, dy] = [x - centre.x, y - centre.y];
    return [dx * cos + dy * sin, dy * cos - dx * sin];
  };
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random.uniform();
const plain = (colour: Colour) => () => colour;
const anyColour = (random: Random): Colour => [
  between(random, 0.08, 0.95),
  between(random, 0.08, 0.95),
  between(random, 0.08, 0.95),
];
/** Relative luminance without gamma: enough to tell light from dark. */
const lightness = ([red, green, blue]: Colour) => 0.3 * red + 0.59 * green + 0.11 * blue;

/** Any colour that is lighter or darker than the other by `contrast`. */
function colourAgainst(random: Random, other: Colour, contrast: number): Colour {
  const from = lightness(other);
  for (let attempt = 0; attempt < 32; attempt++) {
    const colour = anyColour(random);
    if (Math.abs(lightness(colour) - from) >= contrast) return colour;
  }
  return from > 0.5 ? [0.06, 0.08, 0.1] : [0.95, 0.93, 0.9];
}
