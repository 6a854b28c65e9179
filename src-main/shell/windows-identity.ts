/**
 * Windows shows a program's notices, and gathers its windows under its entry in the taskbar, where the Start menu's entry has the program's identity. The
 * installer makes that entry and cannot write an identity into it, so that the app does at its first start.
 */
import { join, win32 } from "node:path";

/** The installer's own name for the app. */
export const windowsIdentity = "app.strata.desktop";

interface StartMenuEntry {
  readonly target: string;
  readonly appUserModelId?: string;
}

/** What Electron does, so that a test can do without Windows. */
export interface WindowsShell {
  readonly program: string;
  /** `%APPDATA%` */
  readonly roaming: string;
  identify(identity: string): void;
  readEntry(path: string): StartMenuEntry;
  writeEntry(path: string, entry: StartMenuEntry): void;
}

/** Without an entry, as where only the folder was unpacked, there are no notices, and nothing else is lost. */
export function takeWindowsIdentity({ program, roaming, identify, readEntry, writeEntry }: WindowsShell): void {
  identify(windowsIdentity);
  const path = join(roaming, "Microsoft", "Windows", "Start Menu", "Programs", "Strata.lnk");
  try {
    const entry = readEntry(path);
    const isOurs = win32.normalize(entry.target).toLowerCase() === win32.normalize(program).toLowerCase();
    if (isOurs && entry.appUserModelId !== windowsIdentity)
      writeEntry(path, { ...entry, appUserModelId: windowsIdentity });
  } catch {
    // As said.
  }
}
