/**
 * Kills at random moments: whatever is killed is taken up again and ends as one that was left alone, a run point for point and to the last bit of its weights,
 * a record row for row. `node test/bench/kills.ts [kills] [kind] [seed]`: a hundred unless said, shared over the kinds; a thousand take an hour or two.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../../src-main/platform/random.ts";
import { recordKinds } from "./kills/killed-record.ts";
import { trainingKinds } from "./kills/killed-training.ts";

/** Of a thousand kills. */
const shares: Readonly<Record<string, number>> = {
  ...{ run: 100, pair: 100, sweep: 100, "side-by-side": 100, checkpoint: 100 },
  ...{ migration: 200, rescue: 150, purge: 150 },
};

const [wanted = "100", only, seed = "1"] = process.argv.slice(2);
const kinds = [...recordKinds, ...trainingKinds].filter(({ name }) => only === undefined || only === name);
if (kinds.length === 0) throw new Error(`No kind is called ${only}: ${Object.keys(shares).join(", ")}.`);
const folder = mkdtempSync(join(tmpdir(), "strata-kills-"));
// What Node makes of the program's files is kept from process to process: most of a short life would pass with it.
process.env.NODE_COMPILE_CACHE ??= join(folder, "compiled");

let failures = 0;
let all = 0;
for (const { name, begin } of kinds) {
  const most = only === undefined ? Math.ceil((Number(wanted) * shares[name]!) / 1_000) : Number(wanted);
  const startedAt = performance.now();
  const killThrough = await begin(join(folder, name), createRandom(Number(seed), "kills", name));
  let kills = 0;
  let halfWritten = 0;
  let differing = 0;
  let courses = 0;
  while (kills < most) {
    const home = join(folder, `${name}-${++courses}`);
    const course = await killThrough(home, most - kills).catch((thrown: unknown) => {
      return { kills: 0, halfWritten: 0, differs: thrown instanceof Error ? thrown.message : String(thrown) };
    });
    kills += course.kills;
    halfWritten += course.halfWritten;
    const seconds = (performance.now() - startedAt) / 1_000;
    if (course.differs === null) rmSync(home, { recursive: true, force: true });
    else {
      differing++;
      // It stays, for a look.
      console.log(`${name}: NOT EQUAL in ${home}: ${course.differs}`);
      if (differing >= 10) break;
    }
    console.log(
      `${name}: ${kills} kills in ${courses} courses, ${halfWritten} left something half-written, ${differing} not equal, ${seconds.toFixed(0)} s`,
    );
  }
  all += kills;
  failures += differing;
}
console.log(`${all} kills, ${failures === 0 ? "all equal" : `${failures} courses NOT EQUAL`}`);
if (failures === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = failures === 0 ? 0 : 1;
