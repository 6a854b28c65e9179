import { parseRoute, type Route, routeHash } from "./route.ts";

export class RouterState {
  #route = $state.raw<Route>(parseRoute(window.location.hash));

  constructor() {
    window.addEventListener("hashchange", () => {
      this.#route = parseRoute(window.location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  /** Goes to a page; the browser's Back comes back from it. */
  go(route: Route): void {
    window.location.hash = routeHash(route);
  }

  /** Changes the address without a step in the history. */
  replace(route: Route): void {
    window.history.replaceState(null, "", routeHash(route));
    this.#route = route;
  }
}

/** The page that is shown, as the address says. */
export const router = new RouterState();
