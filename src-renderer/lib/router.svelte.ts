import { createContext } from "svelte";
import { parseRoute, type Route, routeHash } from "./route.ts";

/** Where the address of the page is kept. */
type AddressBar = Pick<Window, "location" | "history" | "addEventListener">;

/** The page that is shown, as the address says. */
export class RouterState {
  readonly #window: AddressBar;
  #route: Route;

  constructor(window: AddressBar) {
    this.#window = window;
    this.#route = $state.raw(parseRoute(window.location.hash));
    window.addEventListener("hashchange", () => {
      this.#route = parseRoute(window.location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  /** Goes to a page; the browser's Back comes back from it. */
  go(route: Route): void {
    this.#window.location.hash = routeHash(route);
  }

  /** Changes the address without a step in the history. */
  replace(route: Route): void {
    this.#window.history.replaceState(null, "", routeHash(route));
    this.#route = route;
  }
}

export const [routerState, provideRouter] = createContext<RouterState>();
