/**
 * The packages that were built, each installed in a fresh Debian without a network, started by someone who is not root, and removed. `STRATA_PACKAGES`
 * names the folder that they lie in. An rpm's dependencies are unknown to a Debian's rpm: they are read, and the deb's are there in their place.
 */
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DoctorFinding } from "../../src-main/contract/machine.ts";
import { type Display, openDisplay } from "../desktop/support/display.ts";
import { type Debian, makeDebian, type Outcome } from "./support/debian.ts";

const made = process.env.STRATA_PACKAGES ?? "";
const person = "pupil";

let debian: Debian;
let display: Display;
/** Before anything of Strata's was in it. */
let fresh: ReadonlySet<string>;

beforeAll(async () => {
  display = await openDisplay();
  debian = await makeDebian("bookworm");
  for (const ending of ["deb", "rpm", "AppImage"])
    copyFileSync(builtPackage(ending), join(debian.folder, `strata.${ending}`));
  const depends = await whole(debian.run(["dpkg-deb", "--field", "/strata.deb", "Depends"]));
  const satisfy = ["apt-get", "satisfy", "--yes", "--no-install-recommends", depends.trim()];
  await whole(debian.run(satisfy, { hasNetwork: true }));
  await whole(debian.run(["useradd", "--create-home", person]));
  // A desktop has it; rpm makes it here and, since another package's it is, leaves it.
  await whole(debian.run(["mkdir", "--parents", "/usr/share/applications"]));
  fresh = await paths();
});
afterAll(async () => {
  debian.remove();
  await display.close();
});

function builtPackage(ending: string): string {
  const name = readdirSync(made).find((entry) => entry.endsWith(`.${ending}`));
  if (!name) throw new Error(`There is no ${ending} in ${made}.`);
  return join(made, name);
}

/** What it wrote, where it ended well. */
async function whole(running: Promise<Outcome>): Promise<string> {
  const { code, stdout, stderr } = await running;
  expect(code, `${stdout.slice(-2_000)}${stderr.slice(-2_000)}`).toBe(0);
  return stdout;
}

/** Every path in it but those that packages' own programs keep for themselves, and people's homes. */
async function paths(): Promise<ReadonlySet<string>> {
  const listed = await whole(debian.run(["find", "/", "-xdev", "-not", "-path", "/proc/*", "-not", "-path", "/dev/*"]));
  const kept =
    /^\/(home|run|tmp|var\/log|var\/cache|var\/lib\/rpm)(\/|$)|^\/var\/lib\/(apt|dpkg)\/.*(-old|\.lock|extended_states)$/;
  return new Set(listed.split("\n").filter((path) => path !== "" && !kept.test(path)));
}

async function expectNoTrace(): Promise<void> {
  const left = [...(await paths())].filter((path) => !fresh.has(path));
  expect(left).toEqual([]);
}

const asPerson = (...words: readonly string[]) =>
  debian.run(words, { user: person, environment: { DISPLAY: display.name } });

async function expectSelfTest(...program: readonly string[]): Promise<void> {
  const document = JSON.parse(await whole(asPerson(...program, "--self-test")));
  expect(document.tensorflow.version).toMatch(/^TensorFlow 2\./);
  // Two classes' worth of chance over ten is ln 10; one step moves it little.
  expect(document.tensorflow.hardLoss).toBeGreaterThan(1);
  expect(document.tensorflow.hardLoss).toBeLessThan(4);
}

describe("the deb", () => {
  const install = (...more: readonly string[]) => debian.run(["apt-get", "install", "--yes", ...more, "/strata.deb"]);

  test("is installed by apt without a network, since all that it needs is named", async () => {
    await whole(install());
    expect(await whole(debian.run(["dpkg", "--audit"]))).toBe("");
    const entry = await whole(asPerson("cat", "/usr/share/applications/strata.desktop"));
    expect(entry).toContain("MimeType=x-scheme-handler/strata;");
  });

  test("its window opens for a normal user in Chromium's sandbox, and trains a step", async () => {
    await expectSelfTest("strata");
  });

  test("its command line finds all that it needs", async () => {
    const { findings }: { findings: readonly DoctorFinding[] } = JSON.parse(
      await whole(asPerson("strata", "doctor", "--json")),
    );
    expect(findings.filter(({ isFine }) => !isFine)).toEqual([]);
  });

  test("installed over itself it starts as before", async () => {
    await whole(install("--reinstall"));
    await whole(asPerson("sh", "-c", "test -x /usr/bin/strata"));
    expect(await whole(asPerson("strata", "--version"))).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("is purged without a trace", async () => {
    await whole(debian.run(["apt-get", "purge", "--yes", "strata"]));
    await expectNoTrace();
  });
});

describe("the AppImage", () => {
  const folder = `/home/${person}/squashfs-root`;

  test("unpacks itself without FUSE, and trains a step in its window", async () => {
    const image = "/strata.AppImage";
    await whole(debian.run(["chmod", "+x", image]));
    await whole(asPerson("sh", "-c", `cd && ${image} --appimage-extract >/dev/null`));
    // In a folder of its own nothing of its is root's, which Chromium's sandbox wants where there are no namespaces of users.
    await expectSelfTest(`${folder}/AppRun`, "--no-sandbox");
    await whole(debian.run(["rm", "-r", folder]));
  });
});

describe("the rpm", () => {
  const rpm = (...words: readonly string[]) =>
    debian.runOutside(["rpm", "--root", debian.folder, "--dbpath", "/var/lib/rpm", ...words]);

  test("names what it needs as rpm names libraries", async () => {
    const needed = await whole(debian.runOutside(["rpm", "-qp", "--requires", builtPackage("rpm")]));
    const libraries = needed.split("\n").filter((line) => line.includes(".so"));
    expect(libraries).toContain("libX11-xcb.so.1()(64bit)");
    expect(libraries.filter((line) => !line.endsWith("()(64bit)"))).toEqual([]);
  });

  test("is whole, and is installed with its scripts", async () => {
    await whole(debian.runOutside(["rpm", "--checksig", "--nosignature", builtPackage("rpm")]));
    await whole(rpm("--install", "--nodeps", "--ignoreos", builtPackage("rpm")));
    // Its script gives the helper of Chromium's sandbox its rights, where the system has none of its own.
    const { stdout } = await rpm("--verify", "--nodeps", "strata");
    expect(stdout.split("\n").filter((line) => line !== "" && !line.endsWith("/chrome-sandbox"))).toEqual([]);
  });

  test("its window opens for a normal user, and trains a step", async () => {
    await expectSelfTest("strata");
  });

  test("is removed without a trace", async () => {
    await whole(rpm("--erase", "strata"));
    await expectNoTrace();
  });
});
