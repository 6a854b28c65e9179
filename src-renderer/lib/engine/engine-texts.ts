/** What the header says of the engine. */
import type { EngineStatus, ThreadsView } from "../../../src-main/contract/machine.ts";
import type { LinkState } from "./connection.svelte.ts";
import { coresText } from "./machine-texts.ts";

export interface MachineWords {
  /** What is left out where there is no room. */
  readonly software: string;
  readonly device: string;
}

export interface EngineWords {
  readonly tone: "ready" | "waiting" | "failed";
  readonly state: string;
  readonly machine: MachineWords | null;
}

/** `TensorFlow 2.21.0` → `TensorFlow 2.21`. */
function shortVersion(name: string): string {
  return name.replace(/(\d+\.\d+)\.\d+/, "$1");
}

/** `CPU, 2 cores`, without the maker's name; of a GPU its name, without memory and driver. */
function machineWords(status: EngineStatus, threads: ThreadsView | null): MachineWords | null {
  if (status.tensorflow === null) return null;
  const device = status.device ?? "CPU";
  const cores = coresText(threads ?? { threads: status.cores, cores: status.cores });
  return {
    software: `${shortVersion(status.tensorflow)} · `,
    device: /^cpu\b/i.test(device) ? `CPU, ${cores}` : (/^GPU, ([^,]+)/.exec(device)?.[1] ?? device),
  };
}

export function engineWords(
  link: LinkState,
  status: EngineStatus | null,
  threads: ThreadsView | null = null,
): EngineWords {
  if (link === "refused") return { tone: "failed", state: "Address no longer valid", machine: null };
  if (link === "lost") {
    return { tone: "waiting", state: status === null ? "No engine yet, trying again" : "Reconnecting", machine: null };
  }
  if (link === "connecting" || status === null) return { tone: "waiting", state: "Connecting", machine: null };
  switch (status.state) {
    case "starting":
      return { tone: "waiting", state: "Engine starting", machine: null };
    case "failed":
      return { tone: "failed", state: "Engine cannot train", machine: machineWords(status, threads) };
    case "ready":
      return { tone: "ready", state: "Engine ready", machine: machineWords(status, threads) };
  }
}

/** What stands above every page when the engine is gone, shuts the page out or cannot train; null while all is well. */
export function engineFailure(
  link: LinkState,
  isLongLost: boolean,
  status: EngineStatus | null,
): { readonly problem: string; readonly remedy: string } | null {
  if (link === "refused") {
    return {
      problem: "This address is no longer valid.",
      remedy: "Strata was started with a new one. Open the address that it printed then.",
    };
  }
  if (isLongLost) {
    return {
      problem: "The engine does not answer.",
      remedy:
        "Strata keeps trying. If it was closed, start it again: this page goes on, unless another address is printed.",
    };
  }
  if (status?.state === "failed") {
    return {
      problem: status.problem ?? "TensorFlow could not be started on this machine.",
      remedy: "Runs can be looked at and compared. To train, run npm start -- doctor and follow what it says.",
    };
  }
  return null;
}

export const dismissText = "I have read it";
