import { z } from "zod";
import { classCount, modelChoice } from "../../contract/configuration.ts";
import { recordlessProcedure, routerOf } from "../calls/procedure.ts";
import { architectureOf, modelList } from "./model-list.ts";

export const modelsRouter = routerOf({
  list: recordlessProcedure.query(() => modelList()),
  show: recordlessProcedure
    .input(
      z.object({
        id: z.string().max(100),
        inputPixels: modelChoice.shape.inputPixels.optional(),
        width: modelChoice.shape.width.optional(),
        classes: classCount.optional(),
      }),
    )
    .query(({ input }) => architectureOf(input)),
});
