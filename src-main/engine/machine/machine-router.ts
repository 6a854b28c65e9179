import { z } from "zod";
import { runsAtOnce, threadsChoice } from "../../contract/machine.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const machineRouter = routerOf({
  status: procedure.query(({ ctx: { engine } }) => ({ ...engine.machine.current(), notices: engine.notices.open() })),
  dismissNotice: procedure
    .input(z.object({ noticeId: z.int().positive() }))
    .mutation(({ ctx, input }) => ctx.engine.notices.dismiss(input.noticeId)),
  chooseThreads: procedure
    .input(z.object({ choice: threadsChoice }))
    .mutation(({ ctx, input }) => ctx.engine.threads.choose(input.choice)),
  chooseRunsAtOnce: procedure
    .input(z.object({ choice: runsAtOnce }))
    .mutation(({ ctx, input }) => ctx.engine.threads.chooseRunsAtOnce(input.choice)),
});
