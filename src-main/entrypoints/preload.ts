/** The preload script's wiring: see shell/bridge.ts. */
import { exposeBridge } from "../shell/bridge.ts";

exposeBridge();
