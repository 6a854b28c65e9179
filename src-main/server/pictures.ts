/**
 * `/pictures/<data set>/<example>?pixels=96`: a data set's picture, decoded and written anew (see `datasets/pictures/render-picture.ts`). With
 * `&fit=pad&filter=lanczos3` it is what a network of that input size sees. `/held-pictures/<id>` is the same of a picture that a person holds to a network.
 */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import { resize } from "../contract/resize.ts";
import type { Engine } from "../engine/create-engine.ts";
import { closed, isAbort } from "./closed.ts";

const mostPixels = 512;
const size = z.object({
  /** Longest side; larger pictures are made smaller, small ones are left to the browser to enlarge. */
  pixels: z.coerce
    .number()
    .int()
    .min(1)
    .default(256)
    .transform((pixels) => Math.min(pixels, mostPixels)),
  fit: resize.shape.fit.unwrap().optional(),
  filter: resize.shape.filter,
});
const question = size.extend({
  dataset: z.coerce.number().int().positive(),
  example: z.coerce.number().int().min(0),
});
const heldQuestion = size.extend({ id: z.string().regex(/^[0-9a-f]{64}$/) });

const sizeOf = ({ pixels, fit, filter }: z.infer<typeof size>) => ({
  mostPixels: pixels,
  resize: fit && { fit, filter },
});

export function registerPictures(server: FastifyInstance, engine: Pick<Engine, "pictures" | "inference">): void {
  server.get("/pictures/:dataset/:example", { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = question.safeParse({ ...Object(request.params), ...Object(request.query) });
    if (!asked.success) return reply.code(400).send({ error: "not a picture's address" });
    const { dataset, example, pixels, fit, filter } = asked.data;
    try {
      const found = engine.pictures.find(dataset, example);
      if (!found) return reply.code(404).send({ error: "no such picture" });
      const tag = `"${found.example.contentHash}-${pixels}${fit ? `-${fit}-${filter}` : ""}"`;
      reply.header("ETag", tag).header("Cache-Control", "private, max-age=3600");
      if (request.headers["if-none-match"] === tag) return reply.code(304).send();
      const { bytes, mediaType } = await engine.pictures.render(found, sizeOf(asked.data), closed(reply));
      return reply.type(mediaType).send(bytes);
    } catch (thrown) {
      // Nobody is there any more to be told.
      if (isAbort(thrown)) return reply.code(499).send();
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.removeHeader("ETag").header("Cache-Control", "no-store").code(404).send({ error: thrown.toJSON() });
    }
  });
  server.get("/held-pictures/:id", { config: { opensWith: "files-key" } }, async (request, reply) => {
    const asked = heldQuestion.safeParse({ ...Object(request.params), ...Object(request.query) });
    if (!asked.success) return reply.code(400).send({ error: "not a picture's address" });
    try {
      const bytes = engine.inference.heldBytes(asked.data.id);
      const { mediaType, ...made } = await engine.pictures.renderHeld(bytes, sizeOf(asked.data), closed(reply));
      return reply.header("Cache-Control", "no-store").type(mediaType).send(made.bytes);
    } catch (thrown) {
      if (isAbort(thrown)) return reply.code(499).send();
      if (!(thrown instanceof StrataError)) throw thrown;
      return reply.code(404).send({ error: thrown.toJSON() });
    }
  });
}
