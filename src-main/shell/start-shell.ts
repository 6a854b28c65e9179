/** Electron's main process from its first line: one instance a home, and what the system tells it. */
import { app, shell } from "electron";
import { createApplication } from "./application.ts";
import { enginePlace } from "./engine-place.ts";
import { type HandedOver, readHandedOver } from "./handed-over.ts";
import { folderFromLink, linkScheme, type OpenRequest, requestFromWords } from "./open-request.ts";
import { announcePages } from "./pages.ts";
import { createSelfTest } from "./self-test.ts";
import { keepChromiumHome } from "./session-guard.ts";
import { terminalAnswer } from "./terminal-answer.ts";
import { knownHome, windowFolder } from "./window-folder.ts";
import { takeWindowsIdentity } from "./windows-identity.ts";
import { otherVersionStarted } from "./words.ts";

export function startShell(): void {
  // Before a lock is asked for or a folder made: a window that is open is none of its business.
  const answer = terminalAnswer(process.argv.slice(1), app.getVersion(), enginePlace(null).commandLine);
  if (answer !== null) {
    const channel = answer.exitCode === 0 ? process.stdout : process.stderr;
    channel.write(answer.text, () => app.exit(answer.exitCode));
    return;
  }
  const selfTest = process.argv.includes("--self-test") ? createSelfTest() : null;
  const home = selfTest?.home ?? knownHome();
  // The instance's lock lies in this folder.
  app.setPath("userData", windowFolder(home));
  // In a clone the first word is the app's folder.
  const words = process.argv.slice(1).filter((word) => !word.startsWith("-"));
  const named = app.isPackaged ? words : words.slice(1);
  // `strata app flowers.zip`, and `strata flowers.zip`.
  const request = requestFromWords(named[0] === "app" ? named.slice(1) : named, process.cwd());
  if (!app.requestSingleInstanceLock({ request, version: app.getVersion() } satisfies HandedOver)) {
    app.exit(0);
    return;
  }

  // Containers' root cannot have a sandbox; that switch is theirs, and half a sandbox would end every process.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  keepChromiumHome();
  announcePages();
  // A clone must not take the links of an installed app.
  if (app.isPackaged && selfTest === null) {
    app.setAsDefaultProtocolClient(linkScheme);
    if (process.platform === "win32") beKnownToWindows();
  }
  const application = createApplication(home, selfTest);

  const openOnceReady = (wanted: OpenRequest) => void app.whenReady().then(() => application.open(wanted));
  app.on("second-instance", (_event, _words, _workingFolder, data) => {
    application.show();
    const handed = readHandedOver(data, app.getVersion());
    if (handed.request !== null) openOnceReady(handed.request);
    if (handed.otherVersion !== null) application.say(otherVersionStarted(app.getVersion(), handed.otherVersion));
  });
  // macOS's ways to say the same.
  app.on("open-file", (_event, path) => openOnceReady({ path, isFromLink: false }));
  app.on("open-url", (_event, link) => {
    const folder = folderFromLink(link);
    if (folder !== null) openOnceReady({ path: folder, isFromLink: true });
  });
  app.on("activate", () => application.show());
  // Without a window it stays while something trains; the application leaves by itself.
  app.on("window-all-closed", () => {});
  app.on("before-quit", (event) => {
    event.preventDefault();
    void application.leave();
  });
  void app.whenReady().then(() => {
    // Not earlier: Chromium sets its own handlers on the way here, and they would ask a question that no one answers.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => void application.leaveAtOnce());
    application.begin();
    if (request !== null) application.open(request);
  });
}

function beKnownToWindows(): void {
  takeWindowsIdentity({
    program: process.execPath,
    roaming: app.getPath("appData"),
    identify: (identity) => app.setAppUserModelId(identity),
    readEntry: (path) => shell.readShortcutLink(path),
    writeEntry: (path, entry) => void shell.writeShortcutLink(path, "update", entry),
  });
}
