/** How long the ways of factorisations take on this machine, as far as it was asked. */
import { createContext } from "svelte";
import type { WayTimes, WayTiming } from "../../../../src-main/contract/machine.ts";
import type { MeasuredTimes } from "../../../lib/engine/measured-times.svelte.ts";

export const [wayTimesState, provideWayTimes] = createContext<MeasuredTimes<WayTiming, WayTimes>>();
