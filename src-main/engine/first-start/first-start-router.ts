import { procedure, routerOf } from "../calls/procedure.ts";

export const firstStartRouter = routerOf({
  view: procedure.query(({ ctx }) => ctx.engine.firstStart.view()),
  dismiss: procedure.mutation(({ ctx }) => ctx.engine.firstStart.dismiss()),
  prove: procedure.mutation(async ({ ctx }) => ({ runId: await ctx.engine.firstStart.prove() })),
});
