/** A version copied into a folder, as a page asks for it: with progress, and stopped in the middle. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plain, temporaryFolder } from "../support/picture-folder.ts";
import { wireApi } from "../support/wire-api.ts";
import { eventWhere, startServer } from "../support/with-engine.ts";

let test: Awaited<ReturnType<typeof startServer>>;
let wire: ReturnType<typeof wireApi>;
beforeAll(async () => {
  test = await startServer();
  wire = wireApi(test.server);
});
afterAll(async () => {
  await wire.close();
  await test.close();
});

it("tells how far it is, and leaves nothing behind when it is stopped", async () => {
  const path = join(temporaryFolder(), "pets");
  for (const name of ["cat", "dog"]) {
    mkdirSync(join(path, name), { recursive: true });
    for (let side = 0; side < 300; side++)
      writeFileSync(
        join(path, name, `${side}.png`),
        await plain(side % 250, name === "cat" ? 10 : 200, side < 250 ? 1 : 2)
          .png()
          .toBuffer(),
      );
  }
  const source = { kind: "folder", path } as const;
  await wire.api.data.inspect({ source });
  const to = temporaryFolder();
  const begun = eventWhere(test.engine, (event) =>
    event.kind === "writing-out" && event.path === path && event.done > 0 ? event : undefined,
  );
  const writing = wire.api.data.writeOut({ source, folder: join(to, "out") }).then(
    () => "written",
    () => "stopped",
  );
  const { total, done } = await begun;
  await wire.api.data.stopWritingOut();
  expect([total, done < 600, await writing, readdirSync(to)]).toEqual([600, true, "stopped", []]);
  // Nothing holds up the next one.
  const written = await wire.api.data.writeOut({ source, folder: join(to, "out") });
  expect([written.pictures, readdirSync(to)]).toEqual([600, ["out"]]);
});
