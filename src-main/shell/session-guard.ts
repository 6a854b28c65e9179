/**
 * The window's one session: in memory, without permissions but the full screen and, while a person takes pictures, the camera, and with no way to the
 * network but the engine's own port. Chromium's services of its own are switched off besides, and no name resolves but this machine's.
 */
import { app, type Session, session } from "electron";
import type { EngineKeeper } from "./engine-keeper.ts";
import { pageOrigin } from "./pages.ts";

/** Not `persist:`: nothing of the pages is written to disk. */
export const partition = "strata";

/**
 * What Chromium's newer versions ask before a page may speak to its own machine, which is the wire. Besides these only the camera and the full screen are ever granted.
 */
const wirePermissions: readonly string[] = ["local-network-access", "loopback-network"];
/** A presentation fills the screen. Chromium asks only for a key or a press of the person's, and Escape always leads back. */
const fullScreen = "fullscreen";

/** Before the app is ready. */
export function keepChromiumHome(): void {
  const { commandLine } = app;
  commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
  commandLine.appendSwitch("disable-background-networking");
  commandLine.appendSwitch("disable-component-update");
  commandLine.appendSwitch("disable-domain-reliability");
  commandLine.appendSwitch("no-pings");
  commandLine.appendSwitch(
    "disable-features",
    "NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,AutofillServerCommunication",
  );
}

/** @param isCameraWanted whether the person wants it now, as the page says */
export function guardedSession(engine: Pick<EngineKeeper, "access">, isCameraWanted: () => boolean): Session {
  const guarded = session.fromPartition(partition);
  const isOurs = (origin: string) => origin === pageOrigin || origin === `${pageOrigin}/`;
  /** @param media what is asked for: pictures alone are given, never sound */
  const isGiven = (permission: string, media: readonly (string | undefined)[]): boolean =>
    wirePermissions.includes(permission) ||
    permission === fullScreen ||
    (permission === "media" && isCameraWanted() && media.length > 0 && media.every((kind) => kind === "video"));
  guarded.setPermissionCheckHandler(
    (_, permission, origin, details) => isGiven(permission, [details.mediaType]) && isOurs(origin),
  );
  guarded.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    answer(isGiven(permission, media) && details.isMainFrame && isOurs(new URL("/", contents.getURL()).href));
  });
  guarded.setDevicePermissionHandler(() => false);
  guarded.setSpellCheckerEnabled(false);
  guarded.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url, engine) }));
  guarded.webRequest.onBeforeSendHeaders(({ url, requestHeaders }, answer) => {
    const { access } = engine;
    if (access === null || !isEngine(url, access.address)) return answer({ requestHeaders });
    answer({ requestHeaders: { ...requestHeaders, Authorization: `Bearer ${access.token}` } });
  });
  // Nothing is downloaded by the page: main saves what a person asks for.
  guarded.on("will-download", (event) => event.preventDefault());
  return guarded;
}

/** The pages, their blobs, the developer's tools where there are any, and the engine's own port; nothing else, loopback's other ports included. */
function isAllowed(url: string, { access }: Pick<EngineKeeper, "access">): boolean {
  const { protocol } = new URL(url);
  if (url.startsWith(`${pageOrigin}/`) || protocol === "blob:" || protocol === "data:") return true;
  if (protocol === "devtools:") return !app.isPackaged;
  return access !== null && isEngine(url, access.address);
}

/** @param address `http://127.0.0.1:40123` */
function isEngine(url: string, address: string): boolean {
  const { protocol, host } = new URL(url);
  return (protocol === "ws:" || protocol === "http:") && host === new URL(address).host;
}
