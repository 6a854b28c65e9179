/** The networks that this process holds ready: those that were asked last. */
import { statSync } from "node:fs";
import { codedWeightsError } from "../platform/weights-file.ts";
import { type OpenNetwork, openNetwork } from "./open-network.ts";

/** Both arms of a pair, as they are and with random weights. */
const mostOpen = 4;

interface Held {
  readonly network: OpenNetwork;
  /** Tasks that are at it. */
  users: number;
}

const open = new Map<string, Held>();

/**
 * A network stays while a task is at it, however many others are asked meanwhile. A file that changed is opened anew.
 * @param isRandom with weights as a training begins
 * @throws StrataError as `openNetwork`, and what `use` throws
 */
export async function withNetwork<T>(
  { path, isRandom = false }: { readonly path: string; readonly isRandom?: boolean },
  use: (network: OpenNetwork) => T | Promise<T>,
): Promise<T> {
  const key = `${keyOf(path)}${isRandom ? "\0random" : ""}`;
  const held = open.get(key) ?? { network: openNetwork(path, isRandom), users: 0 };
  // The one asked last stands last.
  open.delete(key);
  open.set(key, held);
  held.users += 1;
  letGo();
  try {
    return await use(held.network);
  } finally {
    held.users -= 1;
    letGo();
  }
}

function letGo(): void {
  for (const [key, { network, users }] of [...open].slice(0, -mostOpen)) {
    if (users > 0) continue;
    open.delete(key);
    network.dispose();
  }
}

function keyOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return [path, ino, size, mtimeMs].join("\0");
  } catch (thrown) {
    throw codedWeightsError(thrown, path);
  }
}
