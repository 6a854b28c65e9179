/** Runs in the page's process, sandboxed and apart from the page: the two functions that it is given, and what is dropped onto the window. */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { DesktopBridge } from "../contract/desktop.ts";
import { callChannel, eventChannel } from "../contract/desktop-channels.ts";

export function exposeBridge(): void {
  const bridge: DesktopBridge = {
    call: (request) => ipcRenderer.invoke(callChannel, request),
    onEvent(listener) {
      // Only main sends on this channel, and it is of the same version.
      const handler = (_: unknown, event: Parameters<typeof listener>[0]) => listener(event);
      ipcRenderer.on(eventChannel, handler);
      return () => ipcRenderer.off(eventChannel, handler);
    },
  };
  contextBridge.exposeInMainWorld("strata", bridge);

  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    const paths = Array.from(event.dataTransfer?.files ?? [], pathOf).filter((path) => path !== "");
    if (paths.length > 0) void bridge.call({ kind: "dropped", paths });
  });
}

/** Electron before 32 puts the path on the file itself. */
function pathOf(file: File): string {
  if (webUtils !== undefined) return webUtils.getPathForFile(file);
  return "path" in file && typeof file.path === "string" ? file.path : "";
}
