/** The networks that this process holds ready: those that were asked last. */
import { statSync } from "node:fs";
import { codedWeightsError } from "../platform/weights-file.ts";
import { type OpenNetwork, openNetwork } from "./open-network.ts";

/** Both arms of a pair, and one more. */
const mostOpen = 3;

const open = new Map<string, OpenNetwork>();

/**
 * A file that changed is opened anew.
 * @throws StrataError as `openNetwork`
 */
export function networkOf(path: string): OpenNetwork {
  const key = keyOf(path);
  const network = open.get(key) ?? openNetwork(path);
  // The one asked last stands last.
  open.delete(key);
  open.set(key, network);
  for (const [oldest, left] of [...open].slice(0, -mostOpen)) {
    open.delete(oldest);
    left.dispose();
  }
  return network;
}

function keyOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return [path, ino, size, mtimeMs].join("\0");
  } catch (thrown) {
    throw codedWeightsError(thrown, path);
  }
}
