/** Folders of mutated pictures that a running engine inspects, and some of which it draws for a page. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../../src-main/platform/random.ts";
import type { EngineAddress } from "./engine-process.ts";
import { mutatedBytes, oneOf } from "./mutate.ts";
import type { Case, Tally } from "./tally.ts";
import { wholePictures } from "./target-cases.ts";
import { openWire } from "./wire.ts";

const aFolder = 50;
const drawn = 8;

export async function fuzzInspections(
  at: EngineAddress,
  inputs: number,
  { seed, tally, folder }: { readonly seed: number; readonly tally: Tally; readonly folder: string },
): Promise<void> {
  const whole = await wholePictures();
  const wire = await openWire(at);
  for (let first = 0; first < inputs; first += aFolder) {
    const count = Math.min(aFolder, inputs - first);
    rmSync(folder, { recursive: true, force: true });
    for (const name of ["a", "b"]) {
      mkdirSync(join(folder, name), { recursive: true });
      for (const [index, bytes] of whole.entries())
        writeFileSync(join(folder, name, `whole-${index}`), Buffer.concat([bytes, Buffer.from(name)]));
    }
    for (let number = first; number < first + count; number++) {
      const random = createRandom(seed, "fuzz", "inspections", number);
      const bytes = mutatedBytes(oneOf(random, whole), random);
      writeFileSync(join(folder, oneOf(random, ["a", "b"]), `mutated-${number}`), bytes);
    }
    const answer = await wire.ask({
      path: "data.inspect",
      type: "mutation",
      input: { source: { kind: "folder", path: folder } },
    });
    const words = `an inspection of pictures ${first} to ${first + count}`;
    if (!answer?.result) {
      const code = answer?.error?.data.strata?.code;
      for (let one = 0; one < count; one++)
        tally.add(one === 0 && code === undefined ? { outcome: "uncoded", told: words } : { outcome: "refused" });
      continue;
    }
    // The engine's own answer, of which three fields are looked at.
    const view = answer.result.data as {
      id: number;
      counts: Record<string, number>;
      problems: readonly { isSkipped: boolean }[];
    };
    const refused = Math.min(count, view.problems.filter(({ isSkipped }) => isSkipped).length);
    const pictures = Object.values(view.counts).reduce((sum, some) => sum + some, 0);
    for (let one = 0; one < count; one++) tally.add({ outcome: one < refused ? "refused" : "used" });
    const { integer } = createRandom(seed, "fuzz", "drawn", first);
    for (let one = 0; one < drawn; one++) {
      const bad = await drawnBadly(at, `/pictures/${view.id}/${integer(pictures)}?pixels=96`);
      if (bad !== null) tally.add(bad);
    }
  }
  wire.close();
}

async function drawnBadly({ address, token }: EngineAddress, path: string): Promise<Case | null> {
  try {
    const answer = await fetch(`${address}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    return answer.status < 500 ? null : { outcome: "uncoded", told: `${answer.status} for a page's ${path}` };
  } catch (thrown) {
    return { outcome: "uncoded", told: `${thrown instanceof Error ? thrown.message : thrown} for a page's ${path}` };
  }
}
