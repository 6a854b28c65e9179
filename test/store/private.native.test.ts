import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../src-main/store/database.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { modeOf, openToOthers } from "../support/modes.ts";
import { fillOldRecord } from "../support/old-record.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

describe.runIf(process.platform !== "win32")("the record is for nobody else to read", () => {
  test("with what SQLite lays beside it, and the home that is made for it", () => {
    const home = join(temporaryFolder(), "home");
    const store = openStore(join(home, "strata.sqlite"));
    expect(readdirSync(home)).toEqual(
      expect.arrayContaining(["strata.sqlite", "strata.sqlite-shm", "strata.sqlite-wal"]),
    );
    expect(openToOthers(home)).toEqual([]);
    store.close();
    expect(openToOthers(home)).toEqual([]);
  });

  test("nor are its copies, in a home that others may read; such a home keeps its mode, and so does a record", () => {
    const home = temporaryFolder();
    chmodSync(home, 0o755);
    const path = join(home, "strata.sqlite");
    const old = openDatabase(path);
    fillOldRecord(old, 2);
    old.close();
    chmodSync(path, 0o644);
    openStore(path).close();
    expect([modeOf(home), modeOf(path)]).toEqual(["755", "644"]);
    expect(openToOthers(join(home, "backups"))).toEqual([]);
    expect(readdirSync(join(home, "backups"))).toHaveLength(1);
  });
});
