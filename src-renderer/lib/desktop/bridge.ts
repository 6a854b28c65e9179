/** The desktop around this page, where there is one: in a browser there is none. */
import type { DesktopBridge, EngineLink } from "../../../src-main/contract/desktop.ts";

declare global {
  interface Window {
    /** Put there by the window's preload script. */
    readonly strata?: DesktopBridge;
  }
}

export const desktop: DesktopBridge | null = window.strata ?? null;

/** The engine's address, as soon as it has one. */
export async function listeningEngine(bridge: DesktopBridge): Promise<string> {
  return new Promise((resolve) => {
    const take = (link: EngineLink): void => {
      if (link.state !== "listening") return;
      endEvents();
      resolve(link.address);
    };
    const endEvents = bridge.onEvent((event) => event.kind === "engine" && take(event.link));
    void bridge.call({ kind: "engine" }).then(take);
  });
}
