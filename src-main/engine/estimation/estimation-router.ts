import { experimentRequest } from "../../contract/experiment.ts";
import { procedure, routerOf } from "../calls/procedure.ts";
import { firstBlockOf } from "./first-block.ts";

/** Of an experiment's first block; `experiments.estimate` tells of all of it. */
export const estimationRouter = routerOf({
  estimate: procedure
    .input(experimentRequest)
    .query(({ ctx, input }) => ctx.engine.estimator.estimate(firstBlockOf(input), ctx.client?.gone)),
  memory: procedure
    .input(experimentRequest)
    .query(({ ctx, input }) => ctx.engine.estimator.memory(firstBlockOf(input), ctx.client?.gone)),
});
