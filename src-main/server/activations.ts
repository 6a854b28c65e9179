/**
 * `/activations/<held picture>?run=3&row=conv1&epoch=2`: what a row of a run's network gives for a picture that a person holds to it, as binary: height, width and
 * channels as three uint32, and the values as float32 in that order, all little-endian.
 */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import type { Activations } from "../contract/inference.ts";
import type { EngineParts } from "../engine/engine-parts.ts";
import { closed, isAbort } from "./closed.ts";

const question = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  run: z.coerce.number().int().positive(),
  row: z.string().min(1).max(300),
  /** Where it is left out, what the run ended with. */
  epoch: z.coerce.number().int().positive().optional(),
});

export function registerActivations(server: FastifyInstance, { inference }: Pick<EngineParts, "inference">): void {
  server.get("/activations/:id", { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = question.safeParse({ ...Object(request.params), ...Object(request.query) });
    if (!asked.success) return reply.code(400).send({ error: "not an address of activations" });
    const { id, run: runId, row, epoch } = asked.data;
    try {
      const found = await inference.activations({ kind: "run", runId, epoch }, id, row, closed(reply));
      return reply.header("Cache-Control", "no-store").type("application/octet-stream").send(asBytes(found));
    } catch (thrown) {
      // Nobody is there any more to be told.
      if (isAbort(thrown)) return reply.code(499).send();
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });
}

function asBytes({ height, width, channels, values }: Activations): Buffer {
  const bytes = Buffer.alloc(12 + 4 * values.length);
  for (const [place, side] of [height, width, channels].entries()) bytes.writeUInt32LE(side, 4 * place);
  for (const [place, value] of values.entries()) bytes.writeFloatLE(value, 12 + 4 * place);
  return bytes;
}
