import { procedure, routerOf } from "../calls/procedure.ts";

export const feedRouter = routerOf({
  /** A snapshot first, then everything that happens. */
  events: procedure.subscription(({ ctx, signal }) =>
    ctx.engine.feed.subscribe(signal ?? new AbortController().signal),
  ),
});
