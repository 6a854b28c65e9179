/** The networks that this process holds ready: those that were asked last. */
import { statSync } from "node:fs";
import { codedWeightsError } from "../platform/weights-file.ts";
import { type OpenNetwork, openNetwork } from "./open-network.ts";

/** Both arms of a pair, as they are and with random weights. */
const mostOpen = 4;

const open = new Map<string, OpenNetwork>();

/**
 * A file that changed is opened anew.
 * @param isRandom with weights as a training begins
 * @throws StrataError as `openNetwork`
 */
export function networkOf(path: string, isRandom = false): OpenNetwork {
  const key = `${keyOf(path)}${isRandom ? "\0random" : ""}`;
  const network = open.get(key) ?? openNetwork(path, isRandom);
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
