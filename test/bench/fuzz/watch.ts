/** A thread beside an engine: where the engine's own stands still for two seconds, it says at which line. */
import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { isMainThread, Worker, workerData } from "node:worker_threads";

const stillMillis = 2_000;

/** In the engine's process. */
export function watchForStandstill(): void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), 100).unref();
  new Worker(new URL(import.meta.url), { workerData: beats }).unref();
}

if (!isMainThread) {
  // What the other thread handed over.
  const beats = workerData as Int32Array;
  let last = 0;
  const look = (): void => {
    const now = Atomics.load(beats, 0);
    if (now === last) tellWhere();
    last = now;
  };
  setInterval(look, stillMillis);
}

function tellWhere(): void {
  const session = new Session();
  session.connectToMainThread();
  const places = new Map<string, string>();
  session.on("Debugger.scriptParsed", ({ params }) => places.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.slice(0, 12).map(({ functionName, location }) => {
      const place = (places.get(location.scriptId) ?? "").replace(/^.*\/(src-main|node_modules)\//, "$1/");
      return `    ${functionName} ${place}:${location.lineNumber + 1}`;
    });
    // The stream would go through the thread that stands still.
    writeSync(2, `The engine stands still:\n${frames.join("\n")}\n`);
    session.post("Debugger.resume");
    session.disconnect();
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}
