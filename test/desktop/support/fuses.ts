/** Electron's fuses as they stand in its program: a marker, a version, a length, then a character each. */
import { readFileSync, writeFileSync } from "node:fs";

const marker = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const names = [
  "runAsNode",
  "cookieEncryption",
  "nodeOptions",
  "nodeCliInspect",
  "asarIntegrity",
  "onlyLoadAppFromAsar",
  "browserV8Snapshot",
  "grantFileProtocolExtraPrivileges",
] as const;
export type Fuse = (typeof names)[number];

/** Of the fuses that this Electron has. */
export function readFuses(program: string): Partial<Record<Fuse, boolean>> {
  const bytes = readFileSync(program);
  const first = firstFuse(bytes);
  const count = bytes[first - 1] ?? 0;
  const known = names.slice(0, count);
  return Object.fromEntries(known.map((name, index) => [name, bytes[first + index] === "1".charCodeAt(0)]));
}

/** For a copy under test: the packaged program lets no debugger in, and that is what Playwright is. */
export function allowInspect(program: string): void {
  const bytes = readFileSync(program);
  bytes[firstFuse(bytes) + names.indexOf("nodeCliInspect")] = "1".charCodeAt(0);
  writeFileSync(program, bytes);
}

function firstFuse(bytes: Buffer): number {
  const at = bytes.indexOf(marker);
  if (at < 0) throw new Error("This program has no fuses.");
  return at + marker.length + 2;
}
