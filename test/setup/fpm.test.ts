/** What stands in for fpm: a small tree made into a deb by the system's own tool, and the texts of both kinds of package. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/picture-folder.ts";

const program = join(import.meta.dirname, "..", "..", "tools", "package", "fpm.mjs");
type Given = Readonly<Record<string, string | readonly string[]>>;
// Plain JavaScript, which is called by its path.
const {
  readWords,
  specOf,
}: {
  readWords(words: readonly string[]): { readonly given: Given; readonly contents: readonly object[] };
  specOf(given: Given, paths: readonly string[]): string;
} = await import(program);

/** As electron-builder calls it. */
function wordsFor(folder: string, kind: "deb" | "rpm"): readonly string[] {
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "app", "strata"), "#!/bin/sh\necho 0.1.0\n", { mode: 0o755 });
  writeFileSync(join(folder, "strata.desktop"), "[Desktop Entry]\nName=Strata\n", { mode: 0o600 });
  writeFileSync(join(folder, "after-install"), "#!/bin/bash\necho 100% installed\n");
  writeFileSync(join(folder, "after-remove"), "#!/bin/bash\necho removed\n");
  return [
    ...["--force", "-t", kind, "--package", join(folder, `strata.${kind}`)],
    ...[
      "--name",
      "strata",
      "--version",
      "0.1.0",
      "--architecture",
      "amd64",
      "--maintainer",
      "Strata",
      "--vendor",
      "Strata",
    ],
    ...[
      "--url",
      "https://strata.invalid/",
      "--license",
      "MIT",
      "--deb-priority",
      "optional",
      "--rpm-summary",
      "A bench",
    ],
    ...[
      "--description",
      "A bench\n for networks",
      "-d",
      "libgtk-3-0",
      "-d",
      "libnss3",
      "--deb-recommends",
      "xdg-utils",
    ],
    ...["--after-install", join(folder, "after-install"), "--after-remove", join(folder, "after-remove")],
    ...[
      `${join(folder, "app")}/=/opt/Strata`,
      `${join(folder, "strata.desktop")}=/usr/share/applications/strata.desktop`,
    ],
  ];
}

const hasDpkg = spawnSync("dpkg-deb", ["--version"]).status === 0;
test.skipIf(!hasDpkg)(
  "a deb has the files with rights for everyone, what it needs, and its scripts (needs dpkg-deb)",
  () => {
    const folder = temporaryFolder();
    execFileSync(process.execPath, [program, ...wordsFor(folder, "deb")]);
    const made = join(folder, "strata.deb");
    const info = execFileSync("dpkg-deb", ["--field", made], { encoding: "utf8" });
    expect(info).toContain("Package: strata\nVersion: 0.1.0\nArchitecture: amd64\n");
    expect(info).toContain("Depends: libgtk-3-0, libnss3\nRecommends: xdg-utils\n");
    expect(info).toContain("Description: A bench\n for networks\n");
    const files = execFileSync("dpkg-deb", ["--contents", made], { encoding: "utf8" });
    expect(files).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Strata\/strata$/m);
    expect(files).toMatch(/^-rw-r--r-- root\/root .* \.\/usr\/share\/applications\/strata\.desktop$/m);
    execFileSync("dpkg-deb", ["--control", made, join(folder, "control")]);
    expect(readdirSync(join(folder, "control")).sort()).toEqual(["control", "postinst", "postrm"]);
    // An upgrade calls the old version's, whose links are to stay; nothing else is left beside the package.
    const removed = (how: string) => execFileSync(join(folder, "control", "postrm"), [how], { encoding: "utf8" });
    expect([removed("upgrade"), removed("remove")]).toEqual(["", "removed\n"]);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  },
);

test("an rpm's recipe names what goes in, doubles its percent signs, and removes nothing in an upgrade", () => {
  const { given, contents } = readWords(wordsFor(temporaryFolder(), "rpm"));
  expect(contents).toHaveLength(2);
  const spec = specOf(given, ["/opt/Strata", "/usr/share/applications/strata.desktop"]);
  expect(spec).toContain("%files\n%defattr(-,root,root,-)\n/opt/Strata\n/usr/share/applications/strata.desktop\n");
  expect(spec).toContain("%post -p /bin/bash\necho 100%% installed\n");
  expect(spec).toContain('%postun -p /bin/bash\nif [ "$1" = 0 ]; then\necho removed\n\nfi\n');
  expect(spec).toContain("Requires: libgtk-3-0\nRequires: libnss3\n");
});
