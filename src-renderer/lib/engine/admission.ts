/**
 * Whether the engine that served this page still lets it in. A browser tells a page nothing of why a socket was refused, so a plain request asks. A page
 * that is refused does not ask on and on: it asks again when somebody looks at it, who may have opened the new address in another tab.
 */

import type { PageAccess } from "../../../src-main/contract/access.ts";
import { accessChoices, holdAccess } from "./access.ts";

/** 429 comes to none but those whose token is wrong, after many tries. */
const refusals = [401, 403, 429];

type Listener = (isRefused: boolean) => void;

export class Admission {
  readonly #listeners = new Set<Listener>();

  /** Told when the engine refuses this page, and when it lets it in again. Returns the unsubscriber. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once the page is not refused: at once where the engine lets it in, or does not answer at all. */
  async admitted(): Promise<void> {
    if (!(await isRefused())) return;
    this.#tell(true);
    let next = lookedAt();
    do {
      await next;
      // Whoever looks while the answer is on its way is asked for once more.
      next = lookedAt();
    } while (await isRefused());
    this.#tell(false);
  }

  #tell(refused: boolean): void {
    for (const listener of this.#listeners) listener(refused);
  }
}

/** The first choice that is not refused is what the page holds from now on. */
async function isRefused(): Promise<boolean> {
  for (const choice of accessChoices()) {
    if (await refuses(choice)) continue;
    holdAccess(choice);
    return false;
  }
  return true;
}

async function refuses(access: PageAccess | null): Promise<boolean> {
  try {
    // The cookie alone opens this address: one that brings a token is judged by the token.
    const headers = { authorization: `Bearer ${access?.token ?? "none"}` };
    const { status } = await fetch("/", { method: "HEAD", cache: "no-store", headers });
    return refusals.includes(status);
  } catch {
    return false;
  }
}

/** The page comes to the front, or its window does. */
function lookedAt(): Promise<void> {
  return new Promise((resolve) => {
    const seen = new AbortController();
    const look = (): void => {
      if (document.visibilityState !== "visible") return;
      seen.abort();
      resolve();
    };
    document.addEventListener("visibilitychange", look, { signal: seen.signal });
    window.addEventListener("focus", look, { signal: seen.signal });
  });
}
