/** Folders of small drawn pictures as a person has them, made once in a process and gone with it. */
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { createRandom } from "../../../src-main/platform/random.ts";
import { hardFolderNames, hardNames } from "../hard-names.ts";
import { cifarClasses } from "../sample-views.ts";

export interface PictureTree {
  /** A person's home: `pictures` and `documents` stand in it. */
  readonly home: string;
  /** Ten classes with a folder for testing; one file is no picture, one ends early, and one stands in both splits. */
  readonly cifar: string;
  /** Classes with long and foreign names, in a folder with such a name. */
  readonly named: string;
  /** So many files that a scan of them does not end by itself before it is stopped. */
  readonly endless: string;
}

const pixels = 32;
const perClass = { train: 20, test: 6 };
const endlessPictures = 60_000;
const shapes = 40;

let made: Promise<PictureTree> | null = null;

export function pictureTree(): Promise<PictureTree> {
  made ??= make();
  return made;
}

async function make(): Promise<PictureTree> {
  const home = mkdtempSync(join(tmpdir(), "strata-pictures-"));
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  const drawn = await Promise.all(Array.from({ length: shapes }, (_, number) => drawPicture(number)));
  const at = (...names: string[]) => {
    const folder = join(home, "pictures", ...names);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  mkdirSync(join(home, "documents"));
  at("ants-bees");
  at("only cats");
  at("Zürich 2025");
  const cifar = at("cifar10-mini");
  for (const split of ["train", "test"] as const)
    for (const name of cifarClasses) fill(at("cifar10-mini", split, name), perClass[split], drawn, `${split} ${name}`);
  writeFileSync(join(cifar, "train", "ship", "notes.txt"), "not a picture");
  writeFileSync(join(cifar, "train", "cat", "0713.png"), drawn[0]!.subarray(0, 20));
  copyFileSync(join(cifar, "train", "dog", "00.png"), join(cifar, "test", "dog", "0090.png"));
  const named = at(hardNames[1]);
  for (const name of hardFolderNames) fill(at(hardNames[1], name), 30, drawn, name);
  return { home, cifar, named, endless: join(home, "pictures", "endless") };
}

/** Hard links: a file is an entry of a folder, and no bytes. */
export async function makeEndless({ cifar, endless }: PictureTree): Promise<void> {
  for (const [index, name] of ["a", "b"].entries()) {
    mkdirSync(join(endless, name), { recursive: true });
    const first = join(endless, name, "first.png");
    copyFileSync(join(cifar, "train", "cat", `0${index}.png`), first);
    for (let number = 0; number < endlessPictures / 2; number++) linkSync(first, join(endless, name, `${number}.png`));
  }
}

/** Each file has bytes of its own behind the picture's end, where no decoder looks. */
function fill(folder: string, count: number, drawn: readonly Buffer[], name: string): void {
  for (let number = 0; number < count; number++) {
    const bytes = Buffer.concat([drawn[number % drawn.length]!, Buffer.from(`${name} ${number}`)]);
    writeFileSync(join(folder, `${String(number).padStart(2, "0")}.png`), bytes);
  }
}

/** A ground, and a shape on it, the same for the same number. */
async function drawPicture(number: number): Promise<Buffer> {
  const random = createRandom(number, "picture");
  const color = () => `hsl(${random.integer(360)} ${20 + random.integer(40)}% ${30 + random.integer(45)}%)`;
  const at = (low: number, high: number) => low + random.integer(high - low);
  const figures = [
    `<circle cx="${at(10, 22)}" cy="${at(10, 22)}" r="${at(5, 11)}" fill="${color()}"/>`,
    `<rect x="${at(3, 14)}" y="${at(3, 14)}" width="${at(8, 16)}" height="${at(8, 16)}" fill="${color()}"/>`,
    `<path d="M${at(4, 12)} 27L${at(12, 20)} ${at(3, 9)}L28 ${at(20, 28)}z" fill="${color()}"/>`,
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}"><rect width="32" height="32" fill="${color()}"/>
    <rect y="${at(18, 26)}" width="32" height="14" fill="${color()}"/>${figures[number % 3]}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
