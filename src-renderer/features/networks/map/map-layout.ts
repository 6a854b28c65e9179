/**
 * A network drawn from its tree, from the input at the top to the answer at the bottom: what is open holds its parts, a module's branches stand side by side
 * over the bar that joins them, a head stands right of where it leaves, and a layer in towers is as many boxes. Pure: nodes in, boxes and lines out.
 */
import type { NetworkNode } from "../../../../src-main/domain/networks/network-tree.ts";

export interface MapBox {
  readonly node: NetworkNode;
  /** 1 for a stage, one more inside each. */
  readonly level: number;
  /** From 1, among so many that stand beside it in the same parent. */
  readonly place: number;
  readonly siblings: number;
  readonly parent: NetworkNode | null;
  readonly isOpen: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** Where branches come together. */
export interface MapJoin {
  readonly key: string;
  readonly channels: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** A line along which values go. */
export interface MapLink {
  readonly points: readonly (readonly [x: number, y: number])[];
}
export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** Each before what is inside of it, in the network's order. */
  readonly boxes: readonly MapBox[];
  readonly joins: readonly MapJoin[];
  readonly links: readonly MapLink[];
}

export const leafHeight = 40;
export const joinHeight = 22;
export const titleHeight = 26;
export const towerGap = 6;
const leafWidth = 204;
const towerWidth = 124;
const gap = 16;
const branchGap = 12;
const inset = 10;
const headGap = 20;

type Block = MapDrawing;

/** @param open keys of what shows its parts */
export function layoutMap(stages: readonly NetworkNode[], open: ReadonlySet<string>): MapDrawing {
  return column(stages, null, 1, open);
}

function blockOf(
  node: NetworkNode,
  at: Pick<MapBox, "level" | "place" | "siblings" | "parent">,
  open: ReadonlySet<string>,
): Block {
  const isOpen = node.children.length > 0 && open.has(node.key);
  if (!isOpen) {
    const width = node.towers > 1 ? node.towers * (towerWidth + towerGap) - towerGap : leafWidth;
    const box = { ...at, node, isOpen, x: 0, y: 0, width, height: leafHeight };
    return { width, height: leafHeight, boxes: [box], joins: [], links: [] };
  }
  const parts =
    node.kind === "module" ? sideBySide(node, at.level + 1, open) : column(node.children, node, at.level + 1, open);
  const width = Math.max(leafWidth, parts.width + 2 * inset);
  const height = titleHeight + parts.height + inset;
  const inside = moved(parts, (width - parts.width) / 2, titleHeight);
  const box = { ...at, node, isOpen, x: 0, y: 0, width, height };
  return { ...inside, width, height, boxes: [box, ...inside.boxes] };
}

/** One below the other around one axis; heads at its right. */
function column(
  nodes: readonly NetworkNode[],
  parent: NetworkNode | null,
  level: number,
  open: ReadonlySet<string>,
): Block {
  const blocks = nodes.map((node, index) =>
    blockOf(node, { level, parent, place: index + 1, siblings: nodes.length }, open),
  );
  const trunkWidth = Math.max(
    leafWidth,
    ...blocks.filter((_, i) => nodes[i]!.kind !== "head").map(({ width }) => width),
  );
  const axis = trunkWidth / 2;
  const placed: Block[] = [];
  const links: MapLink[] = [];
  let bottom = 0;
  let headsBottom = 0;
  let width = trunkWidth;
  for (const [index, block] of blocks.entries()) {
    const y = placed.length === 0 ? 0 : bottom + gap;
    if (nodes[index]!.kind === "head") {
      const top = Math.max(y, headsBottom === 0 ? 0 : headsBottom + gap);
      const left = trunkWidth + headGap;
      placed.push(moved(block, left, top));
      const leaves = bottom + gap / 2;
      const middle = left + block.width / 2;
      links.push({
        points: [
          [axis, bottom],
          [axis, leaves],
          [middle, leaves],
          [middle, top],
        ],
      });
      headsBottom = top + block.height;
      width = Math.max(width, left + block.width);
      continue;
    }
    placed.push(moved(block, axis - block.width / 2, y));
    if (index > 0)
      links.push({
        points: [
          [axis, bottom],
          [axis, y],
        ],
      });
    bottom = y + block.height;
  }
  return together(placed, width, Math.max(bottom, headsBottom), links);
}

function sideBySide(module: NetworkNode, level: number, open: ReadonlySet<string>): Block {
  const branches = module.children;
  const blocks = branches.map((node, index) =>
    blockOf(node, { level, parent: module, place: index + 1, siblings: branches.length }, open),
  );
  const width = blocks.reduce((sum, block) => sum + block.width + branchGap, -branchGap);
  const tallest = Math.max(...blocks.map(({ height }) => height));
  const joinTop = 2 * gap + tallest;
  const links: MapLink[] = [];
  const placed: Block[] = [];
  let x = 0;
  for (const block of blocks) {
    placed.push(moved(block, x, gap));
    const middle = x + block.width / 2;
    links.push({
      points: [
        [width / 2, 0],
        [middle, 0],
        [middle, gap],
      ],
    });
    links.push({
      points: [
        [middle, gap + block.height],
        [middle, joinTop],
      ],
    });
    x += block.width + branchGap;
  }
  const join = { key: module.key, channels: module.row.output.channels, x: 0, y: joinTop, width, height: joinHeight };
  const all = together(placed, width, joinTop + joinHeight, links);
  return { ...all, joins: [...all.joins, join] };
}

function together(blocks: readonly Block[], width: number, height: number, links: readonly MapLink[]): Block {
  return {
    width,
    height,
    boxes: blocks.flatMap(({ boxes }) => boxes),
    joins: blocks.flatMap(({ joins }) => joins),
    links: [...blocks.flatMap((block) => block.links), ...links],
  };
}

function moved(block: Block, dx: number, dy: number): Block {
  const shift = <T extends { readonly x: number; readonly y: number }>(thing: T): T => ({
    ...thing,
    x: thing.x + dx,
    y: thing.y + dy,
  });
  return {
    ...block,
    boxes: block.boxes.map(shift),
    joins: block.joins.map(shift),
    links: block.links.map(({ points }) => ({ points: points.map(([x, y]) => [x + dx, y + dy] as const) })),
  };
}
