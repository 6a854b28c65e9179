import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { canMountDead, mountDead } from "../support/dead-mount.ts";
import { openSocket, query } from "../support/open-socket.ts";
import { eventLimitMillis } from "../support/patience.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { readerIds } from "../support/readers.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, startServer, whenAtStep, whenOver } from "../support/with-engine.ts";

const mutation = (id: number, path: string, input?: unknown) => ({ ...query(id, path, input), method: "mutation" });

describe.runIf(canMountDead)("a disk that does not answer (left out where nothing may be mounted)", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is given up after a while, and the place is named", async () => {
    vi.stubEnv("STRATA_READ_SECONDS", "1");
    const path = await mountDead();
    const { engine, close } = await startEngine();
    onTestFinished(close);
    const linked = temporaryFolder();
    const refusal = { code: "file.no-answer", remedy: expect.stringContaining(path) };
    const from = { kind: "file", path: join(path, "x.safetensors") } as const;
    const model = { id: "lenet5", inputPixels: 32, width: 1 };
    const asked = [
      engine.datasets.inspect({ kind: "folder", path }),
      engine.datasets.inspect({ kind: "folder", path: join(path, "inside") }),
      engine.folders.browse(path),
      engine.weights.inspect({ from, sha256: null, model, classes: 10 }),
    ];
    await Promise.all(asked.map((answer) => expect(answer).rejects.toMatchObject(refusal)));
    // All the others are served as before.
    expect((await engine.folders.browse(linked)).folders).toEqual([]);
  });

  it("holds nothing of a client that is gone, nor of one that waits no more", async () => {
    const path = await mountDead();
    const { server, close } = await startServer();
    onTestFinished(close);
    const wire = await openSocket(server);
    wire.send(mutation(1, "data.inspect", { source: { kind: "folder", path } }));
    wire.send(query(2, "data.browse", { path }));
    await vi.waitFor(() => expect(readerIds()).toHaveLength(2), eventLimitMillis);
    wire.send(mutation(3, "data.stopScanning"));
    const answers = await wire.next(2);
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 3]);
    expect(JSON.stringify(answers)).toContain('"data.scan-stopped"');
    await vi.waitFor(() => expect(readerIds()).toHaveLength(1), eventLimitMillis);
    wire.socket.close();
    await vi.waitFor(() => expect(readerIds()).toHaveLength(0), eventLimitMillis);
  });

  it("is still read for the one who waits when another who asked for the same leaves", async () => {
    const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 12)), ...(await pictures("b", 12, 100)) });
    const { engine, close } = await startEngine();
    onTestFinished(close);
    const leaves = new AbortController();
    const first = engine.datasets.inspect({ kind: "folder", path: folder }, leaves.signal);
    const second = engine.datasets.inspect({ kind: "folder", path: folder });
    leaves.abort();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect((await second).counts.train).toBeGreaterThan(0);
  });

  it("holds up the queue no longer than the run that was on it", async () => {
    const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 24)), ...(await pictures("b", 24, 100)) });
    const before = await startEngine({ keepsQueue: true });
    onTestFinished(before.close);
    const request = requestFor(scripts.trainsToTheEnd);
    const configuration = { ...request.configuration, dataset: { kind: "folder" as const, path: folder } };
    before.engine.queue.hold();
    const [onFolder] = (await before.engine.scheduling.start({ ...request, configuration })).runIds;
    const [behind] = (await before.engine.scheduling.start(request)).runIds;
    await before.engine.close();
    await mountDead(folder);
    const { engine, close } = await startEngine({ paths: before.paths, keepsQueue: true });
    onTestFinished(close);
    engine.queue.goOn();
    await vi.waitFor(() => expect(readerIds()).toHaveLength(1), eventLimitMillis);
    engine.scheduling.stop(onFolder!);
    expect((await whenOver(engine, behind!)).state).toBe("finished");
    expect(engine.runs.get(onFolder!).endReason).toBe("stopped-by-person");
    expect(readerIds()).toHaveLength(0);
  });

  it("does not keep the engine from ending", async () => {
    const path = await mountDead();
    const home = mkdtempSync(join(tmpdir(), "strata-test-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
    const serving = spawn(process.execPath, [cli, "serve", "--json"], {
      env: { ...process.env, STRATA_HOME: home },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(serving.stdout, "data");
    const { openAddress } = JSON.parse(String(said));
    const { origin, searchParams } = new URL(openAddress);
    const headers = { authorization: `Bearer ${searchParams.get("token")}`, "content-type": "application/json" };
    const body = JSON.stringify({ source: { kind: "folder", path } });
    for (let times = 0; times < 5; times++)
      fetch(`${origin}/api/data.inspect`, { method: "POST", headers, body }).catch(() => {});
    await vi.waitFor(() => expect(readerIds(serving.pid)).not.toHaveLength(0), eventLimitMillis);
    const ended = once(serving, "exit");
    serving.kill("SIGTERM");
    const inTime = await Promise.race([ended, pause(eventLimitMillis, undefined, { ref: false })]);
    serving.kill("SIGKILL");
    expect(inTime?.[0]).toBe(0);
  });

  it("is given up while pictures are prepared for training, and the picture is named", async () => {
    const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 12)), ...(await pictures("b", 12, 100)) });
    const dataset = await openDataset({ kind: "folder", path: folder });
    vi.stubEnv("STRATA_READ_SECONDS", "1");
    await mountDead(join(folder, "b"));
    const preparing = preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder: temporaryFolder() });
    const remedy = expect.stringContaining(join(folder, "b"));
    await expect(preparing).rejects.toMatchObject({ code: "file.no-answer", remedy });
  });
});

describe("a training process that does not end", () => {
  const trainsBehind = async (script: number, stop: boolean) => {
    const { engine, close } = await startEngine({
      stopGraceMillis: 100,
      waits: { failedGraceMillis: 100, leavingMillis: 100 },
    });
    onTestFinished(close);
    const [first] = (await engine.scheduling.start(requestFor(script))).runIds;
    const [behind] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds;
    if (stop) {
      await whenAtStep(engine, first!, 3);
      engine.scheduling.stop(first!);
    }
    expect((await whenOver(engine, behind!)).state).toBe("finished");
    return engine.runs.get(first!);
  };

  it("holds up the queue for some seconds, where it is killed in vain", async () => {
    expect(await trainsBehind(scripts.isNotLetGo, true)).toMatchObject({
      endReason: "stopped-by-person",
      stepsDone: 3,
    });
  });

  it("holds up the queue for some seconds, where it says that it failed and stays", async () => {
    expect(await trainsBehind(scripts.failsAndStays, false)).toMatchObject({ error: { code: "file.no-answer" } });
  });
});
