import { z } from "zod";
import {
  answerQuestion,
  attributionMethods,
  maximisingQuestion,
  pictureToAnswer,
  threePlaces,
} from "../../contract/inference.ts";
import { uploadPart } from "../../contract/taken-picture.ts";
import { answeringSource, runWeights } from "../../contract/weights.ts";
import { runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const inferenceRouter = routerOf({
  network: procedure
    .input(z.object({ from: answeringSource }))
    .query(({ ctx, input }) => ctx.engine.inference.network(input.from, ctx.client?.gone)),
  epochs: procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.inference.epochs(input.runId)),
  /** A picture from a camera, a paste or a drop, part by part; the last part is answered with what it is asked for by. */
  hold: procedure.input(uploadPart).mutation(({ ctx, input }) => {
    if (ctx.client === undefined) throw new Error("Pictures are sent over a connection.");
    return ctx.engine.inference.hold(input, ctx.client);
  }),
  answer: procedure
    .input(z.object({ from: answeringSource, picture: pictureToAnswer }))
    .query(({ ctx, input }) => ctx.engine.inference.answer(input.from, input.picture, ctx.client?.gone)),
  attribution: procedure
    .input(
      z.object({
        from: answeringSource,
        heldId: pictureToAnswer.options[0].shape.id,
        method: z.enum(attributionMethods),
        place: z.int().min(0).max(100_000),
        isRandom: z.boolean(),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.inference.attribution(input, ctx.client?.gone)),
  strongestPictures: procedure
    .input(z.object({ from: runWeights, row: z.string().min(1).max(300) }))
    .query(({ ctx, input }) => ctx.engine.inference.strongestPictures(input, ctx.client?.gone)),
  classPlane: procedure
    .input(z.object({ from: runWeights, places: threePlaces.nullable() }))
    .query(({ ctx, input }) => ctx.engine.inference.classPlane(input, ctx.client?.gone)),
  layerSimilarity: procedure
    .input(z.object({ of: z.tuple([runWeights, runWeights]) }))
    .query(({ ctx, input }) => ctx.engine.inference.layerSimilarity(input.of, ctx.client?.gone)),
  layerProbes: procedure
    .input(z.object({ from: runWeights, hasPixels: z.boolean() }))
    .query(({ ctx, input }) => ctx.engine.inference.layerProbes(input, ctx.client?.gone)),
  /** Pictures as they form. */
  maximise: procedure
    .input(maximisingQuestion)
    .subscription(({ ctx, input, signal }) =>
      ctx.engine.inference.maximise(input, signal ?? new AbortController().signal),
    ),
  /** Ends with `ended`, or as an error does. */
  answerMany: procedure
    .input(answerQuestion)
    .subscription(({ ctx, input, signal }) =>
      ctx.engine.inference.answerMany(input, signal ?? new AbortController().signal),
    ),
});
