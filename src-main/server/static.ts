/** The window's built pages. They hold nothing of anybody's, so the cookie is enough for them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, RouteOptions } from "fastify";

export async function registerStatic(server: FastifyInstance, folder: string): Promise<void> {
  await server.register((pages, _options, done) => {
    pages.addHook("onRoute", openWithCookie);
    if (existsSync(join(folder, "index.html"))) {
      // Each file's name changes with what is in it, but for the page that names them.
      pages.register(fastifyStatic, { root: folder, index: "index.html", cacheControl: false, dotfiles: "deny" });
    } else {
      pages.get("/", (_, reply) =>
        reply
          .code(503)
          .type("text/plain; charset=utf-8")
          .send("The window's pages are not built yet: run npm start once.\n"),
      );
    }
    done();
  });
}

function openWithCookie(route: RouteOptions): void {
  route.config = { ...route.config, opensWith: "page-cookie" };
}
