/** A folder that was made beside its place takes that place: what stood there stays until the new one is whole, also where a kill comes in between. */
import { existsSync, renameSync, rmSync } from "node:fs";

/** No call of the system exchanges two folders on every system, so that there is a moment at which what stood there has another name. */
export function swapIn(made, place) {
  const aside = asideOf(place);
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, aside);
  try {
    renameSync(made, place);
  } catch (thrown) {
    putBack(place);
    throw thrown;
  }
  rmSync(aside, { recursive: true, force: true });
}

/** After a kill at that moment: what stood there, in its place again. */
export function putBack(place) {
  if (!existsSync(place) && existsSync(asideOf(place))) renameSync(asideOf(place), place);
}

function asideOf(place) {
  return `${place}.old`;
}
