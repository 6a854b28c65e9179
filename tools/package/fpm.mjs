#!/usr/bin/env node
/**
 * What electron-builder asks of fpm, by the systems' own tools: dpkg-deb makes a deb, rpmbuild an rpm. electron-builder calls this by CUSTOM_FPM_PATH with fpm's
 * words (https://fpm.readthedocs.io): what the package is, scripts for after its installation and removal, and `from=to` for what goes in.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What rpm calls the processors that electron-builder names in Debian's words. */
const RPM_PROCESSORS = { amd64: "x86_64", arm64: "aarch64" };
const MAKERS = { deb: makeDeb, rpm: makeRpm };

/** fpm's flags with one value each, those that may stand several times as lists; and the `from=to`. @param {string[]} words */
export function readWords(words) {
  const given = { "-d": [], "--deb-recommends": [] };
  const contents = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--force" || word === "--debug") continue;
    if (word.startsWith("-")) {
      const value = words[++at];
      if (Array.isArray(given[word])) given[word].push(value);
      else given[word] = value;
      continue;
    }
    const equals = word.lastIndexOf("=/");
    contents.push({ from: word.slice(0, equals), to: word.slice(equals + 1) });
  }
  return { given, contents };
}

/** Text of a deb's control file (https://www.debian.org/doc/debian-policy/ch-controlfields.html). */
export function controlOf(given, installedBytes) {
  const [synopsis, ...rest] = given["--description"].split("\n").map((line) => line.trim());
  const list = (title, values) => (values.length > 0 ? [`${title}: ${values.join(", ")}`] : []);
  return [
    `Package: ${given["--name"]}`,
    `Version: ${given["--version"]}`,
    `Architecture: ${given["--architecture"]}`,
    `Maintainer: ${given["--maintainer"]} <strata@strata.invalid>`,
    `Installed-Size: ${Math.ceil(installedBytes / 1024)}`,
    ...list("Depends", given["-d"]),
    ...list("Recommends", given["--deb-recommends"]),
    "Section: science",
    `Priority: ${given["--deb-priority"]}`,
    `Homepage: ${given["--url"]}`,
    `Description: ${synopsis}`,
    ...rest.filter(Boolean).map((line) => ` ${line}`),
    "",
  ].join("\n");
}

/**
 * A script without its first line, which names a shell. electron-builder links the window's program to `/usr/bin/strata`; the command line's opens the window,
 * too, and knows the commands.
 */
export function commandsIn(path) {
  const text = readFileSync(path, "utf8").replace(/^#!.*\n/, "");
  return text.replaceAll("'/opt/Strata/strata'", "'/opt/Strata/resources/engine/bin/strata'");
}

/** An rpm's recipe (https://rpm.org/docs). What is in is there already, stripped as it should be: nothing is built, looked at or changed. */
export function specOf(given, paths) {
  const script = (path) => commandsIn(path).replaceAll("%", "%%");
  return [
    "%global __os_install_post %{nil}",
    "%global _build_id_links none",
    "%global _binary_payload w10T0.zstdio",
    `Name: ${given["--name"]}`,
    `Version: ${given["--version"].replaceAll("-", "_")}`,
    "Release: 1",
    `Summary: ${given["--rpm-summary"]}`,
    `License: ${given["--license"]}`,
    `URL: ${given["--url"]}`,
    `Vendor: ${given["--vendor"]}`,
    "AutoReqProv: no",
    ...given["-d"].map((name) => `Requires: ${name}`),
    "%description",
    given["--description"],
    "%files",
    "%defattr(-,root,root,-)",
    ...paths,
    "%post -p /bin/bash",
    script(given["--after-install"]),
    "%postun -p /bin/bash",
    // Also called for the old version after an upgrade, with how many are left.
    'if [ "$1" = 0 ]; then',
    script(given["--after-remove"]),
    "fi",
    "",
  ].join("\n");
}

function makeDeb(given, tree, work) {
  const control = join(tree, "DEBIAN");
  mkdirSync(control, { mode: 0o755 });
  const bytes = Number(call("du", ["-sb", tree]).split("\t")[0]);
  writeFileSync(join(control, "control"), controlOf(given, bytes));
  writeFileSync(join(control, "postinst"), `#!/bin/bash\n${commandsIn(given["--after-install"])}`, { mode: 0o755 });
  // Also called before an upgrade unpacks the new version, whose links are to stay.
  const removal = `#!/bin/bash\n[ "$1" = remove ] || [ "$1" = purge ] || exit 0\n${commandsIn(given["--after-remove"])}`;
  writeFileSync(join(control, "postrm"), removal, { mode: 0o755 });
  const made = join(work, "made.deb");
  call("dpkg-deb", ["--root-owner-group", "-Zzstd", "-z10", "--build", tree, made]);
  return made;
}

function makeRpm(given, tree, work, contents) {
  const spec = join(work, "strata.spec");
  writeFileSync(
    spec,
    specOf(
      given,
      contents.map(({ to }) => to),
    ),
  );
  const folders = ["--define", `_topdir ${join(work, "rpmbuild")}`, "--define", `_rpmdir ${work}`];
  const name = [
    "--define",
    "_rpmfilename made.rpm",
    "--target",
    RPM_PROCESSORS[given["--architecture"]] ?? given["--architecture"],
  ];
  call("rpmbuild", ["-bb", ...folders, ...name, "--buildroot", tree, spec]);
  return join(work, "made.rpm");
}

function call(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw new Error(`${program} could not be started (${error.message}).`);
  if (status !== 0) throw new Error(`${program} failed: ${stderr.trim().split("\n").slice(-5).join("\n")}`);
  return stdout;
}

function main(words) {
  const { given, contents } = readWords(words);
  const place = resolve(given["--package"]);
  const work = mkdtempSync(join(dirname(place), ".packing-"));
  try {
    const tree = join(work, "tree");
    for (const { from, to } of contents) {
      mkdirSync(dirname(join(tree, to)), { recursive: true });
      // Links, not copies: a gigabyte would be written twice.
      if (from.endsWith("/")) call("cp", ["-al", from.slice(0, -1), join(tree, to)]);
      else {
        cpSync(from, join(tree, to));
        chmodSync(join(tree, to), 0o644);
      }
    }
    call("chmod", ["-R", "go+rX,go-w", tree]);
    cpSync(MAKERS[given["-t"]](given, tree, work, contents), place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) main(process.argv.slice(2));
