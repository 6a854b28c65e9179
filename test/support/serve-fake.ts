/**
 * Serves the built window over the fake engine, for looking at pages: `node test/support/serve-fake.ts [scene] [port]`.
 * Build first with `npm run build`.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fastifyStatic from "@fastify/static";
import fastifyWebsocket from "@fastify/websocket";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import fastify from "fastify";
import { type Router, router } from "../../src-main/engine/router.ts";
import { createFakeEngine, type FakeScene, fakeScenes } from "./fake-engine.ts";
import { drawFakePicture } from "./fake-pictures.ts";

const rendererFolder = join(import.meta.dirname, "../../out/window/renderer");

export interface FakeServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Listens on loopback; port 0 takes a free one. */
export async function serveFake(scene: FakeScene, port = 0): Promise<FakeServer> {
  const { engine, close } = createFakeEngine(scene);
  const server = fastify({ routerOptions: { maxParamLength: 500 } });
  await server.register(fastifyWebsocket);
  const options: FastifyTRPCPluginOptions<Router> = {
    prefix: "/api",
    useWSS: true,
    trpcOptions: { router, createContext: () => ({ engine }) },
  };
  await server.register(fastifyTRPCPlugin, options);
  server.get<{ Params: { example: string } }>("/pictures/:dataset/:example", async (request, reply) => {
    await reply.type("image/png").send(await drawFakePicture(Number(request.params.example)));
  });
  await server.register(fastifyStatic, { root: rendererFolder });
  const address = await server.listen({ host: "127.0.0.1", port });
  return {
    address,
    close: async () => {
      close();
      await server.close();
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const scene = fakeScenes.find((name) => name === process.argv[2]) ?? "busy";
  const { address } = await serveFake(scene, Number(process.argv[3] ?? 0));
  console.log(`${scene} at ${address}`);
}
