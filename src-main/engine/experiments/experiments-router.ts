import { z } from "zod";
import { experimentQuestion, experimentRequest, experimentsQuestion } from "../../contract/experiment.ts";
import { experimentGrowth } from "../../contract/experiment-growth.ts";
import { experimentId, runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

const named = z.object({ experimentId });
const grown = named.extend({ growth: experimentGrowth });

export const experimentsRouter = routerOf({
  resolve: procedure
    .input(experimentRequest)
    .query(({ ctx, input }) => ctx.engine.experiments.resolve(input, ctx.client?.gone)),
  estimate: procedure.input(experimentRequest).mutation(({ ctx, input }) => ctx.engine.experiments.estimate(input)),
  estimateGrowth: procedure
    .input(grown)
    .mutation(({ ctx, input }) => ctx.engine.experiments.estimateGrowth(input.experimentId, input.growth)),
  grow: procedure
    .input(grown)
    .mutation(({ ctx, input }) => ctx.engine.scheduling.grow(input.experimentId, input.growth)),
  goOn: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.experiments.goOn(input.experimentId)),
  stop: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.experiments.stop(input.experimentId)),
  pause: procedure.input(named).mutation(({ ctx, input }) => ctx.engine.experiments.pause(input.experimentId)),
  blockRequest: procedure
    .input(z.object({ runId }))
    .query(({ ctx, input }) => ctx.engine.experiments.blockRequest(input.runId)),
  progress: procedure.input(named).query(({ ctx, input }) => ctx.engine.runList.experimentProgress(input.experimentId)),
  list: procedure.input(experimentsQuestion).query(({ ctx, input }) => ctx.engine.experiments.list(input)),
  verdict: procedure.input(named).query(({ ctx, input }) => ctx.engine.experiments.verdict(input.experimentId)),
  get: procedure
    .input(experimentQuestion.extend({ experimentId }))
    .query(({ ctx, input: { experimentId: id, ...question } }) => ctx.engine.experiments.view(id, question)),
});
