import { z } from "zod";
import { sweepRequest } from "../../contract/sweep.ts";
import { sweepId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

const named = z.object({ sweepId });

export const sweepsRouter = routerOf({
  estimate: procedure.input(sweepRequest).mutation(({ ctx, input }) => ctx.engine.sweeps.estimate(input)),
  start: procedure.input(sweepRequest).mutation(({ ctx, input }) => ctx.engine.sweeps.start(input)),
  goOn: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.sweeps.goOn(input.sweepId)),
  stop: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.sweeps.stop(input.sweepId)),
  pause: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.sweeps.pause(input.sweepId)),
  list: procedure.query(({ ctx }) => ctx.engine.sweeps.list()),
  get: procedure.input(named).query(({ ctx, input }) => ctx.engine.sweeps.view(input.sweepId)),
});
