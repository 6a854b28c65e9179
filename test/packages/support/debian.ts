/**
 * A Debian of its own in a folder, made by debootstrap from apt's archive: packages are installed in it as on a fresh machine. What is mounted for a command is
 * seen by that command alone and is gone with it, so that the folder can always be deleted. Needs Linux and root.
 */
import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly user?: string;
  /** Without it the command has a loopback and no other network. */
  readonly hasNetwork?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Debian {
  readonly folder: string;
  /** Runs a command in it, as root unless told otherwise. */
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** The same of a command of this machine's, which is handed the folder by its own words. */
  runOutside(words: readonly string[]): Promise<Outcome>;
  remove(): void;
}

/** `$1` is the folder; what follows is run. X's sockets lie in a folder that both see. */
const mounted = [
  "root=$1; shift",
  'mount --rbind /dev "$root/dev"',
  'mount -t proc proc "$root/proc"',
  'mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"',
  "ip link set lo up",
  'exec "$@"',
].join("\n");

/** @param suite Debian's name of the version @throws an error with debootstrap's last lines where it fails */
export async function makeDebian(suite: string): Promise<Debian> {
  const folder = mkdtempSync(join(tmpdir(), "strata-debian-"));
  const { code, stdout } = await outcomeOf(["debootstrap", "--variant=minbase", suite, folder]);
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`debootstrap failed: ${stdout.slice(-1_000)}`);
  }
  // mkdtemp makes it for its owner alone.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "tmp", ".X11-unix"), { recursive: true });
  copyFileSync("/etc/resolv.conf", join(folder, "etc", "resolv.conf"));
  const inMounts = (words: readonly string[], hasNetwork = false) =>
    outcomeOf([
      ...["unshare", "--mount", "--fork", ...(hasNetwork ? [] : ["--net"])],
      ...["bash", "-ec", mounted, "bash", folder, ...words],
    ]);
  return {
    folder,
    run(words, { user = "root", hasNetwork = false, environment = {} } = {}) {
      const home = user === "root" ? "/root" : `/home/${user}`;
      const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
      const variables = { PATH: path, HOME: home, LANG: "C.UTF-8", DEBIAN_FRONTEND: "noninteractive", ...environment };
      const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
      return inMounts(["chroot", `--userspec=${user}:${user}`, folder, "env", "-i", ...given, ...words], hasNetwork);
    },
    runOutside: inMounts,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function outcomeOf([command = "", ...args]: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (text) => {
      said.stdout += text;
    });
    child.stderr.on("data", (text) => {
      said.stderr += text;
    });
    child.once("error", (error) => resolve({ code: null, stdout: "", stderr: error.message }));
    child.once("close", (code) => resolve({ code, ...said }));
  });
}
