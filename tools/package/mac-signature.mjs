/**
 * Signatures for a Mac's app, made elsewhere than on a Mac: they name nobody ("ad hoc"), so that its processor runs it; macOS still asks before the first start. By
 * pip's apple-platform-py, which is rcodesign of apple-platform-rs.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fetchWheel, unpack } from "../native/provision.mjs";
import { cacheFolder } from "../native/runtime.mjs";
import { thisMachine } from "../native/targets.mjs";
import { SetUpProblem } from "../set-up/problem.mjs";
import { swapIn } from "../set-up/swap.mjs";
import { callProgram, pythonHere } from "./programs.mjs";

const SIGNER = {
  ...{ package: "apple-platform-py", version: "0.1.0", platform: "manylinux_2_28_x86_64", bytes: 10013664 },
  sha256: "f020b5c7d35935520477eff92a2d008fc2c80ba86505c3aae0f8841cca4ab406",
  take: ["apple_platform/*"],
};

export async function signMacApp(app, pythonVersion) {
  const signer = await signerHere(pythonVersion);
  await callProgram(pythonHere(), [join(import.meta.dirname, "sign_mac.py"), signer, app]);
}

/** Fetched once and kept. */
async function signerHere(pythonVersion) {
  if (thisMachine !== "linux-x64")
    throw new SetUpProblem("A Mac's app is signed on a Mac or on Linux x64: make it there.");
  const kept = join(cacheFolder(), "mac-signer", SIGNER.version);
  if (existsSync(kept)) return kept;
  const beside = `${kept}.new`;
  rmSync(join(beside, "opened"), { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  const path = await fetchWheel(SIGNER, join(beside, "wheels"), pythonHere(), pythonVersion);
  await unpack(pythonHere(), path, join(beside, "opened"), SIGNER);
  swapIn(join(beside, "opened"), kept);
  rmSync(beside, { recursive: true });
  return kept;
}
