/** The programs that packages are made with, by the package of Debian's apt that brings each. */
import { SetUpProblem } from "../set-up/problem.mjs";
import { findProgram, run } from "../set-up/processes.mjs";

const BRINGERS = {
  "dpkg-deb": "dpkg",
  rpmbuild: "rpm",
  mksquashfs: "squashfs-tools",
  "desktop-file-validate": "desktop-file-utils",
  makensis: "nsis",
  "7z": "p7zip-full",
  strip: "binutils",
  tar: "tar",
};

/**
 * @returns {string} its path
 * @throws SetUpProblem that names the package where it is missing
 */
export function programOf(name, environment = process.env) {
  const program = findProgram([name], environment);
  if (program) return program;
  throw new SetUpProblem(`${name} was not found: apt-get install ${BRINGERS[name]}, and start again.`);
}

/** Set-up, which went before, says so where there is none. */
export function pythonHere() {
  return process.env.PYTHON || findProgram(process.platform === "win32" ? ["python", "py"] : ["python3", "python"]);
}

/** @returns {Promise<string>} what it wrote */
export async function callProgram(program, args, options = {}) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  throw new SetUpProblem(`${program} failed: ${output.trim().split("\n").slice(-4).join(" ")}`);
}
