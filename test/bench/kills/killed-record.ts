/** Kinds of kills that a record is to survive: afterwards it has the same rows in every table, and the same files lie beside it. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import { openReadOnly } from "../../../src-main/store/database.ts";
import { versionOf } from "../../../src-main/store/migrate.ts";
import { beingPurged } from "../../../src-main/store/purge.ts";
import { rowsOf } from "../../support/old-record.ts";
import { recordRow } from "../../support/record-row.ts";
import type { Course, Kind } from "./kind.ts";
import { perform, type RecordWork, recordWorks } from "./perform.ts";
import { recordsFor } from "./records.ts";

const program = fileURLToPath(new URL("./record-work.ts", import.meta.url));
const killsACourse = 5;
/** Records of different makes, each of which is killed in turn. */
const makes = 6;

export const recordKinds: readonly Kind[] = recordWorks.map((work) => ({
  name: work,
  async begin(folder, random) {
    const sources: { readonly home: string; readonly expected: Outcome; readonly millis: number }[] = [];
    for (let make = 0; make < makes; make++) {
      const home = join(folder, `${make}`);
      const whole = join(folder, `${make}-whole`);
      mkdirSync(home, { recursive: true });
      recordsFor[work](home, random);
      cpSync(home, whole, { recursive: true });
      const { millis } = await performInChild(work, whole, null);
      sources.push({ home, expected: outcomeOf(whole), millis });
    }
    let next = 0;
    return async (home, most): Promise<Course> => {
      const source = sources[next++ % makes]!;
      cpSync(source.home, home, { recursive: true });
      let kills = 0;
      let halfWritten = 0;
      let isDone = false;
      while (!isDone && kills < Math.min(most, killsACourse)) {
        // Some fall behind its end where the machine is fast: those are none.
        ({ isDone } = await performInChild(work, home, random.uniform() * source.millis));
        if (isDone) break;
        kills++;
        if (isHalfWritten(home)) halfWritten++;
      }
      if (!isDone) await perform(work, home);
      return { kills, halfWritten, differs: difference(outcomeOf(home), source.expected) };
    };
  },
}));

/** @param killedAfterMillis from its beginning on; null to leave it alone */
async function performInChild(
  work: RecordWork,
  home: string,
  killedAfterMillis: number | null,
): Promise<{ readonly isDone: boolean; readonly millis: number }> {
  const child = fork(program, [work, home]);
  let isDone = false;
  let startedAt = 0;
  let millis = 0;
  let timer: NodeJS.Timeout | undefined;
  child.on("message", (message) => {
    if (message === "ready") {
      startedAt = performance.now();
      if (killedAfterMillis !== null) timer = setTimeout(() => child.kill("SIGKILL"), killedAfterMillis);
    } else {
      isDone = true;
      millis = performance.now() - startedAt;
    }
  });
  const [code, signal] = await once(child, "exit");
  clearTimeout(timer);
  if (!isDone && signal !== "SIGKILL") throw new Error(`${work} ended with ${code ?? signal} in ${home}`);
  return { isDone, millis };
}

interface Outcome {
  readonly version: number;
  readonly integrity: unknown;
  readonly rows: ReturnType<typeof rowsOf>;
  readonly files: readonly string[];
}

/** SQLite's own companions come and go, and the seal says whether the last engine closed the record. */
const passing = /-(wal|shm|seal)$/;

function outcomeOf(home: string): Outcome {
  const { database: path } = pathsOf(home);
  const database = openReadOnly(path);
  try {
    // What is told of a rescue names the place of the file that was set aside.
    const rows = JSON.parse(
      JSON.stringify(rowsOf(database), (_, value) => (typeof value === "string" ? value.replaceAll(home, "") : value)),
    );
    const names = readdirSync(home, { recursive: true, encoding: "utf8" });
    return {
      version: versionOf(database),
      integrity: database.pragma("integrity_check", { simple: true }),
      rows,
      files: names.filter((name) => !passing.test(name)).sort(),
    };
  } finally {
    database.close();
  }
}

function difference(outcome: Outcome, expected: Outcome): string | null {
  if (!isDeepStrictEqual(outcome.files, expected.files))
    return `files ${outcome.files.join(" ")} instead of ${expected.files.join(" ")}`;
  const tables = new Set([...Object.keys(outcome.rows), ...Object.keys(expected.rows)]);
  const other = [...tables].filter((table) => !isDeepStrictEqual(outcome.rows[table], expected.rows[table]));
  if (other.length > 0) return `rows of ${other.join(", ")}`;
  return isDeepStrictEqual(outcome, expected) ? null : `version ${outcome.version}, ${outcome.integrity}`;
}

/** A copy or a new record that is not done, or a run of which a part is gone. */
function isHalfWritten(home: string): boolean {
  const names = readdirSync(home, { recursive: true, encoding: "utf8" });
  if (names.some((name) => /\.partial|\.rescued-|-rescue$/.test(name))) return true;
  return recordRow(home, "SELECT count(*) AS n FROM runs WHERE deleted_at = ?", beingPurged).n !== 0;
}
