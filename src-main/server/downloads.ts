/** `/runs/<run>/points.csv`: every recorded point of a run, none thinned away, for a person's own tools. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import type { EngineApi } from "../engine/engine-api.ts";

const question = z.object({ run: z.coerce.number().int().positive() });

export function registerDownloads(server: FastifyInstance, engine: EngineApi): void {
  server.get("/runs/:run/points.csv", async (request, reply) => {
    const asked = question.safeParse(request.params);
    if (!asked.success) return reply.code(400).send({ error: "not a run's address" });
    try {
      const runId = asked.data.run;
      const series = engine.series({ runIds: [runId], maxPoints: Number.MAX_SAFE_INTEGER });
      const lines = series.flatMap(({ metric, split, cadence, steps, values }) =>
        steps.map((step, index) => `${metric},${split},${cadence},${step},${values[index]}\n`),
      );
      return reply
        .type("text/csv; charset=utf-8")
        .header("Content-Disposition", `attachment; filename="strata-run-${runId}.csv"`)
        .send(["metric,split,cadence,step,value\n", ...lines].join(""));
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });
}
