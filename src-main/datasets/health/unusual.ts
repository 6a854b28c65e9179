/** Pictures that stand out from the others of their data set. */
import type { UnusualKind } from "../../contract/pixel-scan.ts";
import { squarePixels } from "./sketch.ts";

/** What is kept of each picture for it. A damaged one has no width. */
export interface PictureTraits {
  readonly width: number;
  readonly height: number;
  readonly contrast: number;
  readonly detail: number;
  readonly colour: number;
}

/** Levels of 255. */
const blankContrast = 2;
const greyColour = 1.5;
/** Shares of what the picture in the middle has. */
const littleDetail = 0.2;
const smallSide = 0.25;
/** Longer side over shorter: the middle square then has a third of the picture. */
const longAspect = 3;
/** What more pictures than this are is usual. */
const mostUnusual = 0.2;

/** The tests by kind, each with what is usual in the data set. */
const tests: Readonly<Record<UnusualKind, (traits: PictureTraits, usual: Usual) => boolean>> = {
  damaged: ({ width }) => width === 0,
  blank: ({ contrast, width }) => width > 0 && contrast < blankContrast,
  // An enlarged picture is soft, and none the worse for it.
  blurred: ({ width, height, contrast, detail }, usual) =>
    Math.min(width, height) >= squarePixels && contrast >= blankContrast && detail < littleDetail * usual.detail,
  small: ({ width, height }, usual) => width > 0 && Math.min(width, height) < smallSide * usual.side,
  elongated: ({ width, height }) => width > 0 && Math.max(width, height) >= longAspect * Math.min(width, height),
  grey: ({ width, contrast, colour }) => width > 0 && contrast >= blankContrast && colour < greyColour,
};
/** These are never usual. */
const alwaysTold: readonly UnusualKind[] = ["damaged", "blank"];

interface Usual {
  readonly detail: number;
  readonly side: number;
}

/** Indices of the unusual pictures, by kind. */
export function findUnusual(traits: readonly PictureTraits[]): Readonly<Record<UnusualKind, readonly number[]>> {
  const decoded = traits.filter(({ width, contrast }) => width > 0 && contrast >= blankContrast);
  const usual: Usual = {
    detail: median(decoded.map(({ detail }) => detail)),
    side: median(decoded.map(({ width, height }) => Math.min(width, height))),
  };
  const of = (kind: UnusualKind): readonly number[] => {
    const found = [...traits.keys()].filter((index) => tests[kind](traits[index]!, usual));
    return alwaysTold.includes(kind) || found.length <= mostUnusual * traits.length ? found : [];
  };
  return {
    ...{ damaged: of("damaged"), blank: of("blank"), blurred: of("blurred") },
    ...{ small: of("small"), elongated: of("elongated"), grey: of("grey") },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
