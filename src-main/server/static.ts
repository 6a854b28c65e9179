/** The window's built pages. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

export async function registerStatic(server: FastifyInstance, folder: string): Promise<void> {
  if (existsSync(join(folder, "index.html"))) {
    // Each file's name changes with what is in it, but for the page that names them.
    await server.register(fastifyStatic, { root: folder, index: "index.html", cacheControl: false, dotfiles: "deny" });
    return;
  }
  server.get("/", (_, reply) =>
    reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The window's pages are not built yet: run npm start once.\n"),
  );
}
