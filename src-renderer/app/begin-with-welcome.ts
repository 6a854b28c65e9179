/** In an installed app the first start begins with the page of the first start, unless something else was asked for by then. */
import type { WelcomeState } from "../features/welcome/welcome.svelte.ts";
import type { EngineEvents } from "../lib/engine/connection.svelte.ts";
import type { RouterState } from "../lib/router.svelte.ts";

/** Asks once, as soon as the engine is there. @param isAsked whether an address or a person has named a page */
export function beginWithWelcome(parts: {
  readonly engine: EngineEvents;
  readonly welcome: Pick<WelcomeState, "load" | "view">;
  readonly router: Pick<RouterState, "replace">;
  readonly isAsked: () => boolean;
}): () => void {
  const { engine, welcome, router, isAsked } = parts;
  const end = engine.onEvent((event) => {
    if (event.kind !== "snapshot") return;
    end();
    if (isAsked()) return;
    void welcome.load().then(() => {
      if (welcome.view?.isWanted && !isAsked()) router.replace({ page: "welcome" });
    });
  });
  return end;
}
