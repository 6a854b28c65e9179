import { trainRequest } from "../../contract/configuration.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const estimationRouter = routerOf({
  estimate: procedure
    .input(trainRequest)
    .query(({ ctx, input }) => ctx.engine.estimator.estimate(input, ctx.client?.gone)),
  memory: procedure.input(trainRequest).query(({ ctx, input }) => ctx.engine.estimator.memory(input, ctx.client?.gone)),
});
