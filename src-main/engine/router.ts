/**
 * The one table of endpoints, put together of the domains' parts. The window and the browser import its type, the command line calls it in process, and
 * the server puts it on the wire. Every input from outside passes zod there.
 */

import { bundleFilesRouter, bundlesRouter } from "./bundles/bundles-router.ts";
import { createCallerFactory, mergeRouters, routerOf } from "./calls/procedure.ts";
import { comparisonRouter } from "./comparison/comparison-router.ts";
import { datasetsRouter } from "./datasets/datasets-router.ts";
import { estimationRouter } from "./estimation/estimation-router.ts";
import { experimentsRouter } from "./experiments/experiments-router.ts";
import { feedRouter } from "./feed/feed-router.ts";
import { firstStartRouter } from "./first-start/first-start-router.ts";
import { inferenceRouter } from "./inference/inference-router.ts";
import { machineRouter } from "./machine/machine-router.ts";
import { modelsRouter } from "./models/models-router.ts";
import { reportsRouter } from "./reports/reports-router.ts";
import { curvesRouter, runsRouter } from "./runs/runs-router.ts";
import { queueRouter, schedulingRouter } from "./scheduling/scheduling-router.ts";
import { weightsExportRouter, weightsRouter } from "./weights/weights-router.ts";

/** What the server puts on the wire. */
export const router = mergeRouters(
  machineRouter,
  feedRouter,
  routerOf({
    firstStart: firstStartRouter,
    data: datasetsRouter,
    models: modelsRouter,
    weights: weightsRouter,
    training: mergeRouters(estimationRouter, schedulingRouter),
    inference: inferenceRouter,
    queue: queueRouter,
    experiments: experimentsRouter,
    bundles: bundlesRouter,
    reports: reportsRouter,
    runs: mergeRouters(runsRouter, comparisonRouter),
  }),
);

export type Router = typeof router;

/** The same without a wire, and with what is for this machine's own person alone. */
const localRouter = mergeRouters(
  router,
  routerOf({ local: routerOf({ weights: weightsExportRouter, curves: curvesRouter, bundles: bundleFilesRouter }) }),
);

export const createCaller = createCallerFactory(localRouter);

/** The endpoints as the command line calls them, whether the engine is in this process or elsewhere. */
export type EngineCaller = ReturnType<typeof createCaller>;
