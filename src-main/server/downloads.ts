/**
 * What a person takes along for tools of their own: `/runs/<run>/points.csv`, every recorded point of a run, none thinned away, and
 * `/runs/<run>/weights.safetensors`, the weights that it ended with as they are kept; `best-weights.safetensors` and `last-weights.safetensors` beside
 * it, those of its best and its last epoch, where they are kept. What is from a saved state has the optimiser's memory beside. `bundle.zip` is the run for another Strata (`contract/run-bundle.ts`).
 */
import { createReadStream } from "node:fs";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import { type KeptEpoch, keptEpochs } from "../contract/weights.ts";
import { csvOf } from "../domain/csv.ts";
import { curvePoints, pointColumns } from "../domain/runs/curve-points.ts";
import type { EngineParts } from "../engine/engine-parts.ts";
import { openRegularFileBeside } from "../platform/open-regular-file.ts";
import { removeSteadily } from "../platform/steadily.ts";
import { codedWeightsError } from "../platform/weights-file.ts";

const question = z.object({ run: z.coerce.number().int().positive() });

export function registerDownloads(server: FastifyInstance, engine: EngineParts): void {
  server.get("/runs/:run/points.csv", { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = question.safeParse(request.params);
    if (!asked.success) return reply.code(400).send({ error: "not a run's address" });
    try {
      const runId = asked.data.run;
      const series = engine.runs.series({ runIds: [runId], maxPoints: Number.MAX_SAFE_INTEGER });
      return reply
        .type("text/csv; charset=utf-8")
        .header("Content-Disposition", `attachment; filename="strata-run-${runId}.csv"`)
        .send(csvOf(pointColumns(engine.runs.get(runId)), curvePoints(series, engine.runs.stepTimes(runId))));
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });

  server.get("/runs/:run/bundle.zip", { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = question.safeParse(request.params);
    if (!asked.success) return reply.code(400).send({ error: "not a run's address" });
    try {
      const runId = asked.data.run;
      const { path, bytes } = await engine.bundles.exportForNow([runId]);
      const stream = createReadStream(path).once("close", () => removeSteadily(path));
      return reply
        .type("application/zip")
        .header("Content-Length", bytes)
        .header("Content-Disposition", `attachment; filename="strata-run-${runId}-bundle.zip"`)
        .send(stream);
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });

  for (const which of [null, ...keptEpochs]) registerWeights(server, engine, which);
}

function registerWeights(server: FastifyInstance, engine: EngineParts, which: KeptEpoch | null): void {
  const prefix = which === null ? "" : `${which}-`;
  const address = `/runs/:run/${prefix}weights.safetensors`;
  server.get(address, { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = question.safeParse(request.params);
    if (!asked.success) return reply.code(400).send({ error: "not a run's address" });
    try {
      const path = engine.weights.pathOf(asked.data.run, which);
      const { file, bytes } = await openRegularFileBeside(path).catch((thrown: unknown) => {
        throw codedWeightsError(thrown, path);
      });
      // No more of it than it had when it was opened. The stream closes the file, also where the client leaves.
      const stream = file.createReadStream({ start: 0, end: Math.max(0, bytes - 1) });
      return reply
        .type("application/octet-stream")
        .header("Content-Length", bytes)
        .header(
          "Content-Disposition",
          `attachment; filename="strata-run-${asked.data.run}${which === null ? "" : `-${which}`}.safetensors"`,
        )
        .send(stream);
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });
}
