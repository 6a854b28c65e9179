/** A thread beside an engine: where the engine's own stands still for a second, it says at which line. */
import { Session } from "node:inspector";
import { isMainThread, Worker, workerData } from "node:worker_threads";

const stillMillis = 1_000;

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
  session.on("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.slice(0, 12).map(({ functionName, url, location }) => {
      return `    ${functionName} ${url.replace(/^.*\/(src-main|node_modules)\//, "$1/")}:${location.lineNumber + 1}`;
    });
    process.stderr.write(`The engine stands still:\n${frames.join("\n")}\n`);
    session.post("Debugger.resume");
    session.disconnect();
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}
