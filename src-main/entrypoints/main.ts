/** Electron's main process: see shell/start-shell.ts. */
import { startShell } from "../shell/start-shell.ts";

startShell();
