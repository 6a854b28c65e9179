import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type DoctorQuestion, doctorFindings } from "../../src-main/platform/doctor.ts";

const report = { version: "2.21.0", devices: ["CPU, 2 × core"], bindingPath: "/anywhere" };

async function findings(environment: NodeJS.ProcessEnv, tensorflow: DoctorQuestion["tensorflow"], home = tmpdir()) {
  const all = await doctorFindings({ tensorflow, sqliteVersion: "3.50.0", home, environment });
  return new Map(all.map((finding) => [finding.name, finding]));
}

const bare = { PATH: "/nowhere", STRATA_NATIVE: "/nowhere" };

test("without TensorFlow, a missing Python is wanting and says what to do; set-up brings a compiler by itself", async () => {
  const found = await findings(bare, { problem: "It is not set up." });
  for (const name of ["Python", "pip"]) {
    expect(found.get(name)).toMatchObject({ isFine: false, found: "not found" });
    expect(found.get(name)?.remedy).toContain("install it");
  }
  expect(found.get("C++ compiler")).toMatchObject({
    isFine: true,
    found: "not found; set-up brings one where it needs it",
  });
  expect(found.get("Native runtime")).toMatchObject({ isFine: false, found: "incomplete: /nowhere" });
});

test("once TensorFlow answers, a missing Python is told but nothing is wrong with it", async () => {
  const found = await findings(bare, report);
  expect(found.get("Python")).toMatchObject({ isFine: true, remedy: null });
  expect(found.get("TensorFlow")).toMatchObject({ isFine: true, found: "2.21.0" });
});

test("a TensorFlow that does not answer is a finding with a remedy, and so is a set-up that failed", async () => {
  const all = await doctorFindings({
    tensorflow: { problem: "It does not load." },
    sqliteVersion: null,
    home: tmpdir(),
    environment: { ...process.env, STRATA_SET_UP_PROBLEM: "No C++ compiler was found: install one." },
  });
  const wanting = all.filter((finding) => !finding.isFine && ["Set-up", "TensorFlow", "SQLite"].includes(finding.name));
  expect(wanting.map((finding) => finding.name)).toEqual(["Set-up", "TensorFlow", "SQLite"]);
  expect(wanting[0]?.remedy).toBe("No C++ compiler was found: install one.");
  expect(wanting[1]?.remedy).toContain("doctor --repair");
});

test("a home that a file stands in the way of is found", async () => {
  const folder = mkdtempSync(join(tmpdir(), "strata-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect((await findings(process.env, report, join(file, "home"))).get("Record of runs")?.isFine).toBe(false);
  expect((await findings(process.env, report)).get("Record of runs")?.isFine).toBe(true);
});
