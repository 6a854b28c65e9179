/**
 * `--self-test`: whether this installation works, for support and for tests. Opens the window on a home of its own, waits for the engine, has it train one
 * step, says how it went in one line of JSON, and ends.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, type BrowserWindow } from "electron";
import type { EngineLink } from "../contract/desktop.ts";
import type { SelfTest } from "../contract/engine-process.ts";
import type { EngineKeeper } from "./engine-keeper.ts";
import { enginePlace } from "./engine-place.ts";

export interface SelfTestWatch {
  readonly home: string;
  opened(window: BrowserWindow): void;
  engine(link: EngineLink, engine: EngineKeeper): void;
  /** The page speaks with the engine. */
  pageConnected(): void;
  trained(outcome: SelfTest | { readonly problem: string }): void;
}

/** The one line, where all went well. Milliseconds are since the process began. */
interface SelfTestDocument {
  readonly window: { readonly shownMillis: number; readonly electron: string };
  readonly engine: { readonly listeningMillis: number; readonly connectedMillis: number };
  readonly tensorflow: { readonly version: string; readonly hardLoss: number };
  readonly millis: number;
}

/** Several times what a slow machine takes; something that hangs is to be found too. */
const limitMillis = 180_000;

export function createSelfTest(): SelfTestWatch {
  const home = mkdtempSync(join(tmpdir(), "strata-self-test-"));
  removeAtTheEnd(home);
  const since = () => Math.round(process.uptime() * 1_000);
  let shownMillis: number | null = null;
  let listeningMillis: number | null = null;
  let connectedMillis: number | null = null;
  let tensorflow: SelfTestDocument["tensorflow"] | null = null;
  let keeper: EngineKeeper | null = null;
  let isOver = false;

  const finish = async (line: string, exitCode: number): Promise<void> => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    (exitCode === 0 ? process.stdout : process.stderr).write(`${line}\n`);
    await keeper?.stop();
    app.exit(exitCode);
  };
  const fail = (what: string) => void finish(`Self-test failed: ${what}`, 1);
  const timer = setTimeout(() => fail(waitedFor()), limitMillis);
  const waitedFor = (): string => {
    if (shownMillis === null) return "the window did not open.";
    if (listeningMillis === null) return "the engine did not start.";
    return connectedMillis === null ? "the page did not reach the engine." : "the training step did not end.";
  };
  const finishWhenAllIsThere = (): void => {
    if (shownMillis === null || listeningMillis === null || connectedMillis === null || tensorflow === null) return;
    const document: SelfTestDocument = {
      window: { shownMillis, electron: process.versions.electron ?? "unknown" },
      engine: { listeningMillis, connectedMillis },
      tensorflow,
      millis: since(),
    };
    void finish(JSON.stringify(document), 0);
  };

  return {
    home,
    opened(window) {
      window.once("show", () => {
        shownMillis = since();
        finishWhenAllIsThere();
      });
      window.webContents.once("did-fail-load", (_event, _code, description) =>
        fail(`the page did not load: ${description}.`),
      );
      window.webContents.once("render-process-gone", (_event, { reason }) =>
        fail(`the page's process ended: ${reason}.`),
      );
    },
    engine(link, engine) {
      keeper = engine;
      if (link.state === "failed") fail(`the engine did not start: ${link.problem} ${link.remedy}`);
      if (link.state === "restarting") fail(`the engine ended: ${link.reason}.`);
      if (link.state !== "listening") return;
      listeningMillis = since();
      engine.send({ kind: "self-test" });
    },
    pageConnected() {
      connectedMillis ??= since();
      finishWhenAllIsThere();
    },
    trained(outcome) {
      if ("problem" in outcome) {
        fail(`training: ${outcome.problem}`);
        return;
      }
      tensorflow = { version: outcome.tensorflow, hardLoss: outcome.hardLoss };
      finishWhenAllIsThere();
    },
  };
}

/** Whoever waits for the end of this process's output waits for the remover, too. */
function removeAtTheEnd(home: string): void {
  const { node, removeAfter } = enginePlace(home);
  const remover = spawn(node, [removeAfter, home], { stdio: ["pipe", "inherit", "inherit"], windowsHide: true });
  // An installation without its Node: what can be removed now is.
  remover.once("error", () => process.once("exit", () => rmSync(home, { recursive: true, force: true })));
  remover.unref();
}
