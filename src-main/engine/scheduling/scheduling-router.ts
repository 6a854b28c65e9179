import { z } from "zod";
import { experimentRequest } from "../../contract/experiment.ts";
import { mostAskedJobs, queueMove } from "../../contract/queue.ts";
import { runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const schedulingRouter = routerOf({
  start: procedure.input(experimentRequest).mutation(({ ctx, input }) => ctx.engine.scheduling.start(input)),
  stop: procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.scheduling.stop(input.runId)),
  pause: procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.scheduling.pause(input.runId)),
  resume: procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.scheduling.resume(input.runId)),
});

export const queueRouter = routerOf({
  get: procedure
    .input(z.object({ most: z.int().positive().max(mostAskedJobs).optional() }).optional())
    .query(({ ctx, input }) => ctx.engine.queue.view(input?.most)),
  hold: procedure.mutation(({ ctx }) => ctx.engine.queue.hold()),
  goOn: procedure.mutation(({ ctx }) => ctx.engine.queue.goOn()),
  move: procedure
    .input(z.object({ runId, to: queueMove }))
    .mutation(({ ctx, input }) => ctx.engine.queue.move(input.runId, input.to)),
  leaveInterrupted: procedure.mutation(({ ctx }) => ctx.engine.queue.leave()),
});
