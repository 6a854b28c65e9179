import { experimentRequest } from "../../contract/experiment.ts";
import { procedure, routerOf } from "../calls/procedure.ts";
import { firstBlockOf } from "./first-block.ts";

/** Of an experiment's first block; `experiments.estimate` tells of all of it. */
export const estimationRouter = routerOf({
  estimate: procedure.input(experimentRequest).query(async ({ ctx, input }) => {
    const arms = firstBlockOf(await ctx.engine.experiments.resolve(input, ctx.client?.gone));
    return ctx.engine.estimator.estimate(arms, ctx.client?.gone);
  }),
  memory: procedure.input(experimentRequest).query(async ({ ctx, input }) => {
    const arms = firstBlockOf(await ctx.engine.experiments.resolve(input, ctx.client?.gone));
    return ctx.engine.estimator.memory(arms, ctx.client?.gone);
  }),
});
