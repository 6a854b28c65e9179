/** What can stand where a file is named and is none. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./picture-folder.ts";

/** A pipe, a link to a device without an end, a socket and a folder, each named as a file of weights. They go away with the test. */
export function noFiles(): { readonly pipe: string; readonly device: string; readonly socket: string; folder: string } {
  const place = () => join(temporaryFolder(), "x.safetensors");
  const made = { pipe: makePipe(place()), device: place(), socket: place(), folder: place() };
  symlinkSync("/dev/zero", made.device);
  mkdirSync(made.folder);
  const server = createServer().listen(made.socket);
  onTestFinished(() => void server.close());
  return made;
}

/** @returns its path. Nobody writes to it. */
export function makePipe(path: string): string {
  execFileSync("mkfifo", [path]);
  return path;
}
