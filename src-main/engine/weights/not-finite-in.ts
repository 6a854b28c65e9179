/** A file of weights read through for values that are no numbers, weight by weight, so that whoever else waits for the engine is answered between. */
import { setImmediate } from "node:timers/promises";
import type { NotFinite } from "../../contract/weights.ts";
import { watchFinite } from "../../models/finite.ts";
import { openWeights, usedWeights } from "../../models/weights-file.ts";

/** Of the weights that pictures are evaluated with. @throws StrataError `weights.*` */
export async function notFiniteIn(path: string): Promise<readonly NotFinite[]> {
  const file = openWeights(path);
  try {
    const used = usedWeights(file, path);
    const watched = watchFinite(used.read);
    for (const name of used.shapes.keys()) {
      watched.read(name);
      await setImmediate();
    }
    return watched.found();
  } finally {
    file.close();
  }
}
